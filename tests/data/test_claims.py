"""The claims ledger: verdicts on the shipped reviews, argued by hand, and trials that flip them."""

import shutil
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from liftproof.analysis.claims.claim_prints import PrintedEffect, printed_effect
from liftproof.analysis.claims.ledger import Ledger, ledger
from liftproof.analysis.claims.verdicts import why_of_dose, why_of_effect
from liftproof.analysis.dose.dose_answers import answer_doses
from liftproof.analysis.estimates import pool_analysis
from liftproof.pages.claims.claim_sentences import claims_in_words
from liftproof.pages.dose.dose_words import doses_in_words
from liftproof.reviews import read
from liftproof.reviews.checks.check_claims import read_claims
from liftproof.reviews.model.claim import Claim
from liftproof.reviews.model.review import Review
from liftproof.rows.claim_rows import ClaimRow, ReadingRow
from liftproof.rows.dose_rows import DoseRow
from support.review_arithmetic import REVIEWS

pytestmark = pytest.mark.slow

PROJECT = REVIEWS.parents[1]
NAMES = tuple(sorted(path.name for path in REVIEWS.iterdir() if path.is_dir()))
DIGITS = 0.0006
"""Probabilities are compared as printed with three decimals, 0.985."""
EXPECTED = {
    "less_than_a_third": "weaker_than_said",
    "overuse_almost_halved": "supported_elsewhere",
    "average_two_thirds": "supported",
    "more_than_halved": "weaker_than_said",
    "dose_volume": "not_testable",
    "dose_sessions": "not_supported",
    "dose_nordic": "not_supported",
    "effective_adolescents": "weaker_than_said",
    "effective_adults": "weaker_than_said",
    "safe": "not_testable",
    "safe_runners": "not_supported",
    "runners_strength": "not_supported",
    "runners_all_exercise": "not_supported",
    "economy_high_load": "supported",
    "economy_combined": "supported",
    "economy_submaximal": "not_supported",
    "economy_plyometric": "not_supported",
    "economy_isometric": "not_supported",
    "performance_high_load": "supported",
    "performance_combined": "supported",
    "performance_plyometric": "weaker_than_said",
    "running_alone": "not_testable",
    "load_exceeds_capacity": "not_testable",
}


@cache
def reviews() -> dict[str, Review]:
    return {name: read(REVIEWS / name) for name in NAMES}


@cache
def doses() -> tuple[DoseRow, ...]:
    answers = [answer_doses(review) for review in reviews().values() if review.settings.dose]
    return tuple(row for each in answers for row in doses_in_words(each.models, each.trials))


def put(to: dict[str, Review], answered: Sequence[DoseRow] = ()) -> Ledger:
    return ledger(read_claims(PROJECT, to, NAMES), to, answered)


@cache
def shipped() -> Ledger:
    return put(reviews(), doses())


@cache
def rows() -> dict[str, ClaimRow]:
    return {row.claim: row for row in claims_in_words(shipped(), doses())}


def claim_of(name: str) -> Claim:
    claims = read_claims(PROJECT, reviews(), NAMES).claims
    return next(claim for claim in claims if claim.id == name)


def reading(claim: str, name: str) -> ReadingRow:
    (row,) = (each for each in shipped().readings if (each.claim, each.reading) == (claim, name))
    return row


def changed(tmp_path: Path, name: str, table: str, *edits: tuple[str, str]) -> dict[str, Review]:
    """Return the reviews with texts of a table of one of them replaced; it loses its sources."""
    folder = shutil.copytree(REVIEWS / name, tmp_path / name)
    path = folder / table
    text = path.read_text(encoding="utf-8")
    for before, after in edits:
        assert text.count(before) == 1
        text = text.replace(before, after)
    path.write_text(text, encoding="utf-8")
    (folder / "provenance.csv").unlink()
    return {**reviews(), name: read(folder)}


def verdicts(to: dict[str, Review]) -> dict[str, str]:
    return {row.claim: row.verdict for row in put(to, doses()).claims}


def test_the_verdicts_are_those_argued_by_hand():
    assert {name: row.verdict for name, row in rows().items()} == EXPECTED


