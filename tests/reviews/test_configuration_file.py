"""``config/config.yaml`` with accidents: ``liftproof check`` tells each with its line."""

import pytest

from liftproof.cli.check import check_reviews
from support.small_review import GOOD

GOOD_TEXT = "# What is built\nreviews:\n  - two\n"


@pytest.fixture
def project(tmp_path):
    folder = tmp_path / "data" / "reviews" / "two"
    folder.mkdir(parents=True)
    for name, text in GOOD.items():
        (folder / name).write_text(text, encoding="utf-8")
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "config.yaml").write_text(GOOD_TEXT, encoding="utf-8")
    return tmp_path


def problems(project, *wanted):
    return [str(each) for each in check_reviews(wanted, project).problems]


def test_a_good_configuration_and_none_at_all_are_no_problem(project):
    assert problems(project) == []
    (project / "config" / "config.yaml").unlink()
    assert problems(project) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "reviews:\n  - two\n  - tow\n",
            "3: reviews: no such review, found 'tow', did you mean two?",
        ),
        ("reviews: [nope]\n", "1: reviews: no such review, found 'nope', known are: two"),
        (
            "reviews: two\n",
            "1: reviews: a list is needed, found 'two', write reviews: [one, two]",
        ),
        (
            "reviews: [two]\nreview: two\n",
            "2: review: an unknown key, found 'review', did you mean reviews?",
        ),
        ("", "1: file: the file is empty, found nothing, write reviews:"),
        ("reviews: [two\n", "2: file: not valid YAML"),
    ],
)
def test_an_accident_is_told_with_line_key_and_remedy(project, text, told):
    (project / "config" / "config.yaml").write_text(text, encoding="utf-8")
    (problem,) = problems(project)
    assert problem.startswith(f"config/config.yaml:{told}")


def test_a_named_review_is_checked_without_the_configuration(project, monkeypatch):
    (project / "config" / "config.yaml").write_text("reviews: [nope]\n", encoding="utf-8")
    monkeypatch.chdir(project)
    assert problems(project, "two") == []
