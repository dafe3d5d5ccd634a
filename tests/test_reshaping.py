"""Frames with one row an arm, tables, and comparisons with a reference arm."""

import numpy as np
import pandas as pd
import pytest

from liftproof import to_long, to_table, to_wide
from liftproof.errors import InputError
from liftproof.statistics.effects.escalc import ARGUMENTS, escalc

COUNTS = {"ai": [4, 6], "bi": [119, 300], "ci": [11, 29], "di": [128, 274]}
NUMBERS = {
    **dict.fromkeys(("ai", "ci", "bi", "di"), (4, 6)),
    **dict.fromkeys(("n1i", "n2i", "ni", "t1i", "t2i"), (30, 40)),
    **dict.fromkeys(("x1i", "x2i", "xi", "mi", "m1i", "m2i", "sd1i", "sd2i", "sdi"), (3, 5)),
    **dict.fromkeys(("ri", "r2i"), (0.3, 0.5)),
    "ti": [2, 3],
}
MEASURES = {
    "counts": "RR",
    "rates": "IRR",
    "means": "MD",
    "group_counts": "PR",
    "group_rates": "IR",
    "group_means": "MN",
    "correlations": "COR",
    "partial_correlations": "PCOR",
    "pairs": "MC",
    "matched": "MPRR",
    "alphas": "ABT",
    "semi_partial_correlations": "SPCOR",
    "areas": "AUC",
    "matched_margins": "MPORM",
    "models": "R2",
    "genotypes": "REH",
}
ARMS = pd.DataFrame(
    {
        "trial": [2, 2, 1, 1, 1, 3, 3, 4],
        "year": [1990, 1990, 1985, 1985, 1985, 1999, 1999, 2001],
        "arm": ["self", "none", "none", "group", "one", "one", "self", "none"],
        "events": [9, 2, 75, 363, 10, 23, 20, 5],
        "n": [100, 90, 700, 714, 102, 138, 152, 60],
    }
)


@pytest.mark.parametrize("source", ARGUMENTS)
def test_every_source_of_escalc_has_a_long_frame(source):
    columns = {name: NUMBERS[name] for name in ARGUMENTS[source]}
    frame = to_long(MEASURES[source], study=["a", "b"], **columns)
    two_arms = source in ("counts", "matched_margins", "rates", "means")
    assert frame.study.tolist() == (["a", "a", "b", "b"] if two_arms else ["a", "b"])
    assert set(MEASURES) == set(ARGUMENTS)


def test_counts_come_with_and_without_the_event():
    frame = to_long("OR", **COUNTS)
    assert frame.columns.tolist() == ["study", "group", "out1", "out2"]
    assert frame[["out1", "out2"]].to_numpy().tolist() == [[4, 119], [11, 128], [6, 300], [29, 274]]
    longer = to_long("OR", vlong=True, **COUNTS)
    assert longer.freq.tolist() == frame[["out1", "out2"]].to_numpy().ravel().tolist()
    assert longer.outcome.tolist() == [1, 2] * 4
    with pytest.raises(InputError, match="counts no events"):
        to_long("COR", ri=[0.3], ni=[20], vlong=True)


def test_a_long_frame_holds_what_escalc_was_given():
    pairs = {"m1i": [26.8, 0.7], "m2i": [23.5, 0.5], "sd1i": [3.1, 0.1], "ni": [50, 9]}
    frame = to_long("SMCR", **pairs, ri=[0.64, 0.77])
    assert frame.columns.tolist() == ["study", "mean1", "mean2", "sd1", "n", "r"]
    again = escalc("SMCR", **pairs, ri=frame.r)
    np.testing.assert_array_equal(again.y, escalc("SMCR", **pairs, ri=[0.64, 0.77]).y)


def test_tables_are_told_by_trial_and_arm():
    tables = to_table("RR", study=["Aronson", "Ferguson"], **COUNTS)
    assert list(tables) == ["Aronson", "Ferguson"]
    assert tables["Ferguson"].loc[2].to_dict() == {"out1": 29, "out2": 274}
    one = to_table("COR", ri=[0.187, 0.162], ni=[109, 749])
    assert one[2].to_numpy().tolist() == [[0.162, 749]]


def test_each_arm_is_compared_with_the_reference_of_its_trial():
    wide = to_wide(ARMS, "trial", "arm", ["events", "n"], ref="none")
    assert wide["comp"].tolist() == ["group-none", "one-none", "self-none", "one-self"]
    assert wide["design"].tolist() == ["group-one-none"] * 2 + ["self-none", "one-self"]
    assert wide["events.1"].tolist() == [363, 10, 9, 23]
    assert wide["events.2"].tolist() == [75, 75, 2, 20]
    assert wide[["trial", "year", "id"]].to_numpy().tolist()[3] == [3, 1999, 4]


def test_the_order_of_categories_is_kept_and_the_commonest_arm_is_the_reference():
    order = pd.Categorical(ARMS.arm, ["none", "one", "group", "self"])
    wide = to_wide(ARMS.assign(arm=order), "trial", "arm", ["events"])
    assert wide["comp"].tolist() == ["one-none", "group-none", "self-none", "one-self"]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"study": "trail"}, "no column 'trail'; did you mean trial"),
        ({"ref": "noone"}, "No arm is called 'noone'; did you mean none"),
        ({"data": ARMS.iloc[[7]]}, "No trial has two arms"),
        ({"data": pd.concat([ARMS, ARMS])}, "two rows of one arm"),
        ({"data": ARMS.assign(arm=None)}, "needs its trial and its arm"),
    ],
)
def test_what_cannot_be_compared_is_refused(change, says):
    call = {"data": ARMS, "study": "trial", "group": "arm", "values": ["events"], **change}
    with pytest.raises(InputError, match=says):
        to_wide(**call)


def test_columns_of_other_lengths_are_refused():
    with pytest.raises(InputError, match="one number a trial"):
        to_long("COR", ri=[0.3, 0.4], ni=[20])
    with pytest.raises(InputError, match="2 labels"):
        to_long("COR", ri=[0.3, 0.4], ni=[20, 30], study=["a"])
