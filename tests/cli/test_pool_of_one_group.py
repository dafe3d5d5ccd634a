"""`liftproof pool` of one group: no P value, as no value stands for no effect; further measures."""

import json

import pytest
from click.testing import CliRunner

import liftproof as lp
from liftproof.cli import main
from liftproof.vocabulary.measures import MEASURES

REVIEW = """
title: Made up
analyses:
  - {id: share, title: Injured, measure: PRZ, tau2: DL, interval: wald, select: {outcome: injured}}
  - {id: age, title: Age, measure: SMN, tau2: DL, interval: wald, select: {outcome: age}}
"""
OUTCOMES = """study,outcome,events,n,mean,sd
one,injured,12,40,,
two,injured,31,90,,
one,age,,12,31.5,8.2
two,age,,31,36.0,9.9
"""
TWO_ARMS = """
title: Made up
intervention: training
control: none
analyses:
"""
ARM = ("mean_{arm}", "sd_{arm}", "n_{arm}")
BOTH = [name.format(arm=arm) for arm in ("intervention", "control") for name in ARM]
MEANS = f"""study,outcome,{",".join(BOTH)}
one,strength,24.1,4.0,30,21.3,4.4,28
two,strength,31.0,6.1,22,29.9,5.2,25
"""
COUNTS = """study,outcome,events_intervention,n_intervention,events_control,n_control
one,injury,12,100,20,98
two,injury,9,60,14,61
"""
OF_MEANS = ("RPB", "ZPB", "RBIS", "ZBIS")
OF_COUNTS = ("RTET", "ZTET", "ZPHI", "PBIT")


def pooled(folder, review, outcomes, *options):
    (folder / "review.yaml").write_text(review, encoding="utf-8")
    (folder / "studies.csv").write_text("study,label,year\none,One,2001\ntwo,Two,2005\n", "utf-8")
    (folder / "outcomes.csv").write_text(outcomes, encoding="utf-8")
    result = CliRunner().invoke(main, ["pool", str(folder), *options])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_the_table_says_why_there_is_no_p(tmp_path):
    lines = pooled(tmp_path, REVIEW, OUTCOMES).splitlines()
    assert [line.count("no null value") for line in lines] == [0, 1, 1]
    assert "not estimable  0" not in "\n".join(lines)


def test_further_measures_of_one_group_are_pooled_as_arrays_are(tmp_path):
    share, age = json.loads(pooled(tmp_path, REVIEW, OUTCOMES, "--json"))
    for row, effect in (
        (share, lp.escalc("PRZ", xi=[12, 31], ni=[40, 90])),
        (age, lp.escalc("SMN", mi=[31.5, 36.0], sdi=[8.2, 9.9], ni=[12, 31])),
    ):
        there = lp.pool(effect.y, effect.v, tau2="DL", interval="wald")
        for name in ("estimate", "ci_low", "ci_high"):
            natural = lp.natural(row["measure"], getattr(there, name))
            assert row[name] == pytest.approx(float(natural), rel=1e-9)
        assert row["p_value"] is None


@pytest.mark.parametrize("measure", [*OF_MEANS, *OF_COUNTS])
def test_further_measures_of_two_arms_are_pooled_as_arrays_are(tmp_path, measure):
    kind, rows = ("strength", MEANS) if measure in OF_MEANS else ("injury", COUNTS)
    analysis = f"measure: {measure}, tau2: DL, interval: wald, select: {{outcome: {kind}}}"
    text = f"{TWO_ARMS}  - {{id: all, title: All, {analysis}}}\n"
    (row,) = json.loads(pooled(tmp_path, text, rows, "--json"))
    means = {"m1i": [24.1, 31.0], "sd1i": [4.0, 6.1], "n1i": [30, 22]}
    means |= {"m2i": [21.3, 29.9], "sd2i": [4.4, 5.2], "n2i": [28, 25]}
    counts = {"ai": [12, 9], "n1i": [100, 60], "ci": [20, 14], "n2i": [98, 61]}
    effect = lp.escalc(measure, **(means if measure in OF_MEANS else counts))
    there = lp.pool(effect.y, effect.v, tau2="DL", interval="wald")
    natural = lp.natural(measure, there.estimate)
    assert row["estimate"] == pytest.approx(float(natural), rel=1e-9)
    assert row["p_value"] == pytest.approx(float(there.p_value), rel=1e-9)
    assert MEASURES[measure].has_null
