"""The claims ledger: verdicts on the shipped reviews, argued by hand, and trials that flip them."""

import csv
import shutil
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from liftproof.analysis.claims.claim_prints import PrintedEffect, printed_effect
from liftproof.analysis.claims.ledger import Ledger, ledger
from liftproof.analysis.claims.verdicts import why_of_dose, why_of_effect
from liftproof.analysis.estimates import pool_analysis
from liftproof.pages.claims.claim_sentences import claims_in_words
from liftproof.pages.dose.dose_words import doses_in_words
from liftproof.reviews import read
from liftproof.reviews.checks.check_claims import read_claims
from liftproof.reviews.model.claim import Claim
from liftproof.reviews.model.review import Review
from liftproof.rows.claim_rows import ClaimRow, ReadingRow
from liftproof.rows.dose_rows import DoseRow
from support.dose_answers import answered
from support.review_arithmetic import REVIEWS

pytestmark = pytest.mark.slow

PROJECT = REVIEWS.parents[1]
NAMES = tuple(sorted(path.name for path in REVIEWS.iterdir() if path.is_dir()))
DIGITS = 0.0006
"""Probabilities are compared as printed with three decimals, 0.985."""
EXPECTED = {
    "less_than_a_third": "weaker_than_said",
    "overuse_almost_halved": "supported_elsewhere",
    "average_two_thirds": "supported_elsewhere",
    "more_than_halved": "supported_elsewhere",
    "dose_volume": "not_testable",
    "dose_sessions": "not_supported",
    "dose_nordic": "not_supported",
    "effective_adolescents": "supported_elsewhere",
    "effective_adults": "supported_elsewhere",
    "safe": "weaker_than_said",
    "safe_runners": "not_testable",
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
    "vo2max_high_load": "not_supported",
    "vo2max_plyometric": "not_supported",
    "vo2max_combined": "not_supported",
    "running_alone": "not_testable",
    "load_exceeds_capacity": "not_testable",
    "best_form": "weaker_than_said",
    "reinjury_hamstring": "supported_elsewhere",
    "reinjury_ankle": "not_supported",
    "plyometric_injury": "not_supported",
    "plyometric_tendon": "not_testable",
    "plyometric_power": "not_testable",
    "healing": "not_testable",
    "strength_and_size": "not_testable",
    "high_load_strength": "not_testable",
    "in_season_maintenance": "not_testable",
    "hybrid": "not_testable",
    "wear_and_tear": "not_testable",
    "individual_programme": "not_testable",
    "power_and_distance": "not_testable",
}


@cache
def reviews() -> dict[str, Review]:
    return {name: read(REVIEWS / name) for name in NAMES}


