"""The traps met by whoever extracted the shipped reviews: which rule finds each, and which none.

Three kinds: traps that stand in the shipped tables, where a rule must find them, settled or not;
traps that the tables have mended, typed here as they are printed; and traps that no rule can see.
"""

from dataclasses import replace
from pathlib import Path

import pytest

from liftproof.analysis.estimates import pool_analysis
from liftproof.analysis.review_pools import pools_of
from liftproof.analysis.suspicion.pool_rules import total_findings
from liftproof.analysis.suspicion.whole_review import settled_review, suspicions
from liftproof.reviews import load, read
from support.workflow_project import REPOSITORY

DATA = REPOSITORY / "data" / "reviews"

SHIPPED = (
    ("running_economy", "skovgaard2014/economy_12_00_km_h/primary", "sd_like_se"),
    ("running_economy", "skovgaard2014/time_trial_1500_m/primary", "sd_like_se"),
    ("running_economy", "skovgaard2014/vo2max/primary", "sd_like_se"),
    ("running_economy", "skovgaard2014/time_trial_1500_m/primary", "smd_large"),
    ("running_economy", "johnston1997/economy_13_80_km_h/primary", "sd_like_se"),
    ("running_economy", "johnston1997/economy_12_84_km_h/primary", "sd_like_se"),
    ("running_economy", "pellegrino2016/economy_9_18_km_h/primary", "sd_like_se"),
    ("running_economy", "piacentini2013/economy_avg_11_75_km_h/primary/high_load", "decimal_slip"),
    ("running_economy", "plyometric", "dependent_effects"),
    ("running_economy", "performance_plyometric", "dependent_effects"),
    ("runners", "brushoj2008/lower_extremity_overuse/reported", "crude_outside"),
    ("runners", "haroy2019/groin_problem/primary", "opposite_direction"),
    ("runners", "all_exercise", "mixed_measures"),
    ("runners", "brushoj2008", "cluster_unadjusted"),
    ("lauersen2014", "brushoj2008/lower_extremity_overuse/primary", "crude_outside"),
    ("lauersen2014", "coppack2011", "cluster_unadjusted"),
    ("lauersen2018", "overall", "mixed_measures"),
    ("nordic", "rct_alone_dl", "turns_conclusion"),
    ("nordic", "vanderhorst2015", "cluster_unadjusted"),
)
"""Review, key of the row or analysis, rule."""

ESTIMATE = "measure,estimate,ci_low,ci_high,p_value"
PRINTED = (
    ("Taddei 2020: limits that fit neither estimate nor P", "RR,2.42,1.98,3.62,0.035", "estimate"),
    ("Taddei 2020: limits that fit neither estimate nor P", "RR,2.42,1.98,3.62,0.035", "p_value"),
    ("Hammes 2015: an estimate that is not in the middle", "IRR,0.91,0.64,1.48,", "estimate"),
    ("Eihara 2022: limits that leave out their estimate", "MD,-0.24,-1.04,-0.55,", "estimate"),
)
"""What is wrong, the row as it is printed, and the column at which an error must stand."""

