"""RevMan files: every row and every person of the file is read, or it stops with an error."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from liftproof.cli import main
from support.revman_files import RM5

ROUNDING = 1e-12
"""Of a standard error that is squared again."""


@pytest.fixture(autouse=True)
def project(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def take(text=RM5, *edits):
    for old, new in edits:
        assert old in text
        text = text.replace(old, new, 1)
    Path("ours.rm5").write_text(text, encoding="utf-8")
    return CliRunner().invoke(main, ("import", "ours.rm5", "--review", "ours"))


def rows_of(name):
    with Path(f"data/reviews/ours/{name}").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_every_row_arrives_and_those_without_an_effect_are_listed_and_pooled_nowhere():
    result = take()
    assert (result.exit_code, result.stderr) == (0, "")
    assert "3 in studies.csv, 9 in outcomes.csv" in result.stdout
    kept_out = [line for line in result.stdout.splitlines() if "kept out of pools" in line]
    assert [line.rpartition("rm5:")[2] for line in kept_out] == [
        "23: Three 2003: kept out of pools: not estimable",
        "27: One 2001: kept out of pools: weight zero",
        "29: Two 2002: kept out of pools: TOTAL_1 is 0",
        "37: Two 2002: kept out of pools: SD_1 is 0, SD_2 is 0",
    ]
    pooled = json.loads(CliRunner().invoke(main, ("pool", "ours", "--json")).stdout)
    assert {row["analysis"]: (row["k"], row["measure"]) for row in pooled} == {
        "injury": (2, "RR"),
        "strength": (1, "SMD"),
        "time_to_injury": (1, "HR"),
    }


def test_numbers_stay_as_they_are_typed_and_follow_from_others_by_name():
    take()
    outcomes = rows_of("outcomes.csv")
    strength = next(row for row in outcomes if row["sd_control"])
    assert (strength["sd_control"], strength["mean_control"]) == ("2.50", "9.25")
    hazard = next(row for row in outcomes if row["outcome"] == "time_to_injury")
    assert (hazard["y"], hazard["v"], hazard["n_control"]) == ("-0.5", "0.04", "149")
    peto = next(row for row in outcomes if row["outcome"] == "death")
    assert (float(peto["y"]), float(peto["v"])) == (-0.5 / 0.8, 1 / 0.8)
    kinds = {(row["outcome"], row["field"]): row["kind"] for row in rows_of("provenance.csv")}
    assert kinds["time_to_injury", "y"] == kinds["strength", "sd_control"] == "secondary"
    assert kinds["time_to_injury", "v"] == kinds["death", "y"] == "derived"


def test_a_trial_in_two_groups_keeps_both_and_its_reference():
    take()
    arms = [row["arm"] for row in rows_of("outcomes.csv") if row["study"] == "one2001"][:2]
    assert arms == ["low_dose_1", "high_dose_4"]
    one = rows_of("studies.csv")[0]
    assert (one["citation"], one["doi"]) == (
        "One A, Other B. Training. J Inj 2001;5:1-9",
        "10.1000/one",
    )


@pytest.mark.parametrize(
    ("edits", "keys"),
    [
        ((), "tau2: DL\n    interval: wald"),
        ((('METHOD="IV" NO="1"\n RANDOM="YES"', 'METHOD="MH" NO="1" RANDOM="NO"'),), "model: MH"),
        (
            (
                ('METHOD="IV" NO="1"\n RANDOM="YES"', 'METHOD="PETO" NO="1" RANDOM="NO"'),
                ('EFFECT_MEASURE="RR"', 'EFFECT_MEASURE="PETO_OR"'),
            ),
            "measure: OR\n    model: Peto",
        ),
        ((('SWAP_EVENTS="NO" TOTALS="YES"', 'SWAP_EVENTS="NO" TOTALS="SUB"'),), "- id: injury_1"),
    ],
)
def test_methods_are_those_that_the_file_names(edits, keys):
    assert take(RM5, *edits).exit_code == 0
    assert keys in Path("data/reviews/ours/review.yaml").read_text(encoding="utf-8")


def test_one_level_of_all_totals_is_that_of_the_review():
    result = take(RM5.replace('CI_TOTAL="95"', 'CI_TOTAL="90"'))
    assert result.exit_code == 0
    assert "level: 0.9\n" in Path("data/reviews/ours/review.yaml").read_text(encoding="utf-8")
    assert "limits at" not in result.stdout


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        (('METHOD="IV" NO="1"', 'METHOD="MH" NO="1"'), "τ² rests on Mantel-Haenszel's Q"),
        (('SWAP_EVENTS="NO"', 'SWAP_EVENTS="YES"'), "RevMan counts non-events as events"),
        (('CI_TOTAL="95" EFFECT_MEASURE="SMD"', 'CI_TOTAL="99" EFFECT_MEASURE="SMD"'), "at 99 %"),
    ],
)
def test_what_differs_from_revman_is_listed(edit, told):
    result = take(RM5, edit)
    assert result.exit_code == 0
    assert told in result.stdout


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        (
            ('STUDY_ID="STD-Two-2002"\n TOTAL_1="11"', 'STUDY_ID="STD-None"\n TOTAL_1="11"'),
            "37: file: a row of a trial that is not among the included studies, found 'STD-None'",
        ),
        (("<CONT_OUTCOME", "<NEW_OUTCOME"), "39: file: the file cannot be read as XML"),
        (
            ("</ANALYSES_AND_DATA>", '<DICH_DATA TOTAL_1="3"/></ANALYSES_AND_DATA>'),
            "1: file: the file holds 10 rows, and 9 were read",
        ),
        (
            ('CI_TOTAL="95"', 'CI_TOTAL="ninety"'),
            "16: CI_TOTAL: no level in percent, found 'ninety'",
        ),
        (('CI_TOTAL="95"', 'CI_TOTAL="195"'), "16: CI_TOTAL: no level in percent, found '195'"),
        (('SE="0.2"', 'SE="o.2"'), "42: SE: not a number, found 'o.2'"),
        (('ESTIMATE="-0.5"', 'ESTIMATE="0.61"'), "42: ESTIMATE: ESTIMATE and EFFECT_SIZE"),
        (('NAME="Three 2003" YEAR="2003"', 'NAME="Three" YEAR=""'), "11: YEAR: a trial without a"),
        (
            ('NAME="Three 2003" YEAR="2003"', 'NAME="One 2001" YEAR="2001"'),
            "11: NAME: another trial has this name, on line 6, found 'One 2001', rename one of",
        ),
        (
            ('ID="STD-Three-2003"', 'ID="STD-Two-2002"'),
            "11: NAME: another trial has this identifier, on line 10, found 'Three 2003'",
        ),
        (
            ("<COCHRANE_REVIEW", '<!DOCTYPE a [<!ENTITY b "c">]><COCHRANE_REVIEW'),
            "2: file: the file declares entities",
        ),
        (('EVENTS_1="5"', 'EVENTS_1="105"'), "19: events_intervention: "),
    ],
)
def test_what_cannot_be_read_is_told_at_its_line_and_nothing_is_written(edit, told):
    result = take(RM5, edit)
    assert result.exit_code == 1
    assert f"ours.rm5:{told}" in result.stderr
    assert not Path("data").exists() or list(Path("data").rglob("*.csv")) == []


def test_two_trials_of_one_name_are_not_merged_into_the_trial_that_a_review_has():
    assert take().exit_code == 0
    before = [rows_of(name) for name in ("studies.csv", "outcomes.csv")]
    twice = '<STUDY ID="STD-One-2001b" NAME="One 2001" YEAR="2001"/></INCLUDED_STUDIES>'
    result = take(RM5, ("</INCLUDED_STUDIES>", twice))
    assert "ours.rm5:12: NAME: another trial has this name, on line 6" in result.stderr
    after = [rows_of(name) for name in ("studies.csv", "outcomes.csv")]
    assert (result.exit_code, after) == (1, before)


def test_outcomes_without_rows_are_an_error():
    empty = RM5[: RM5.index("<DICH_SUBGROUP")] + (
        "</DICH_OUTCOME></COMPARISON></ANALYSES_AND_DATA></COCHRANE_REVIEW>"
    )
    result = take(empty)
    assert result.exit_code == 1
    assert "the file has no row of data" in result.stderr


COUNTS = "events_intervention,n_intervention,events_control,n_control\n5,100,12,98\n7,150,21,149"
MEANS = (
    "mean_intervention,sd_intervention,n_intervention,mean_control,sd_control,n_control\n"
    "10.5,2,20,9.25,2.5,21\n11,2.1,31,10.75,2.25,30"
)


@pytest.mark.parametrize(
    ("rows", "measure", "kind", "methods"),
    [
        (COUNTS, "RR", "DICH", "tau2: DL"),
        (COUNTS, "OR", "DICH", "model: MH"),
        (MEANS, "SMD", "CONT", "tau2: DL, smd: revman"),
        (MEANS, "SMD", "IV", "tau2: DL, smd: glass"),
        (MEANS, "MD", "IV", "tau2: DL, better: higher"),
        ("y,v\n-0.5,0.04\n0.125,0.0625", "HR", "IV", "tau2: DL"),
    ],
)
def test_an_export_pools_to_the_same_numbers_when_it_is_read_again(rows, measure, kind, methods):
    head, one, two = rows.split("\n")
    folder = Path("data/reviews/theirs")
    folder.mkdir(parents=True)
    for name, text in {
        "review.yaml": f"title: A & B\nmeasure: {measure}\nanalyses:\n"
        f"  - {{id: overall, title: All <trials>, {methods}, interval: wald}}\n",
        "studies.csv": "study,label,year\none,One 2001,2001\ntwo,Two 2002,2002\n",
        "outcomes.csv": f"study,outcome,{head}\none,a,{one}\ntwo,a,{two}\n",
    }.items():
        (folder / name).write_text(text, encoding="utf-8")
    exported = CliRunner().invoke(main, ("export", "theirs", "theirs.rm5"))
    assert (exported.exit_code, exported.stderr) == (0, "")
    text = Path("theirs.rm5").read_text(encoding="utf-8")
    assert f"<{kind}_DATA" in text
    result = take(text)
    assert (result.exit_code, result.stderr) == (0, "")
    before, after = (
        json.loads(CliRunner().invoke(main, ("pool", name, "--json")).stdout)[0]
        for name in ("theirs", "ours")
    )
    numbers = ("k", "estimate", "ci_low", "ci_high", "tau2", "i2")
    assert [name for name in numbers if after[name] is None] == [
        name for name in numbers if before[name] is None
    ]
    for name in (name for name in numbers if before[name] is not None):
        assert after[name] == pytest.approx(before[name], rel=ROUNDING, abs=ROUNDING)
    assert after["title"] == "All <trials>"
