"""The key `dose` of review.yaml: what it means, and every way to get it wrong."""

from dataclasses import replace

import pytest

from liftproof.reviews import load
from liftproof.vocabulary.models import MODELS

SETTINGS = "review.yaml"
QUESTION = """\
dose:
  - id: weeks
    title: Weeks of training
    analysis: overall
    dose: weeks
    unit: weeks
    per: 2
    interval: hksj
    tau2: REML
    without: [askling2003]
    variants: {petersen2011: primary}
    target: dose
    claimed_points: -4
"""
FIRST = 15
"""Line of `dose:` when it is added to the small review."""


@pytest.fixture
def asking(review):
    review.append(SETTINGS, QUESTION)
    return review


def test_a_question_is_read(asking):
    loaded = load(asking.folder)
    assert loaded.problems == ()
    (question,) = loaded.review.settings.dose
    assert (question.id, question.analysis, question.columns) == ("weeks", "overall", ("weeks",))
    assert (question.form, question.per, question.interval) == ("linear", 2.0, "hksj")
    assert (question.tau2, question.target, question.claimed_points) == ("REML", "dose", -4.0)
    assert question.without == ("askling2003",)
    assert question.variants == {"petersen2011": "primary"}
    assert question.line == FIRST + 1


def test_a_dose_may_be_a_product_and_adjusted(asking):
    asking.replace(
        SETTINGS, "    dose: weeks\n", "    dose: weeks x year\n    adjusted_by: weeks\n"
    )
    (question,) = load(asking.folder).review.settings.dose
    assert question.columns == ("weeks", "year")
    assert question.name == "weeks x year x weeks/100"


@pytest.mark.parametrize(
    ("old", "new", "line", "column", "words"),
    [
        ("    unit: weeks", "    units: weeks", 5, "units", ("an unknown key", "mean unit?")),
        ("analysis: overall", "analysis: overal", 3, "analysis", ("mean overall?",)),
        ("dose: weeks\n", "dose: week\n", 4, "dose", ("no table has", "did you mean weeks?")),
        ("dose: weeks\n", "dose: level\n", 4, "dose", ("level is not a number", "'amateur'")),
        ("per: 2", "per: 0", 6, "per", ("not a usable per", "above 0")),
        ("per: 2", "form: cubic", 6, "form", ("an unknown form",)),
        ("per: 2", "per: 2\n    form: log", 6, "per", ("form log has no unit", "delete it")),
        ("interval: hksj", "interval: hksjj", 7, "interval", ("did you mean hksj?",)),
        ("tau2: REML", "tau2: REMLL", 8, "tau2", ("did you mean REML?",)),
        ("[askling2003]", "[askling2004]", 9, "without", ("did you mean askling2003?",)),
        ("2011: primary", "2011: primry", 10, "variants", ("did you mean primary?",)),
        ("target: dose", "target: doses", 11, "target", ("no such target", "mean dose?")),
        ("points: -4", "points: four", 12, "claimed_points", ("below 0 for a fall",)),
        ("points: -4", "points: 0", 12, "claimed_points", ("below 0 for a fall",)),
        ("points: -4", "points: nan", 12, "claimed_points", ("below 0 for a fall",)),
        ("per: 2", "per: 1e999", 6, "per", ("not a usable per", "above 0")),
        ("  - id: weeks", "  - id: We eks", 1, "id", ("only a-z, 0-9 and _", "write we_eks")),
        ("    title: Weeks of training\n", "", 1, "title", ("a required key is missing",)),
    ],
)
def test_what_is_wrong_is_told_at_its_line(asking, old, new, line, column, words):
    text = QUESTION.replace(old, new, 1)
    assert text != QUESTION
    asking.replace(SETTINGS, QUESTION, text)
    (problem,) = asking.errors()
    assert (problem.path.name, problem.line, problem.column) == (SETTINGS, FIRST + line, column)
    for word in words:
        assert word in str(problem)


def test_the_same_id_twice(asking):
    asking.append(SETTINGS, QUESTION.partition("\n")[2])
    (problem,) = asking.errors()
    assert (problem.column, problem.line) == ("id", FIRST + 13)
    assert f"the first on line {FIRST + 1}" in problem.wrong


def test_counts_have_no_effects_to_regress(asking):
    asking.replace(SETTINGS, "    tau2: DL\n    interval: wald\n", "    model: MH\n")
    problems = [problem for problem in asking.errors() if "dose question" in problem.wrong]
    assert [problem.column for problem in problems] == ["analysis"]


def test_the_three_level_model_has_few_estimators(asking, monkeypatch):
    asking.replace(SETTINGS, "    tau2: DL\n    interval: wald\n", "    model: three-level\n")
    asking.replace(SETTINGS, "    tau2: REML\n    without", "    tau2: DL\n    without")

    def told():
        return [each for each in asking.errors() if each.column == "tau2"]

    (problem,) = told()
    assert "model three-level has no such estimator" in problem.wrong
    assert "REML, ML" in problem.remedy
    more = replace(MODELS["three-level"], estimators=("REML", "ML", "DL"))
    monkeypatch.setitem(MODELS, "three-level", more)
    assert told() == []


def test_a_dose_that_no_trial_of_the_analysis_has(asking):
    asking.replace(SETTINGS, "    dose: weeks\n", "    dose: sessions_total\n")
    (problem,) = asking.errors()
    assert "no trial of the analysis has this dose" in problem.wrong


def test_no_list(review):
    review.append(SETTINGS, "dose: weeks\n")
    (problem,) = review.errors()
    assert "not a list of questions" in problem.wrong
