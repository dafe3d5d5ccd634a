"""The gallery shows every kind of figure, as it is drawn from the data now."""

from pathlib import Path

import pytest

from liftproof.errors import UsageError
from liftproof.gallery import EXAMPLES, REVIEW, example_of, figure_rows, view_of
from liftproof.pages.figures import FIGURES
from liftproof.pages.forest.forest_figure import FOREST
from liftproof.project_pages import gallery
from liftproof.reviews import find, read

pytestmark = pytest.mark.slow

REPOSITORY = Path(__file__).parents[2]
FILES = ["gallery.md", *(example.file for example in EXAMPLES.values())]


@pytest.fixture(scope="module")
def current():
    """The page and each drawing as they come out now."""
    docs = REPOSITORY / "docs"
    return {path.relative_to(docs).as_posix(): text for path, text in gallery(REPOSITORY).items()}


@pytest.mark.parametrize("file", FILES)
def test_page_and_drawings_are_current(current, file):
    assert (REPOSITORY / "docs" / file).read_text(encoding="utf-8") == current[file]


def test_no_other_drawing_lies_there():
    drawings = {path.name for path in (REPOSITORY / "docs" / "figures").iterdir()}
    assert {f"figures/{name}" for name in drawings} < set(FILES)


def test_every_kind_has_an_example_and_no_example_is_of_none():
    assert list(EXAMPLES) == [kind.name for kind in FIGURES]


def test_the_page_says_where_a_figure_lies(current):
    for text in (
        "](forest.svg)\n\n"
        "- files: `results/lauersen2018/figures/overall/forest.svg`, `.png`, `.pdf`\n"
        "- page: `results/lauersen2018/report.html#review-lauersen2018-overall-forest`\n"
        "- kit for a blog: in `results/blog/lauersen2018/`\n",
        "![Bubble plot of 4 results: Risk ratio against Sessions, ",
        "#review-lauersen2018-dose-sessions`\n- kit for a blog: not in it\n",
    ):
        assert text in current["gallery.md"]


def test_a_kind_without_an_example_is_told_with_what_to_do():
    with pytest.raises(UsageError, match="no figure of the kind funnel: name one in EXAMPLES of"):
        example_of("funnel")


def test_a_figure_that_the_review_has_not_is_told_with_those_it_has():
    review = read(find(REVIEW, REPOSITORY))
    with pytest.raises(UsageError, match="has no figure overall/tree, only overall/forest, "):
        view_of(FOREST, review, figure_rows(review), "overall/tree")
