"""The generated parts of the project's pages are current."""

from pathlib import Path

import pytest

from liftproof.pages.inputs import ReviewInputs
from liftproof.project_pages import pages
from support.every_reproduction import every_reproduction

pytestmark = pytest.mark.slow

REPOSITORY = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def current():
    """The text of each page as it comes out now."""
    found = pages(REPOSITORY, every_reproduction())
    return {path.relative_to(REPOSITORY): text for path, text in found.items()}


@pytest.mark.parametrize(
    "page",
    [
        "README.md",
        "docs/audit.md",
        "docs/columns.md",
        "docs/keys.md",
        "docs/results.md",
        "docs/simulation.md",
    ],
)
def test_generated_parts_are_current(current, page):
    assert (REPOSITORY / page).read_text(encoding="utf-8") == current[Path(page)]


def test_links_lead_to_files_that_are_there():
    text = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    linked = {part.partition(")")[0] for part in text.split("](")[1:]}
    local = {link for link in linked if not link.startswith("https://")}
    assert "docs/adding-a-trial.md" in local
    assert all((REPOSITORY / link.partition("#")[0]).is_file() for link in local)


def test_who_writes_a_review_is_led_to_how_one_is_started():
    text = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    (row,) = (line for line in text.splitlines() if line.startswith("| write a review |"))
    first = row.partition("](")[2].partition(")")[0]
    assert first == "docs/adding-a-trial.md#adding-a-review"
    page = (REPOSITORY / first.partition("#")[0]).read_text(encoding="utf-8")
    assert "liftproof new mine" in page.partition("\n## Adding a review\n")[2]


def test_every_file_and_function_that_contributors_are_sent_to_is_there():
    text = (REPOSITORY / "CONTRIBUTING.md").read_text(encoding="utf-8")
    table = [line for line in text.splitlines() if line.startswith("| ")]
    places = {part for line in table for part in line.split("`")[1::2] if "/" in part}
    assert {"docs/statistics.md", "docs/command-line.md", "docs/results.md"} <= places
    roots = (REPOSITORY, REPOSITORY / "src" / "liftproof")
    assert [name for name in places if not any((root / name).exists() for root in roots)] == []
    assert callable(ReviewInputs.figures_of)