@cache
def doses() -> tuple[DoseRow, ...]:
    answers = [answered(name) for name, review in reviews().items() if review.settings.dose]
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
        "programmes of several kinds of exercise (4), strength (1)",
    )
    assert (third.readers_trials, third.studies) == (0, 4)
    economy = rows()["economy_combined"]
    assert (economy.readers_trials, economy.sports) == (8, "runners (8), triathletes (1)")


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        (
            "less_than_a_third",
            "not with the certainty that the sentence needs: it does not hold by the 95\u202f% "
            "confidence interval (0.21 to 0.48)",
        ),
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
            "only 1 of the 6 trials counted injuries of any kind, Zouita 2016 (4 of 26 v 13 of "
            "26); of the others 3 counted hamstring injury, 1 anterior knee pain, 1 ACL injury, "
            "and a fall in that is not the same fall in injuries of any kind",
        ),
        ("average_two_thirds", "Certainty by GRADE: at most low."),
        ("average_two_thirds", "The review rates its evidence as high."),
        ("less_than_a_third", "None of the 4 trials counted injuries of any kind; 1 counted"),
        (
            "more_than_halved",
            "In a new setting the effect may be smaller than said: 95\u202f% prediction interval "
            "0.21 to 0.56",
        ),
        ("effective_adults", "none of the 2 trials counted injuries of any kind; they counted"),
        ("dose_volume", "too few trials give this dose for a line to be tested. 2 of 6 trials"),
        ("effective_adults", "with one degree of freedom, two trials can show hardly any effect"),
        (
            "safe",
            "Weaker than said: no harm was counted, but only 1 of the 6 trials counted in both",
        ),
        ("safe", "Petersen 2011, injury during exercise: 0 of 461 (not known: a result of the"),
        (
            "safe",
            "Coppack 2011, medical discharge: 3 of 759 v 25 of 743, risk ratio 0.12 (0.036 to "
            "0.39)",
        ),
        ("safe", "Told without counts: Petersen 2011, delayed onset soreness (most players in"),
        ("safe", "The other 4 trials tell nothing of it here."),
        ("safe_runners", "The trial printed 3.60 (1.20 to 10.86)."),
        (
            "safe_runners",
            "what points to harm is acute injury alone, after another training than the",
        ),
        (
            "safe_runners",
            "the trial is not of strength training (what was trained: ankle and foot exercises)",
        ),
        ("safe_runners", "the other arm of Leppänen 2024: hazard ratio 0.66 (0.45 to 0.97)"),
        ("best_form", "includes no difference against “Proprioception training, trials with"),
        ("best_form", "0.57 (0.31 to 1.05)†, p = 0.072, as printed 0.57 (0.31 to 1.07), p = 0.079"),
        ("best_form", "as printed 0.48 (0.30 to 0.78), p = 0.003"),
        ("best_form", "as printed 0.33 (0.21 to 0.51), p < 0.001. No trial here compares them"),
        ("reinjury_hamstring", "The trial printed 0.137 (0.037 to 0.509). One trial is no pool."),
        ("reinjury_hamstring", "the trial is not of runners but of football (soccer)"),
        ("reinjury_ankle", "risk ratio 0.50 (0.18 to 1.40)‡, 1 trial"),
        ("plyometric_injury", "risk ratio 0.91 (0.59 to 1.40)‡, 1 trial"),
        ("plyometric_injury", "van de Hoef 2019 alone: risk ratio 0.89 (0.55 to 1.44)"),
        (
            "vo2max_high_load",
            "includes no effect (0), and the estimate lies on its worse side",
        ),
        ("vo2max_plyometric", "the 95\u202f% interval includes no effect (0)"),
        ("vo2max_combined", "The review printed −0.095 (−0.398 to 0.208)"),
        ("performance_combined", "Supported, with very low certainty: the numbers are as said"),
        ("runners_strength", "asks for a reduction of 66\u202f% or more"),
        ("runners_strength", "rounded: a risk ratio of at most 0.345, which the interval excludes"),
        (
            "runners_all_exercise",
            "Of the trials 5 counted running injury, 1 marathon not completed",
        ),
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
    """With 9 injured players for 3 in one trial it is no longer 66 %, nor a half for certain."""
    before = "askling2003,hamstring_injury,primary,,acute,3,15,10,15,"
    edit = (before, before.replace(",3,15,", ",9,15,"))
    found = verdicts(changed(tmp_path, "lauersen2018", "outcomes.csv", edit))
    flipped = {name for name, verdict in found.items() if verdict != EXPECTED[name]}
    assert flipped == {"average_two_thirds", "more_than_halved"}
    assert found["average_two_thirds"] == found["more_than_halved"] == "weaker_than_said"


def test_a_trial_without_harm_flips_safety(tmp_path):
    """Of ankle and foot exercises, it would still not be of strength training."""
    edit = ("HR,3.60,1.20,10.86", "HR,0.60,0.40,0.90")
    found = verdicts(changed(tmp_path, "runners", "outcomes.csv", edit))
    assert found["safe_runners"] == "supported_elsewhere"


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
        text="0.315 (0.207 to 0.480)", estimate=0.315, low=0.207, high=0.48, by="review"
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