def test_numbers_are_those_of_the_pooled_analyses():
    for row in rows().values():
        if row.estimate is None:
            continue
        review = reviews()[row.review]
        analysis = next(each for each in review.settings.analyses if each.id == row.analysis)
        pooled = pool_analysis(review, analysis).estimate
        assert (row.estimate, row.ci_low, row.ci_high, row.k, row.unverified) == (
            pooled.estimate,
            pooled.ci_low,
            pooled.ci_high,
            pooled.k,
            pooled.unverified,
        )


def test_four_ways_to_be_certain_of_more_than_halving():
    """The mean is below one half in three ways; the effect in a new setting need not be."""
    found = [
        (name, reading("more_than_halved", name).holds)
        for name in ("interval", "confidence", "posterior", "prediction")
    ]
    assert found == [
        ("interval", "yes"),
        ("confidence", "yes"),
        ("posterior", "yes"),
        ("prediction", "no"),
    ]
    assert reading("more_than_halved", "confidence").value == pytest.approx(0.985, abs=DIGITS)
    assert reading("more_than_halved", "posterior").value == pytest.approx(0.969, abs=DIGITS)
    assert reading("more_than_halved", "posterior_wider").value == pytest.approx(0.963, abs=DIGITS)
    assert reading("more_than_halved", "prediction").value == pytest.approx(0.557, abs=DIGITS)


def test_that_less_than_a_third_is_little_more_than_a_guess():
    assert reading("less_than_a_third", "confidence").value == pytest.approx(0.591, abs=DIGITS)


def test_a_way_that_does_not_exist_is_not_one_that_fails():
    """Means have no posterior here, two trials no prediction interval."""
    for claim, name in (("economy_high_load", "posterior"), ("effective_adults", "prediction")):
        found = reading(claim, name)
        assert (found.value, found.holds) == (None, "")
        assert found.note


def test_kinds_of_trials_are_counted():
    overuse, third = rows()["overuse_almost_halved"], rows()["less_than_a_third"]
    assert (overuse.exposure_trials, overuse.studies, overuse.kinds) == (
        1,
        5,
        "multiple (4), strength (1)",
    )
    assert (third.readers_trials, third.studies) == (0, 4)
    economy = rows()["economy_combined"]
    assert (economy.readers_trials, economy.sports) == (8, "runners (8), triathletes (1)")


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        ("less_than_a_third", "does not hold by the 95\u202f% confidence interval (0.21 to 0.48)"),
        (
            "overuse_almost_halved",
            "but the printed estimate is for exercise programmes of all kinds, not for strength "
            "training alone, which the sentence implies: only 1 of the 5 trials is of strength",
        ),
        ("overuse_almost_halved", "The review printed 0.527 (0.373 to 0.746)"),
        ("less_than_a_third", "the confidence distribution (59.1\u202f%)"),
        ("less_than_a_third", "The review printed 0.315 (0.207 to 0.480)"),
        ("average_two_thirds", "None of the 6 trials is of runners"),
        (
            "average_two_thirds",
            "They counted: hamstring injury (3), anterior knee pain (1), ACL injury (1), any",
        ),
        ("average_two_thirds", "Certainty by GRADE: at most low."),
        ("more_than_halved", "the prediction interval for a new setting (0.21 to 0.56)"),
        ("dose_volume", "too few trials give this dose for a line to be tested. 2 of 6 trials"),
        ("effective_adults", "with one degree of freedom, two trials can show hardly any effect"),
        ("safe", "hazard ratio 3.60 (1.20 to 10.83), printed as 3.60 (1.20 to 10.86)"),
        ("safe_runners", "The trial printed 3.60 (1.20 to 10.86)."),
        ("safe_runners", "points to harm, and its interval excludes no effect"),
        ("runners_strength", "asks for a reduction of 66\u202f% or more"),
        ("runners_strength", "(a risk ratio of at most 0.345), which the interval excludes"),
        ("runners_all_exercise", "They counted: running injury (5), marathon noncompletion (1)"),
        ("economy_high_load", "−0.27 (−0.52 to −0.015)‡, 19 effects from 11 trials"),
        ("performance_combined", "Certainty by GRADE: very low."),
        ("performance_plyometric", "printed −0.21 (−0.433 to 0.014), which includes no effect"),
        ("performance_high_load", "−0.67 (−1.43 to 0.084), which includes no effect"),
    ],
)
def test_sentences_say_what_decided(claim, words):
    assert words in rows()[claim].sentence


def test_without_dose_models_a_claim_on_dose_is_not_testable():
    found = {row.claim: row.verdict for row in put(reviews()).claims}
    assert found["dose_sessions"] == found["dose_nordic"] == "not_testable"


