"""An effect as given, y, with its standard error in the place of its variance."""

import pytest

from liftproof.reviews import load
from liftproof.reviews.model.effect_sources import GROUPS

YAML = """\
title: Made up
measure: {measure}
intervention: training
control: no training
analyses:
  - {{id: overall, title: All, tau2: DL, interval: wald}}
"""
STUDIES = "study,label,year\na,A 2001,2001\nb,B 2002,2002\n"


def loaded(folder, rows, measure="GEN"):
    (folder / "review.yaml").write_text(YAML.format(measure=measure), encoding="utf-8")
    (folder / "studies.csv").write_text(STUDIES, encoding="utf-8")
    (folder / "outcomes.csv").write_text(rows, encoding="utf-8")
    return load(folder)


def rules(found):
    """Return the rules of what is told, but for what every small review without sources is."""
    return [p.rule for p in found.problems if p.rule != "no_provenance"]


@pytest.mark.parametrize("measure", ["GEN", "RR", "SMD"])
def test_the_variance_is_the_square_of_the_standard_error(tmp_path, measure):
    rows = "study,outcome,y,se\na,o,-0.07,0.02\nb,o,-0.05,1.5e-2\n"
    found = loaded(tmp_path, rows, measure)
    assert rules(found) == []
    first, second = found.review.outcomes
    assert [first.v, second.v] == [0.02**2, 0.015**2]
    assert first.derived_from == {"v": ("y", "se")}


def test_without_either_both_are_named(tmp_path):
    found = loaded(tmp_path, "study,outcome,y,se\na,o,-0.07,\nb,o,-0.05,0.02\n")
    (problem,) = [p for p in found.problems if p.line == 2 and not p.is_warning]
    assert problem.column == "v"
    assert "se, whose square it is" in str(problem)


def test_a_variance_that_contradicts_the_error_beside_it_is_an_error(tmp_path):
    rows = "study,outcome,y,v,se\na,o,-0.07,0.0004,0.02\nb,o,-0.05,0.02,0.02\n"
    found = loaded(tmp_path, rows)
    (problem,) = [p for p in found.problems if not p.is_warning]
    assert (problem.line, problem.column) == (3, "v")
    assert "not the square of the standard error" in str(problem)


def test_an_error_that_cannot_be_is_told_once(tmp_path):
    found = loaded(tmp_path, "study,outcome,y,se\na,o,-0.07,0\nb,o,-0.05,0.02\n")
    assert {p.column for p in found.problems if not p.is_warning} == {"se", "v"}


@pytest.mark.parametrize("variance", ["", "0.04"])
def test_an_error_beyond_all_numbers_is_told_and_does_not_end_the_check(tmp_path, variance):
    rows = f"study,outcome,y,v,se\na,o,-0.07,{variance},1e200\nb,o,-0.05,,0.02\n"
    (problem,) = [p for p in loaded(tmp_path, rows).problems if p.column == "se"]
    assert (problem.line, problem.is_warning) == (2, False)
    assert "in the range of 1e-25 to 1e25" in str(problem)


def test_an_error_that_agrees_with_the_variance_beside_it_is_not_called_unused(tmp_path):
    rows = "study,outcome,y,v,se\na,o,-0.07,0.0004,0.02\nb,o,-0.05,,0.02\n"
    assert rules(loaded(tmp_path, rows)) == []


def test_a_row_with_every_kind_of_effect_at_once_is_told_what_contradicts(tmp_path):
    numbers = {"y": -1, "v": 0.04, "estimate": 0.37, "ci_low": 0.25, "ci_high": 0.55, "se": 0.2}
    numbers |= dict.fromkeys(GROUPS["changes"], 20)
    cells = ",".join(map(str, numbers.values()))
    rows = f"study,outcome,measure,{','.join(numbers)}\na,o,RR,{cells}\n"
    (problem,) = [p for p in loaded(tmp_path, rows, "RR").problems if not p.is_warning]
    assert "both y and estimate are given" in str(problem)


@pytest.mark.parametrize(("low", "high"), [("-1.2", "-0.2"), ("0", "0.8"), ("0.3", "-0.2")])
def test_limits_that_no_ratio_has_beside_an_error_end_no_check(tmp_path, low, high):
    rows = f"study,outcome,measure,estimate,ci_low,ci_high,se\na,o,RR,0.5,{low},{high},0.25\n"
    found = loaded(tmp_path, rows, "RR")
    assert {p.column for p in found.problems if not p.is_warning} <= {"ci_low", "ci_high"}
    assert "a ratio (RR) must be above 0" in str(found.problems)
