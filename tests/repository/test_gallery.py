"""The gallery shows every kind of figure, as it is drawn from the data now."""

from pathlib import Path

import pytest

from liftproof.drawing.figure_form import NARROW, WIDE
from liftproof.gallery import gallery
from liftproof.page_blocks import replace_block
from liftproof.pages.figures import FIGURES

pytestmark = pytest.mark.slow

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(scope="module")
def current():
    """The sections of the page and the drawings as they come out now."""
    return gallery(DOCS.parent)


def test_the_page_is_current(current):
    text = (DOCS / "gallery.md").read_text(encoding="utf-8")
    assert replace_block(text, "figures", current[0]) == text


@pytest.mark.parametrize("form", [WIDE, NARROW])
@pytest.mark.parametrize("kind", [kind.name for kind in FIGURES])
def test_each_drawing_is_the_one_drawn_now(current, kind, form):
    file = f"figures/{kind}{form.suffix}.svg"
    assert (DOCS / file).read_text(encoding="utf-8") == current[1][file]


def test_no_other_drawing_lies_there():
    expected = {f"{kind.name}{form.suffix}" for kind in FIGURES for form in (WIDE, NARROW)}
    assert {path.stem for path in (DOCS / "figures").iterdir()} == expected


def test_a_section_says_where_its_figure_lies(current):
    assert (
        "](figures/forest.svg)\n\n[The same for phones](figures/forest_narrow.svg)\n\n"
        "- files: `results/lauersen2018/figures/overall/forest.svg`, `.png`, `.pdf`; for phones "
        "`forest_narrow.svg`\n"
        "- page: `results/lauersen2018/report.html#review-lauersen2018-overall-forest`\n"
        "- kit for a blog: in `results/blog/lauersen2018/`\n"
    ) in current[0]