def test_one_trial_flips_the_average(tmp_path):
    """With 9 injured players for 3 in one trial, it is no longer a reduction of 66 %."""
    before = "askling2003,hamstring_injury,primary,,acute,3,15,10,15,"
    edit = (before, before.replace(",3,15,", ",9,15,"))
    found = verdicts(changed(tmp_path, "lauersen2018", "outcomes.csv", edit))
    flipped = {name for name, verdict in found.items() if verdict != EXPECTED[name]}
    assert flipped == {"average_two_thirds"}
    assert found["average_two_thirds"] == "weaker_than_said"


def test_a_trial_without_harm_flips_safety(tmp_path):
    edit = ("HR,3.60,1.20,10.86", "HR,0.60,0.40,0.90")
    found = verdicts(changed(tmp_path, "runners", "outcomes.csv", edit))
    assert found["safe_runners"] == "supported"


def test_what_the_review_printed_flips_what_its_tables_give(tmp_path):
    """Its tables give -0.29 (-0.52 to -0.07), it printed -0.21 (-0.43 to 0.01): both must agree."""
    line = "performance_plyometric,performance_plyometric,"
    path = REVIEWS / "running_economy" / "published.csv"
    before = next(
        each
        for each in path.read_text(encoding="utf-8").splitlines()
        if each.startswith(line) and ",ci_high,0.014," in each
    )
    edit = (before, before.replace(",0.014,", ",-0.014,"))
    found = verdicts(changed(tmp_path, "running_economy", "published.csv", edit))
    assert found["performance_plyometric"] == "supported"
    assert reading("performance_plyometric", "as_printed").holds == "no"
    assert reading("performance_plyometric", "as_printed").value == 0.014


def test_only_what_was_seen_in_print_counts_as_printed():
    """Of the whole review of 2014 the estimate is known from memory alone."""
    review = reviews()["lauersen2014"]
    by_name = {each.id: each for each in review.settings.analyses}
    assert printed_effect(review, by_name["overall"], ()) is None
    assert printed_effect(review, by_name["strength"], ()) == PrintedEffect(
        text="0.315 (0.207 to 0.480)", low=0.207, high=0.48, by="review"
    )


def test_trials_of_the_training_implied_flip_elsewhere_to_supported(tmp_path):
    """The same numbers, from trials of strength training, are what the sentence implies."""
    review = reviews()["lauersen2014"]
    overuse = {row.study for row in review.outcomes if row.outcome_class == "overuse"}
    lines = (REVIEWS / "lauersen2014" / "studies.csv").read_text(encoding="utf-8").splitlines()
    edits = [
        (line, line.replace(",multiple,", ",strength,", 1))
        for line in lines
        if line.split(",")[0] in overuse and ",multiple," in line
    ]
    found = verdicts(changed(tmp_path, "lauersen2014", "studies.csv", *edits))
    assert found["overuse_almost_halved"] == "supported"


def test_the_share_that_has_to_be_of_the_population():
    """Of nine trials seven are three quarters, six are not."""
    row = rows()["economy_combined"]
    enough = replace(row, population_trials=7)
    assert why_of_effect(claim_of("economy_combined"), enough, 0.75) == "holds"
    few = replace(row, population_trials=6)
    assert why_of_effect(claim_of("economy_combined"), few, 0.75) == "group"


def test_an_effect_in_the_right_direction_but_smaller():
    row = replace(rows()["average_two_thirds"], estimate=0.346)
    assert why_of_effect(claim_of("average_two_thirds"), row, 0.75) == "size"
    row = replace(row, estimate=0.345)
    assert why_of_effect(claim_of("average_two_thirds"), row, 0.75) == "holds"


@pytest.mark.parametrize(
    ("verdict", "slope", "why"),
    [
        ("not_testable", -0.1, "dose_data"),
        ("inconclusive", -0.1, "no_effect"),
        ("too_few", -0.1, "certainty"),
        ("too_few", 0.1, "contrary"),
        ("association", -0.1, "holds"),
    ],
)
def test_claims_on_dose_follow_the_dose_question(verdict, slope, why):
    model = next(row for row in doses() if row.dose == "sessions" and not row.left_out)
    row = rows()["dose_sessions"]
    assert why_of_dose(row, replace(model, verdict=verdict, slope=slope), 0.75) == why
