"""The generated parts of the project's pages are current, and so is the figure beside them."""

from pathlib import Path

import pytest

from liftproof import tables
from liftproof.analysis.estimates import pool_review
from liftproof.analysis.reproduction import reproduce
from liftproof.analysis.result_rows import ReproductionRow
from liftproof.drawing.save import svg_text
from liftproof.pages.forest.forest_figure import FOREST
from liftproof.pages.forest.forest_view import forest_view
from liftproof.readme import FIGURE, SHOWN, pages
from liftproof.reviews import find, names, read

REPOSITORY = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A folder with the pages as they are and the verdicts as they come out now."""
    folder = tmp_path_factory.mktemp("project")
    for page in ("README.md", "docs/results.md", "docs/keys.md"):
        (folder / page).parent.mkdir(exist_ok=True)
        (folder / page).write_bytes((REPOSITORY / page).read_bytes())
    for name in SHOWN:
        review = read(find(name, REPOSITORY))
        estimates = [pooled.estimate for pooled in pool_review(review)]
        path = folder / "results" / name / "reproduction.csv"
        tables.write(reproduce(review, estimates), ReproductionRow, path)
    return folder


@pytest.mark.parametrize("page", ["README.md", "docs/results.md", "docs/keys.md"])
def test_generated_parts_are_current(project, page):
    text = (REPOSITORY / page).read_text(encoding="utf-8")
    assert pages(project)[project / page] == text


def test_the_figure_is_the_one_drawn_now():
    review = read(find(FIGURE, REPOSITORY))
    pooled = pool_review(review)[0]
    plot = forest_view(pooled.estimate, pooled.effects, pooled.subgroups, review.settings)
    text = FOREST.text(plot)
    svg = svg_text(FOREST.draw(plot), key=text.key, title=text.title, description=text.description)
    assert (REPOSITORY / "docs" / "forest.svg").read_text(encoding="utf-8") == svg


def test_links_lead_to_files_that_are_there():
    text = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    linked = {part.partition(")")[0] for part in text.split("](")[1:]}
    local = {link for link in linked if not link.startswith("https://")}
    assert "docs/adding-a-trial.md" in local
    assert all((REPOSITORY / link).is_file() for link in local)


def test_every_review_is_shown_by_a_name_that_exists():
    assert set(SHOWN) <= set(names(REPOSITORY))
