"""The sentences about causes."""

from dataclasses import replace

import pytest

from liftproof.analysis.causes.candidates import Candidate, Causes
from liftproof.analysis.causes.review_causes import CauseFinding, causes_of_review
from liftproof.analysis.estimates import pool_review
from liftproof.analysis.reproduction import reproduce
from liftproof.pages.printed.cause_words import cause_sentence
from liftproof.pages.printed.found_causes import cause_rows, explained
from liftproof.reviews import find, read
from liftproof.rows.result_rows import ReproductionRow
from support.workflow_project import REPOSITORY


def printed(quantity="ci_high", text="0.480", computed=0.4814, **more):
    row = {"review": "r", "target": "main", "quantity": quantity, "printed": text}
    more = {"verdict": "close", "unverified": "no", "computed": computed, **more}
    return ReproductionRow(**row, **more)


def candidate(cause="interval_t", kind="method", gives=0.47991, departures=1, agrees=1):
    words = "Wald's interval with t" if kind == "method" else "one digit that is wrong"
    return Candidate(
        cause=cause, words=words, kind=kind, departures=departures, gives=gives, agrees=agrees
    )


def causes(verdict, *candidates, chance=0.5, departures=1, tried=70, computed=0.4814):
    return Causes(
        quantity="ci_high",
        printed="0.480",
        computed=computed,
        verdict=verdict,
        departures=departures,
        chance=chance,
        others=2,
        tried=tried,
        candidates=candidates,
    )


def said(verdict, *candidates, row=None, counts=(), **more):
    found = causes(verdict, *candidates, **more)
    finding = "other_trials" if counts else verdict
    return cause_sentence(
        CauseFinding(row=row or printed(), finding=finding, causes=found, counts=counts)
    )


def test_a_named_cause_comes_with_its_rivals_its_chance_and_the_rest_of_the_result():
    digit = replace(candidate(cause="digit", kind="slip"), rank=2)
    assert said("named", candidate(), digit) == (
        "With Wald's interval with t the number is 0.4799, for the printed 0.480. Of 70 departures "
        "tried 1 more gives it. Weak evidence for this number alone: by chance 0.50 "
        "departures as plausible would give it. It gives 1 of the 2 other numbers printed of this "
        "result."
    )


def test_what_explains_the_prints_as_well_is_said():
    assert (
        "gives it. About as likely, and told from it by no print: one digit that is wrong. Weak"
    ) in said("named", candidate(), candidate(cause="digit", kind="slip"))


def test_a_lone_candidate_that_chance_hardly_gives():
    text = said("named", candidate(kind="slip", gives=0.48), chance=0.01)
    assert "the printed 0.480 instead of 0.4814. Of 70 departures tried no other gives it." in text
    fewer = said("named", candidate(), chance=0.004)
    assert "Strong evidence for this number alone: by chance 0.01 departures as" in text
    assert "by chance fewer than 0.01 departures as plausible would give it." in fewer


def test_evidence_between():
    assert "Some evidence for this number alone: by chance 0.20 departures" in said(
        "named", candidate(), chance=0.2
    )


def test_what_is_not_named():
    assert said("none", tried=1234) == (
        "No cause found: none of 1234 departures and pairs gives the printed number."
    )
    assert said("by_chance", candidate(), chance=3.0) == (
        "No cause found. Of 70 tried 1 departure or pair gives the printed number, and 3.00 would "
        "by chance."
    )
    assert said("this_number_alone", candidate(agrees=0)) == (
        "No cause found. With Wald's interval with t the number is 0.4799, for the printed 0.480, "
        "but only 0 of the 2 other numbers printed of this result follow; by chance 0.50 of 70 "
        "tried would give this one."
    )


def test_other_trials_and_unverified_numbers():
    counts = (printed("k", "6", 4.0),)
    assert said("none", counts=counts) == (
        "The review counts 6 pooled effects (4 here): the data differ, and no method is named."
    )
    marked = said("named", candidate(), row=printed(unverified="yes"))
    assert marked.endswith("The computed number rests on one that was seen in no source.")


def test_rows_hold_what_the_sentence_says():
    first, second = candidate(), candidate(cause="digit", kind="slip")
    found = CauseFinding(row=printed(), finding="named", causes=causes("named", first, second))
    (row,) = cause_rows([found])
    assert (row.cause, row.kind, row.gives, row.candidates) == ("interval_t", "method", 0.47991, 2)
    assert (row.alternatives, row.chance, row.departures) == ("digit", 0.5, 1)
    unnamed = CauseFinding(row=printed(), finding="by_chance", causes=causes("by_chance", first))
    (row,) = cause_rows([unnamed])
    assert (row.cause, row.kind, row.alternatives) == ("", "", "interval_t")


def test_counts_are_not_searched():
    found = CauseFinding(row=printed("k", "6", 4.0), finding="not_searched")
    (row,) = cause_rows([found])
    assert row.words.startswith("A count of trials or people")
    assert (row.candidates, row.gives, row.tried) == (None, None, None)


@pytest.mark.slow
def test_no_number_that_is_not_reproduced_is_without_an_explanation():
    review = read(find("lauersen2018", REPOSITORY))
    rows = reproduce(review, [each.estimate for each in pool_review(review)])
    causes = cause_rows(causes_of_review(review, rows))
    told = {(row.target, row.quantity): row for row in explained(rows, causes)}

    assert {bool(row.explained) for row in told.values() if row.verdict != "reproduced"} == {True}
    assert {row.explained for row in told.values() if row.verdict == "reproduced"} == {""}
    missing = told["vanderhorst_inflation", "design_effect"]
    assert missing.explained == missing.missing
    close = told["main", "estimate"]
    assert close.explained.startswith("With standard errors of the trials rounded to 2 decimals")
    written = tuple(replace(row, explained="as written") for row in rows)
    assert {row.explained for row in explained(written, causes)} == {"as written"}
