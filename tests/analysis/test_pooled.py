"""From the tables of a review to its pooled rows: what is marked, summed, left out and refused."""

import math

import pytest

from liftproof.analysis.estimates import pool_review
from liftproof.errors import DataError, UsageError
from liftproof.reviews import load, named, names, read
from support.small_review import GOOD

ROUNDING = 1e-12
"""Relative: a few roundings between the package's arithmetic and the same written out here."""

SETTINGS = """\
title: Made up
measure: RR
analyses:
  - id: all
    title: All
    tau2: DL
    interval: wald
"""
STUDIES = "study,label,year\none,One 2001,2001\ntwo,Two 2002,2002\n"
COUNTS = "study,outcome,events_intervention,n_intervention,events_control,n_control"


@pytest.fixture
def pooled(tmp_path):
    """Return what a review of these files pools to."""

    def run(outcomes, *, settings=SETTINGS, studies=STUDIES, provenance=""):
        texts = {"review.yaml": settings, "studies.csv": studies, "outcomes.csv": outcomes}
        if provenance:
            texts["provenance.csv"] = provenance
        for name, text in texts.items():
            (tmp_path / name).write_text(text, encoding="utf-8")
        return pool_review(read(tmp_path))

    return run


def test_double_zero_trials_are_left_out_of_ratios_and_listed(pooled):
    (result,) = pooled(f"{COUNTS}\none,injury,0,50,0,50\ntwo,injury,3,50,6,50\n")
    assert (result.estimate.k, result.estimate.participants) == (1, 100)
    assert [row.left_out for row in result.effects] == ["no events in either arm", ""]
    assert result.effects[0].estimate is None
    assert result.estimate.estimate == pytest.approx(0.5, rel=ROUNDING)


def test_double_zero_trials_enter_risk_differences(pooled):
    rows = f"{COUNTS}\none,injury,0,50,0,50\ntwo,injury,3,50,6,50\n"
    (result,) = pooled(rows, settings=SETTINGS.replace("RR", "RD"))
    assert result.estimate.k == 2


def test_nothing_is_pooled_where_every_trial_is_left_out(pooled):
    (result,) = pooled(f"{COUNTS}\none,injury,0,50,0,50\ntwo,injury,9,9,8,8\n")
    assert (result.estimate.k, result.estimate.estimate) == (0, None)
    assert [row.left_out for row in result.effects] == [
        "no events in either arm",
        "events in everyone in both arms",
    ]


def test_a_control_arm_that_two_comparisons_share_counts_once(pooled):
    rows = COUNTS.replace("outcome,", "outcome,arm,")
    rows += "\none,injury,low,3,20,4,20\none,injury,high,5,22,4,20\ntwo,injury,,7,90,11,90\n"
    (result,) = pooled(rows)
    assert result.estimate.k == 3
    assert result.estimate.participants == 20 + 22 + 20 + 180
    assert result.estimate.events == 3 + 5 + 4 + 18


def test_the_design_effect_multiplies_the_variance(pooled):
    studies = (
        "study,label,year,design,clusters_intervention,clusters_control,icc\n"
        "one,One 2001,2001,cluster,5,5,0.05\ntwo,Two 2002,2002,individual,,,\n"
    )
    rows = f"{COUNTS}\none,injury,5,100,12,100\ntwo,injury,3,50,6,50\n"
    clustered = SETTINGS + "    clustering: design_effect\n"
    (plain,) = pooled(rows, studies=studies)
    (inflated,) = pooled(rows, studies=studies, settings=clustered)
    factors = [b.v / a.v for a, b in zip(plain.effects, inflated.effects, strict=True)]
    assert factors == pytest.approx([1 + (20 - 1) * 0.05, 1], rel=ROUNDING)
    assert [row.design_effect for row in inflated.effects] == pytest.approx(factors)


