"""What fails with one review does not keep the others from being built."""

import shutil

import pytest

from liftproof.left_out import LeftOut
from liftproof.report.build import build

pytestmark = pytest.mark.slow

BEGINS = "    of = pooled_trials("
FAILS = """\
    if review.name == "bad":
        raise StatisticsError("bad: no such number")
"""


@pytest.fixture
def two_reviews(project):
    """A finished project with a second review, not yet built."""
    shutil.copytree(project.review, project.review.with_name("bad"))
    return project


def test_a_review_with_errors_is_left_out_and_told(two_reviews):
    problem = "outcomes.csv:2: events_intervention"
    two_reviews.edit("data/reviews/bad/outcomes.csv", "injury,5,100", "injury,105,100")
    done = two_reviews.liftproof("report")
    page = (two_reviews.results / "report.html").read_text(encoding="utf-8")
    assert done.returncode == 1
    assert done.stdout == f"The report is {two_reviews.results / 'report.html'}\n"
    assert problem in done.stderr
    assert "Traceback" not in done.stderr
    assert "Left out of this report" in page
    assert problem in page
    assert 'href="two/report.html#review-two"' in page
    assert "bad/report.html" not in page
    again = two_reviews.snakemake()
    assert again.returncode == 1
    assert problem in again.stderr
    verified = two_reviews.liftproof("verify")
    assert verified.returncode == 1
    assert verified.stdout.startswith(
        "bad: was left out of the report, and its results are of no run: data/"
    )


def test_a_review_whose_job_fails_is_left_out_and_told(two_reviews):
    path = "src/liftproof/analysis/diagnostics/diagnose.py"
    two_reviews.edit(path, BEGINS, FAILS + BEGINS)
    done = two_reviews.liftproof("report")
    page = (two_reviews.results / "report.html").read_text(encoding="utf-8")
    assert done.returncode == 1
    assert "left out of the report: bad\nbad: no such number\n" in done.stderr
    assert "<dd>bad: no such number</dd>" in page
    assert 'href="two/report.html#review-two"' in page
    assert not (two_reviews.results / "bad" / "estimates.csv").exists()


def test_a_page_of_everything_says_nothing_of_what_is_left_out():
    assert "Left out" not in build([])
    page = build([], left_out=[LeftOut(name="bad", reasons=("one <reason>", "another"))])
    assert "<dt><code>bad</code></dt>" in page
    assert "<dd>one &lt;reason&gt;</dd>" in page
