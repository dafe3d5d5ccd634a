"""The printed numbers of every review: nothing computed among them, every block with its group."""

import pytest

from liftproof.vocabulary.block_groups import BLOCK_GROUPS
from support.review_arithmetic import REVIEWS, read

NAMES = sorted(path.parent.name for path in REVIEWS.glob("*/published.csv"))
FITTED = {
    ("lauersen2018", "main"): {"k", "participants", "events"},
    ("nordic", "vandyk2019_low_risk"): {"k", "participants"},
    ("nordic", "goode2015_main"): {"k"},
    ("nordic", "lemes2021_hamstring_focused"): {"participants"},
    ("nordic", "ishoi2020_nhe_protocol"): {"estimate", "ci_low", "ci_high"},
    ("nordic", "ishoi2020_11plus_hamstring"): {"estimate", "ci_low", "ci_high", "i2"},
    ("nordic", "impellizzeri2021_k5"): {"estimate", "ci_low", "ci_high", "pi_low", "pi_high"},
    ("nordic", "impellizzeri2021_k6"): {"estimate", "ci_low", "ci_high", "pi_low", "pi_high", "k"},
    ("runners", "fujisaki2022_adduction"): {"estimate", "ci_low", "ci_high"},
    ("running_economy", "high_load"): {"estimate", "ci_high", "p", "q"},
    ("running_economy", "plyometric_up_to_12"): {"estimate"},
}
"""Numbers whose inputs were chosen so that they follow."""


@pytest.mark.parametrize("name", NAMES)
def test_no_print_is_a_number_that_was_computed(name):
    assert {row["kind"] for row in read(name, "published")} <= {
        "primary_fulltext",
        "primary_abstract",
        "secondary",
        "unverified",
    }


@pytest.mark.parametrize("name", NAMES)
def test_every_blocked_number_stands_in_a_group_and_no_copy_is_blocked(name):
    for row in read(name, "published"):
        assert bool(row["blocked"]) == (row["blocked_group"] in BLOCK_GROUPS), row
        assert not (row["blocked"] and row["see"]), row


def test_what_was_fitted():
    found: dict[tuple[str, str], set[str]] = {}
    for name in NAMES:
        for row in read(name, "published"):
            if row["fitted"]:
                found.setdefault((name, row["target"]), set()).add(row["quantity"])
    assert found == FITTED


def test_the_print_of_copenhagen_adduction_is_that_of_the_abstract():
    rows = [row for row in read("runners", "published") if row["target"] == "quintana2025"]
    assert {row["quantity"]: row["printed"] for row in rows} == {
        "estimate": "0.83",
        "ci_low": "0.41",
        "ci_high": "1.68",
    }


def test_logarithms_are_entered_as_logarithms():
    for name in NAMES:
        for row in read(name, "published"):
            if row["quantity"] in ("estimate", "ci_low", "ci_high"):
                assert "log odds ratio" not in row["description"], (name, row)
    wu = {
        (row["target"], row["quantity"]): row["printed"]
        for row in read("runners", "published")
        if row["quantity"].startswith("log_")
    }
    assert wu["wu2024_risk", "log_ci_high"] == "0.047"
    assert wu["wu2024_supervised", "log_estimate"] == "-0.77"


@pytest.mark.parametrize(
    ("review", "study", "items", "fulfilled"),
    [
        ("lauersen2014", "coppack2011", 7, 5),
        ("lauersen2018", "coppack2011", 7, 5),
        ("nordic", "gabbe2006", 7, 1),
        ("runners", "gabbe2006", 7, 1),
    ],
)
def test_items_of_pedro_stand_where_their_trial_does(review, study, items, fulfilled):
    rows = [
        row
        for row in read(review, "risk_of_bias")
        if (row["study"], row["tool"]) == (study, "PEDro") and row["domain"] != "overall"
    ]
    assert len(rows) == items
    assert sum(row["judgement"] == "yes" for row in rows) == fulfilled


def test_a_share_of_all_players_is_no_compliance_of_an_arm():
    (gabbe,) = (row for row in read("runners", "studies") if row["study"] == "gabbe2006")
    assert gabbe["compliance_percent"] == ""
    assert "46.8 % of all players" in gabbe["compliance_note"]