def test_an_unverified_count_beside_a_sourced_estimate_is_marked(pooled):
    rows = f"{COUNTS},measure,estimate,ci_low,ci_high\none,injury,3,20,6,20,RR,0.5,0.25,1\n"
    numbers = {"estimate": "0.5", "ci_low": "0.25", "ci_high": "1"}
    counts = {"events_intervention": 3, "n_intervention": 20, "events_control": 6, "n_control": 20}
    lines = ["study,field,value,source,kind"]
    lines += [f"one,{field},{value},A,primary_abstract" for field, value in numbers.items()]
    lines += [f"one,{field},{value},A,unverified" for field, value in counts.items()]
    (result,) = pooled(rows, provenance="\n".join(lines) + "\n")
    assert result.effects[0].source == "reported"
    assert (result.effects[0].unverified, result.estimate.unverified) == ("yes", "yes")


@pytest.mark.parametrize(("y", "v"), [(800, 1), (0, 500000), (-900, 1)])
def test_effects_too_large_to_be_written_as_ratios_are_no_traceback(pooled, y, v):
    (result,) = pooled(f"study,outcome,y,v\none,injury,{y:f},{v:f}\n")
    row = result.estimate
    assert row.k == 1
    written = (row.estimate, row.ci_low, row.ci_high)
    assert all(value is None or math.isfinite(value) for value in written)


@pytest.mark.parametrize(
    ("header", "cells", "column"),
    [
        ("y,v", "0.1,1e-300", "v"),
        ("y,v", "1e300,1", "y"),
        (
            "mean_intervention,sd_intervention,n_intervention,mean_control,sd_control,n_control",
            "5,1,1,6,1,9",
            "n_intervention",
        ),
    ],
)
def test_what_cannot_be_pooled_is_told_with_file_line_and_column(tmp_path, header, cells, column):
    measure = "MD" if "mean" in header else "RR"
    (tmp_path / "review.yaml").write_text(SETTINGS.replace("RR", measure), encoding="utf-8")
    (tmp_path / "studies.csv").write_text(STUDIES, encoding="utf-8")
    outcomes = f"study,outcome,{header}\none,injury,{cells}\n"
    (tmp_path / "outcomes.csv").write_text(outcomes, encoding="utf-8")
    errors = [each for each in load(tmp_path).problems if not each.is_warning]
    assert [(each.path.name, each.line, each.column) for each in errors] == [
        ("outcomes.csv", 2, column)
    ]
    with pytest.raises(DataError, match=f"outcomes.csv:2: {column}"):
        read(tmp_path)


def test_more_clusters_than_participants_are_told(tmp_path):
    for name, text in GOOD.items():
        (tmp_path / name).write_text(
            text.replace(",23,27", ",923,27").replace(",23,Petersen", ",923,Petersen")
        )
    errors = [each for each in load(tmp_path).problems if not each.is_warning]
    assert [(each.line, each.column) for each in errors] == [(3, "n_intervention")]
    assert "923 clusters" in str(errors[0])


def test_studies_without_any_outcome_are_warnings(tmp_path):
    texts = {"review.yaml": SETTINGS, "studies.csv": STUDIES, "outcomes.csv": f"{COUNTS}\n"}
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    loaded = load(tmp_path)
    assert loaded.review is not None
    assert all(each.is_warning for each in loaded.problems)
    (result,) = pool_review(loaded.review)
    assert result.estimate.k == 0


def test_names_of_reviews_fit_into_paths(tmp_path):
    for name in ("fine_2-b", "a+b"):
        (tmp_path / "data" / "reviews" / name).mkdir(parents=True)
        (tmp_path / "data" / "reviews" / name / "review.yaml").touch()
    with pytest.raises(UsageError, match=r"a\+b: a review's folder is named with letters"):
        names(tmp_path)


def test_wanted_reviews_are_names(tmp_path):
    (tmp_path / "data" / "reviews" / "two").mkdir(parents=True)
    (tmp_path / "data" / "reviews" / "two" / "review.yaml").touch()
    assert named((), tmp_path) == ("two",)
    with pytest.raises(UsageError, match="did you mean two"):
        named(("twoo",), tmp_path)
    with pytest.raises(UsageError, match="no review lies below"):
        named((), tmp_path / "data")
