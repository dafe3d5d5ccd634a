"""The thresholds at which a cause is named, and of the words on it."""

import pytest

from liftproof.analysis.causes.candidates import Candidate, Causes
from liftproof.analysis.causes.cause_search import search
from liftproof.analysis.causes.contradictions import contradiction
from liftproof.analysis.causes.pools import Pool
from liftproof.analysis.causes.question import PrintQuestion
from liftproof.analysis.causes.review_causes import CauseFinding
from liftproof.analysis.specification import Specification
from liftproof.analysis.trial_data import trials_of
from liftproof.pages.printed.found_causes import cause_rows
from liftproof.reviews.model.printed_number import printed_number, rounds_to
from liftproof.rows.result_rows import ReproductionRow

COUNTS = ([4, 6, 3], [123, 306, 231], [11, 29, 11], [139, 303, 220])


@pytest.fixture(scope="module")
def pool():
    """Three trials, pooled by DL with Wald's limits: 0.26442 (0.14490 to 0.48251)."""
    return Pool(
        trials=trials_of(source="counts", numbers=COUNTS),
        specification=Specification(measure="RR", tau2="DL", interval="wald"),
        quantities=("estimate", "ci_high"),
    )


@pytest.mark.parametrize(
    ("quantity", "text", "verdict", "cause", "chance"),
    [
        ("estimate", "0.25", "named", "measure_OR", 0.5),
        ("estimate", "0.265", "named", "rounding_natural_3", 1.0),
        ("ci_high", "0.49", "by_chance", "", 2.5),
        ("estimate", "0.204", "named", "digit", 14 / 60),
        ("estimate", "0.214", "by_chance", "", 0.27),
    ],
)
def test_a_method_is_named_up_to_one_hit_by_chance_and_a_slip_up_to_a_quarter(
    pool, quantity, text, verdict, cause, chance
):
    """Chances are those of departures as plausible as the one named, counted by hand."""
    found = search(pool, PrintQuestion(quantity=quantity, printed=text), with_pairs=False)
    assert (found.verdict, found.cause) == (verdict, cause)
    if cause:
        assert found.chance == pytest.approx(chance)


@pytest.mark.parametrize(
    ("text", "value", "keeps"),
    [
        ("<0.05", 0.0499, True),
        ("<0.05", 0.05, False),
        (">0.05", 0.05, False),
        (">0.05", 0.0501, True),
        ("0.05", 0.0449, False),
        ("0.05", 0.045, True),
        ("0.05", 0.055, True),
        ("0.05", 0.0551, False),
    ],
)
def test_a_departure_gives_a_print_up_to_half_of_its_last_digit_and_within_its_bound(
    text, value, keeps
):
    assert rounds_to(value, printed_number(text)) is keeps


@pytest.mark.parametrize(
    ("others", "verdict"),
    [
        ({}, "named"),
        ({"i2": "0"}, "named"),
        ({"i2": "0", "ci_low": "9"}, "named"),
        ({"i2": "0", "ci_low": "9", "ci_high": "9"}, "this_number_alone"),
    ],
)
def test_a_cause_is_named_where_half_of_the_other_prints_follow(pool, others, verdict):
    """Of the other prints the one that is right, I² of 0 %, follows from every departure."""
    question = PrintQuestion(quantity="estimate", printed="0.25", others=others)
    assert search(pool, question, with_pairs=False).verdict == verdict


@pytest.mark.parametrize(("twin", "is_named"), [("0.91", True), ("0.89", False)])
def test_a_slip_contradicts_below_a_quarter_by_chance(twin, is_named):
    """Of the slips of 0.10 twenty lead to numbers as near as the twin: 20/81 and 20/79."""
    found = contradiction(
        PrintQuestion(quantity="tau2", printed="0.10"), is_log=False, twins=[twin]
    )
    assert (found is not None) is is_named


def causes(count, chance):
    candidate = Candidate(
        cause="interval_t",
        words="Wald's interval with t",
        kind="method",
        departures=1,
        gives=0.48,
        agrees=1,
    )
    return Causes(
        quantity="ci_high",
        printed="0.480",
        computed=0.4814,
        verdict="named",
        departures=1,
        chance=chance,
        others=2,
        tried=70,
        candidates=(candidate,) * count,
    )


def row(count=1, chance=0.5):
    printed = ReproductionRow(
        review="r",
        target="main",
        quantity="ci_high",
        printed="0.480",
        verdict="close",
        unverified="no",
        computed=0.4814,
    )
    (found,) = cause_rows(
        [CauseFinding(row=printed, finding="named", causes=causes(count, chance))]
    )
    return found


@pytest.mark.parametrize(
    ("chance", "said"),
    [
        (0.501, "Weak evidence for this number alone"),
        (0.5, "Weak evidence for this number alone"),
        (0.499, "Some evidence for this number alone"),
        (0.0501, "Some evidence for this number alone"),
        (0.05, "Strong evidence for this number alone"),
        (0.0499, "Strong evidence for this number alone"),
    ],
)
def test_evidence_is_weak_from_one_half_and_chance_hardly_likely_to_a_twentieth(chance, said):
    assert said in row(chance=chance).words


@pytest.mark.parametrize(
    ("count", "said"),
    [(1, "no other gives it"), (2, "1 more gives it"), (3, "2 more give it")],
)
def test_rivals_are_counted(count, said):
    assert said in row(count).words


@pytest.mark.parametrize(
    ("count", "more"), [(3, ""), (4, ""), (5, "and 1 more"), (6, "and 2 more")]
)
def test_three_further_departures_are_listed_and_the_rest_counted(count, more):
    names, _, rest = row(count).alternatives.partition("; and")
    assert len(names.split("; ")) == min(count - 1, 3)
    assert (f"and{rest}" if rest else "") == more
