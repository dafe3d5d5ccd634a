"""`grade.csv`, and the keys `baseline_risk` and `population`: what is read, what is refused."""

import pytest

from liftproof.reviews import load, read

FILE, SETTINGS, LINE = "grade.csv", "review.yaml", "    variants: {petersen2011: adjusted}\n"
HEADER = "analysis,domain,judgement,reason,judged_by\n"
GOOD = "overall,imprecision,serious,few events,this project\n"


@pytest.fixture
def graded(review):
    review.write(FILE, HEADER + GOOD)
    return review


def test_a_judgement_is_read(graded):
    assert graded.problems() == ()
    (row,) = read(graded.folder).grades
    assert (row.analysis, row.domain, row.judgement) == ("overall", "imprecision", "serious")
    assert (row.reason, row.judged_by, row.line) == ("few events", "this project", 2)


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        ("overal,imprecision,serious,r,p", "analysis", ["no such analysis", "mean overall?"]),
        ("crude,imprecison,serious,r,p", "domain", ["not a known value", "mean imprecision?"]),
        ("crude,imprecision,seriuos,r,p", "judgement", ["not a known value", "mean serious?"]),
        ("crude,imprecision,large,r,p", "judgement", ["no judgement on imprecision"]),
        ("crude,publication_bias,serious,r,p", "judgement", ["known are: undetected"]),
        ("crude,risk_of_bias,extremely_serious,r,p", "judgement", ["very_serious?"]),
        ("overall,imprecision,not_serious,r,p", "analysis", ["the same analysis, domain", "2"]),
        ("crude,imprecision,serious,,p", "reason", ["a required cell is empty"]),
        ("crude,imprecision,serious,r,", "judged_by", ["a required cell is empty"]),
    ],
)
def test_a_wrong_judgement_is_told_with_its_place(graded, only, row, column, words):
    graded.append(FILE, f"{row}\n")
    only(graded.errors(), FILE, 3, column, *words)


def test_an_id_that_is_none_is_proposed_as_it_should_be_written(graded):
    graded.replace(SETTINGS, "id: overall", "id: Over All")
    graded.write(FILE, HEADER + GOOD + GOOD.replace("overall", "over_all"))
    told = {str(each.path): str(each) for each in graded.errors() if each.column != "study"}
    assert told["r/review.yaml"].endswith("found 'Over All', write over_all")
    assert told["r/grade.csv"].endswith("found 'overall', did you mean over_all?")
    assert not any("did you mean Over All" in str(each) for each in graded.errors())


def test_a_misspelt_column_is_told(review, only):
    review.write(FILE, HEADER.replace("reason", "reasons") + GOOD)
    errors = review.errors()
    assert {(each.column, each.line) for each in errors} == {("reasons", 1), ("reason", 1)}
    assert "did you mean reason?" in str(errors[1])


def with_key(review, text):
    review.replace(SETTINGS, LINE, f"{LINE}    {text}\n")


def test_a_baseline_risk_and_a_population_are_read(review):
    with_key(
        review, "baseline_risk: {risk: 0.12, source: a cohort}\n    population: {level: elite}"
    )
    assert review.problems() == ()
    analysis = load(review.folder).review.settings.analyses[0]
    assert (analysis.baseline_risk.risk, analysis.baseline_risk.source) == (0.12, "a cohort")
    assert analysis.population == {"level": ("elite",)}


@pytest.mark.parametrize(
    ("text", "column", "words"),
    [
        ("baseline_risk: {risk: 12, source: a}", "risk", ["not a baseline risk", "0.12"]),
        ("baseline_risk: {risk: high, source: a}", "risk", ["'high'"]),
        ("baseline_risk: {risk: 0.1}", "baseline_risk", ["source is missing"]),
        ("baseline_risk: {source: a}", "baseline_risk", ["risk is missing"]),
        ("baseline_risk: {risks: 0.1, risk: 0.1, source: a}", "risks", ["mean risk?"]),
        ("population: {level: []}", "level", ["an empty list", "delete the key"]),
        ("population: {levl: [elite]}", "population", ["no table has", "mean level?"]),
        ("population: {level: [elit]}", "population", ["no row has", "mean elite?"]),
    ],
)
def test_wrong_keys_are_told_with_their_place(review, only, text, column, words):
    with_key(review, text)
    only(review.errors(), SETTINGS, 12, column, *words)
