"""The key `contrasts` of review.yaml: what it means, and every way to get it wrong."""

import pytest

from liftproof.reviews import load

SETTINGS = "review.yaml"
ANALYSES = """\
  - {id: elite, title: Elite, select: {level: elite}}
  - {id: amateur, title: Amateur, select: {level: amateur}}
  - {id: difference, title: Difference, measure: RD, select: {level: amateur}}
"""
CONTRAST = """\
contrasts:
  - id: level
    title: Elite or amateur
    analyses: [elite, amateur]
"""
FIRST = 18
"""Line of `contrasts:` when both are added to the small review."""


@pytest.fixture
def comparing(review):
    review.append(SETTINGS, ANALYSES + CONTRAST)
    review.append(
        "published.csv",
        "main,overall,,ci_low,0.2,abstract,primary_abstract,,,,,\n"
        "main,overall,,ci_high,0.5,abstract,primary_abstract,,,,,\n",
    )
    return review


def test_a_contrast_is_read(comparing):
    (contrast,) = load(comparing.folder).review.settings.contrasts
    assert (contrast.id, contrast.title) == ("level", "Elite or amateur")
    assert (contrast.analyses, contrast.printed) == (("elite", "amateur"), ())
    assert contrast.line == FIRST + 1


@pytest.mark.parametrize(
    ("old", "new", "line", "column", "words"),
    [
        ("[elite, amateur]", "[elit, amateur]", 3, "analyses", ("'elit'", "did you mean elite?")),
        ("[elite, amateur]", "[elite]", 3, "analyses", ("two different estimates", "another")),
        ("[elite, amateur]", "[elite, elite]", 3, "analyses", ("the same value twice", "elite")),
        ("[elite, amateur]", "elite", 3, "analyses", ("a list is needed",)),
        (
            *("[elite, amateur]", "[elite, overall]", 3, "analyses"),
            ("elite and overall share trials", "'askling2003'", "without a common trial"),
        ),
        ("amateur]", "difference]", 3, "analyses", ("elite is of RR and difference of RD",)),
        ("analyses: [elite", "printed: [man", 3, "printed", ("such target", "did you mean main?")),
        (
            *("analyses: [elite, amateur]", "printed: [main, dose]", 3, "printed"),
            ("has no estimate, ci_low, ci_high of it", "'dose'"),
        ),
        ("    analyses: [elite, amateur]\n", "", 1, "analyses", ("nothing is compared",)),
        ("id: level", "id: elite", 1, "id", ("an analysis has the same id", "rename")),
        ("analyses:", "analysess:", 3, "analysess", ("an unknown key", "mean analyses?")),
        ("    title: Elite or amateur\n", "", 1, "title", ("a required key is missing",)),
    ],
)
def test_what_is_wrong_is_told_at_its_line(comparing, old, new, line, column, words):
    text = CONTRAST.replace(old, new, 1)
    assert text != CONTRAST
    comparing.replace(SETTINGS, CONTRAST, text)
    problem = next(each for each in comparing.errors() if each.column == column)
    assert (problem.path.name, problem.line) == (SETTINGS, FIRST + line)
    for word in words:
        assert word in str(problem)


def test_analyses_and_prints_are_not_compared_with_one_another(comparing):
    comparing.append(SETTINGS, "    printed: [main, dose]\n")
    problems = [str(each) for each in comparing.errors()]
    assert any("both analyses and printed are given" in problem for problem in problems)


def test_analyses_in_two_directions_are_not_compared(comparing):
    means = "\n".join(
        f"  - {{id: {level}_mean, title: Means, measure: MD, better: {better}, "
        f"select: {{level: {level}}}}}"
        for level, better in (("elite", "lower"), ("amateur", "higher"))
    )
    comparing.replace(SETTINGS, CONTRAST, f"{means}\n{CONTRAST}")
    comparing.replace(SETTINGS, "[elite, amateur]", "[elite_mean, amateur_mean]")
    (problem,) = [each for each in comparing.errors() if each.column == "analyses"]
    assert "lower values are better in elite_mean, not in amateur_mean" in str(problem)


@pytest.mark.parametrize(
    ("quantities", "words"),
    [
        ({"estimate": "0.4", "ci_low": "0.5", "ci_high": "0.6"}, "on both sides of it"),
        ({"estimate": "0.4", "ci_low": "0", "ci_high": "0.6"}, "on both sides of it"),
        ({"estimate": "0.4", "ci_low": "<0.1", "ci_high": "0.6"}, "has no ci_low of it"),
        ({"estimate": "0.4", "ci_low": "0.1", "ci_high": "0.6"}, ""),
    ],
)
def test_printed_limits_must_give_a_standard_error(comparing, quantities, words):
    for quantity, printed in quantities.items():
        row = f"other,overall,,{quantity},{printed},abstract,primary_abstract,,,,,\n"
        comparing.append("published.csv", row)
    comparing.replace(SETTINGS, "analyses: [elite, amateur]", "printed: [main, other]")
    problems = [str(each) for each in comparing.errors()]
    assert len(problems) == bool(words)
    assert all(words in problem and "'other'" in problem for problem in problems)


def test_printed_results_on_two_scales_are_not_compared(comparing):
    for quantity, printed in {"estimate": "-1", "ci_low": "-2", "ci_high": "1"}.items():
        row = f"other,difference,,{quantity},{printed},abstract,primary_abstract,,,,,\n"
        comparing.append("published.csv", row)
    comparing.replace(SETTINGS, "analyses: [elite, amateur]", "printed: [main, other]")
    (problem,) = comparing.errors()
    assert "main is of RR and other of RD" in str(problem)