def test_an_outcome_that_is_implied_flips_elsewhere_to_supported(tmp_path):
    """The same numbers of injuries of any kind are what the sentence says."""
    names = ("hamstring_injury", "anterior_knee_pain", "acl_injury")
    lines = (REVIEWS / "lauersen2018" / "outcomes.csv").read_text(encoding="utf-8").splitlines()
    edits = [
        (f"{line}\n", f"{line.replace(f',{name},', ',any_injury,', 1)}\n")
        for line in lines
        for name in names
        if f",{name}," in line
    ]
    found = verdicts(changed(tmp_path, "lauersen2018", "outcomes.csv", *edits))
    for claim in ("average_two_thirds", "more_than_halved", "effective_adults"):
        assert found[claim] == "supported"


def test_harm_in_one_trial_flips_safety(tmp_path):
    """25 discharges with the exercise against 3 without it are a harm that the interval shows."""
    before = "medical_discharge,primary,,adverse_event,3,759,25,743,"
    edit = (before, before.replace(",3,759,25,743,", ",25,759,3,743,"))
    found = verdicts(changed(tmp_path, "lauersen2018", "outcomes.csv", edit))
    assert found["safe"] == "not_supported"


def test_without_adverse_events_safety_is_not_testable(tmp_path):
    lines = (REVIEWS / "lauersen2018" / "outcomes.csv").read_text(encoding="utf-8").splitlines()
    edits = [(f"{line}\n", "") for line in lines if ",adverse_event," in line]
    found = verdicts(changed(tmp_path, "lauersen2018", "outcomes.csv", *edits))
    assert found["safe"] == "not_testable"


def test_a_harm_of_the_training_implied_refutes_safety(tmp_path):
    """The same hazard ratio after strength training would count against the sentence."""
    edit = ("acute_injury,primary,ankle_foot,", "acute_injury,primary,strength,")
    found = verdicts(changed(tmp_path, "runners", "outcomes.csv", edit))
    assert found["safe_runners"] == "not_supported"


def test_contrasts_of_the_strata_are_those_of_their_prints():
    """Ratios of 0.315, 0.550, 0.655 and 0.963, as an audit of the data computed them by hand."""
    found = {
        row.against: (row.estimate, row.ci_low, row.ci_high, row.p)
        for row in shipped().contrasts
        if row.basis == "printed"
    }
    assert found["proprioception"] == pytest.approx((0.573, 0.307, 1.067, 0.079), abs=DIGITS)
    assert found["multiple"] == pytest.approx((0.481, 0.298, 0.777, 0.003), abs=DIGITS)
    assert found["stretching"] == pytest.approx((0.327, 0.211, 0.508, 0.0), abs=DIGITS)


def test_very_low_certainty_by_the_review_alone_is_said(tmp_path):
    """Without judgements of this project the review's own rating is what the verdict rests on."""
    path = REVIEWS / "running_economy" / "grade.csv"
    edits = [
        (f"{line}\n", "")
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.startswith("performance_combined,") and "printed_certainty" not in line
    ]
    found = put(changed(tmp_path, "running_economy", "grade.csv", *edits), doses())
    row = next(row for row in claims_in_words(found, ()) if row.claim == "performance_combined")
    assert (row.grade, row.printed_grade) == ("", "very_low")
    assert row.sentence.startswith("Supported, with very low certainty: ")


def test_every_sentence_of_the_page_has_its_rows():
    """Each sentence of the clinic's page is held to the ledger, or is no claim of an effect."""
    with (Path(__file__).parent / "page_sentences.csv").open(encoding="utf-8", newline="") as file:
        listed = list(csv.DictReader(file))
    named = {claim for row in listed for claim in row["claims"].split()}
    assert named == set(rows())
    assert all(row["claims"] or row["why_none"] for row in listed)


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
    assert why_of_effect(claim_of("average_two_thirds"), row, 0.75) == "group"
    row = replace(row, outcome_trials=5)
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