UNSEEN = {
    "van der Horst 2015: 11 v 25 injured players or 10 v 26": "either is possible by itself",
    "van der Horst 2015: arms of 309 and 310, or 329 and 299": "one number a cell; sources differ",
    "McGuine 2006: 0.56 adjusted, 0.62 by counts": "within the limits, as adjustment mostly is",
    "Emery 2007: ankle sprains or all injuries": "the wrong outcome under a right name",
    "Fujisaki 2022: 6 v 16 lost time, not any groin pain": "the wrong outcome under a right name",
    "Zouita 2016: injuries, not injured players": "as many events as people is possible",
    "Hislop 2017, Attwood 2018: limits at 90 %": "without a P value any level fits",
    "Hasebe 2020: 1.14 printed, 1.04/0.88 is 1.18": "rates without person-time give no events",
    "Sakata 2019: control over intervention": "no events and no quotation stand beside it",
    "Verhagen 2004: 0.54 by one review, 0.40 by another": "only one of them is entered",
    "Desai 2023, Nouni-Garcia 2018: not randomised": "no number tells",
    "Elerian 2019: controls are the season before": "no number tells",
    "Seagrave 2014: a number needed to treat that no counts give": "no column holds it",
    "Nguyen 2024: a chi-square that no whole numbers give": "no column holds it",
    "Gabbe 2006: 46.8 % is a share of players, not of sessions": "no number tells",
    "van Dyk 2019: P = 0.0008 for two analyses": "prints of reviews are held against pools alone",
    "Llanos-Lagos 2024: slope -0.117 in the abstract, -0.177 in the text": "one of them is entered",
    "Waldén 2012: limits from a summary": "provenance marks them; the numbers fit each other",
    "quintana2025: a print that was computed": "refused by its kind, which a person must enter",
}
"""Trap, and why no rule sees it."""


@pytest.fixture(scope="module")
def told():
    """What the rules tell of each shipped review, settled or not: (review, key, rule)."""
    found = set()
    for name in dict.fromkeys(name for name, _, _ in SHIPPED):
        review = settled_review(read(DATA / name))
        every = (*review.warnings, *(one.problem for one in review.checked))
        found |= {(name, one.key, one.rule) for one in every}
    return found


@pytest.mark.slow
@pytest.mark.parametrize(("review", "key", "rule"), SHIPPED)
def test_a_trap_that_stands_in_the_shipped_tables_is_found(told, review, key, rule):
    assert (review, key, rule) in told


@pytest.mark.parametrize(("trap", "row", "column"), PRINTED)
def test_a_trap_typed_as_it_is_printed_is_found(tmp_path, trap, row, column):
    write(tmp_path, f"study,outcome,{ESTIMATE}\na,o,{row}\n", "MD" if "MD" in row else "RR")
    errors = [each.column for each in load(tmp_path).problems if not each.is_warning]
    assert column in errors, trap


def test_taddei_2020_against_its_counts_is_told_to_be_turned_round(tmp_path):
    """The ratio without its limits and P, which are wrong by themselves."""
    counts = "events_intervention,n_intervention,events_control,n_control,measure,estimate,awaits"
    write(
        tmp_path,
        f"study,outcome,variant,{counts}\na,o,primary,8,57,20,61,,,\n"
        "a,o,printed,,,,,RR,2.42,limits that fit\n",
        "RR",
    )
    review = read(tmp_path)
    rules = [each.rule for each in suspicions(review, pools_of(review).pooled)]
    assert rules == ["opposite_direction"]


def test_lauersen_2018_counted_other_players_than_its_counts_have():
    """Its 7738 need the players whom one trial randomised; 7669 were analysed."""
    review = read(DATA / "lauersen2018")
    analysis = review.settings.analysis("counts")
    printed = [row for row in review.published if row.quantity == "participants"]
    asked = replace(review, published=tuple(replace(row, analysis="counts") for row in printed))
    ((_, found),) = total_findings(asked, analysis, pool_analysis(review, analysis))
    assert (found.rule, found.numbers) == ("total_differs", "7738")
    assert "add up to 7669" in found.wrong


def test_traps_that_no_rule_sees_are_not_among_those_that_one_does():
    found = {trap.partition(":")[0] for trap, _, _ in PRINTED}
    assert not found & {trap.partition(":")[0] for trap in UNSEEN}
    assert all(UNSEEN.values())


def write(folder: Path, outcomes: str, measure: str) -> None:
    files = {
        "review.yaml": f"title: T\nmeasure: {measure}\nanalyses:\n  - {{id: all, title: All}}\n",
        "studies.csv": "study,label,year\na,One 2001,2001\n",
        "outcomes.csv": outcomes,
    }
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
