"""Marks of warnings that somebody looked into: what they settle, and when they no longer do."""

import csv
import io
from dataclasses import replace

import pytest
from click.testing import CliRunner

from liftproof.analysis.suspicion.whole_review import settled_review
from liftproof.cli import main
from liftproof.reviews import load, read
from liftproof.reviews.checked_marks import mark_of

HEAD = "file,key,field,rule,numbers,reason\n"
MARK = "studies.csv,cat2012,study,no_result,cat2012,the trial is not out yet\n"


@pytest.fixture
def waiting(review):
    """A review with one trial that has no result yet, which is a warning."""
    review.append("studies.csv", "cat2012,Cat 2012,2012,2018-08-21,,,,,strength,,amateur\n")
    return review


def test_a_marked_warning_is_settled_with_its_reason(waiting):
    (told,) = waiting.warnings()
    assert (told.rule, told.key, str(told)[-12:]) == ("no_result", "cat2012", " [no_result]")
    waiting.write("checked.csv", HEAD + MARK)
    assert waiting.problems() == ()
    (checked,) = read(waiting.folder).checked
    assert replace(checked.problem, path=told.path) == told
    assert checked.reason == "the trial is not out yet"


@pytest.mark.parametrize(
    ("mark", "wrong", "remedy"),
    [
        (MARK.replace(",cat2012,the", ",dog2013,the"), "has other numbers", "it has 'cat2012'"),
        (MARK.replace("cat2012,study", "dog2013,study"), "that is not raised", "delete the row"),
    ],
)
def test_a_mark_of_other_numbers_or_of_no_warning_is_a_warning(waiting, mark, wrong, remedy):
    waiting.write("checked.csv", HEAD + mark)
    unused, told = waiting.warnings()
    assert (unused.path.name, unused.line, unused.rule) == ("checked.csv", 2, "unused_mark")
    assert wrong in unused.wrong
    assert remedy in unused.remedy
    assert told.rule == "no_result"


@pytest.mark.parametrize(
    ("mark", "place"),
    [
        (MARK.replace("the trial is not out yet", ""), "checked.csv:2: reason"),
        (MARK.replace("no_result", "no_resul"), "checked.csv:2: rule"),
        (MARK + MARK, "checked.csv:3: file"),
    ],
)
def test_a_mark_needs_a_reason_and_a_rule_that_exists_and_stands_once(waiting, mark, place):
    waiting.write("checked.csv", HEAD + mark)
    errors = [str(each) for each in waiting.errors()]
    assert [place in text for text in errors] == [True]


def test_errors_have_no_marks(waiting):
    waiting.cell("studies.csv", 2, "year", "203")
    (error,) = waiting.errors()
    mark = mark_of(error)
    waiting.write(
        "checked.csv", f"{HEAD}{mark.file},{mark.key},{mark.field},no_result,203,it is so\n"
    )
    assert error in waiting.errors()


def test_an_edited_cell_is_warned_of_anew(review):
    """The warning that needs effects is settled in the same way, and its mark outlives no edit."""
    review.cell("outcomes.csv", 4, "estimate", "2.93")
    review.cell("outcomes.csv", 4, "ci_low", "1.50")
    review.cell("outcomes.csv", 4, "ci_high", "5.72")
    for column, value in (("estimate", "2.93"), ("ci_low", "1.5"), ("ci_high", "5.72")):
        old = {"estimate": "0.293", "ci_low": "0.15", "ci_high": "0.572"}[column]
        review.replace(
            "provenance.csv", f"{column},adjusted,,,{old}", f"{column},adjusted,,,{value}"
        )
    review.cell("outcomes.csv", 4, "p_value", "0.002")
    review.replace("provenance.csv", "< 0.001", "0.002")
    (told,) = settled_review(read(review.folder)).warnings
    assert told.rule == "opposite_direction"
    mark = mark_of(told)
    row = io.StringIO()
    names = HEAD.strip().split(",")
    csv.writer(row).writerow([getattr(replace(mark, reason="looked up"), name) for name in names])
    review.write("checked.csv", HEAD + row.getvalue())
    settled = settled_review(read(review.folder))
    assert (settled.warnings, len(settled.checked)) == ((), 1)
    review.cell("outcomes.csv", 4, "estimate", "2.92")
    review.replace("provenance.csv", "estimate,adjusted,,,2.93", "estimate,adjusted,,,2.92")
    anew = settled_review(read(review.folder))
    assert [each.rule for each in anew.warnings] == ["unused_mark", "opposite_direction"]


def test_check_counts_marked_warnings_and_prints_the_rows_of_others(waiting, monkeypatch):
    monkeypatch.chdir(waiting.folder.parent)
    name = f"./{waiting.folder.name}"
    marks = CliRunner().invoke(main, ["check", name, "--marks"])
    assert marks.stdout == HEAD + MARK.replace("the trial is not out yet", "")
    assert marks.stderr == "0 errors, 1 warning\n"
    waiting.write("checked.csv", HEAD + MARK)
    checked = CliRunner().invoke(main, ["check", name])
    assert checked.stderr == "0 errors, 0 warnings, 1 marked as checked\n"
    assert "no_result" not in checked.stdout


@pytest.mark.parametrize(
    ("column", "cells", "rule"),
    [
        ("doi", ("10.1000/ABC", "https://doi.org/10.1000/abc"), "doi_twice"),
        ("pmid", ("123", "123"), "pmid_twice"),
    ],
)
def test_one_publication_under_two_keys_is_told(review, column, cells, rule):
    text = (review.folder / "studies.csv").read_text(encoding="utf-8").splitlines()
    ends = (column, *cells)
    joined = [f"{line},{end}" for line, end in zip(text, ends, strict=True)]
    review.write("studies.csv", "\n".join(joined) + "\n")
    told = [each for each in load(review.folder).problems if each.rule == rule]
    assert [(each.line, each.column, each.wrong) for each in told] == [
        (3, column, f"the {column} is that of askling2003 as well")
    ]


def test_one_control_arm_under_two_names_is_told_unless_it_was_divided(review):
    review.append("studies.csv", "askling2004,Askling 2004,2004,2018-08-21,,,,,strength,10,elite\n")
    review.append("outcomes.csv", "askling2004,hamstring,,,acute,7,16,10,15,,,,,,,,,,,\n")
    told = [each for each in load(review.folder).problems if each.rule == "control_shared"]
    assert [(each.line, each.numbers) for each in told] == [(5, "askling2003: 10, 15")]
    assert "askling2003 on line 2" in told[0].wrong


def test_clusters_that_do_not_add_up_are_told(review):
    text = (review.folder / "studies.csv").read_text(encoding="utf-8").splitlines()
    ends = ("clusters_total", "", "51")
    joined = [f"{line},{end}" for line, end in zip(text, ends, strict=True)]
    review.write("studies.csv", "\n".join(joined) + "\n")
    told = [each for each in load(review.folder).problems if each.rule == "clusters_differ"]
    assert [(each.line, each.numbers) for each in told] == [(3, "51; 50")]


def test_an_estimate_whose_point_alone_is_misplaced_is_told_what_would_fit(review):
    review.cell("outcomes.csv", 4, "estimate", "2.93")
    (told,) = (each for each in review.errors() if each.path.name == "outcomes.csv")
    assert (told.column, told.found) == ("estimate", "2.93")
    assert told.remedy.startswith("0.293 would fit, with the decimal point moved: ")
    review.cell("outcomes.csv", 4, "estimate", "2.1")
    (told,) = (each for each in review.errors() if each.path.name == "outcomes.csv")
    assert told.remedy == "correct the estimate or a limit"


def test_warnings_of_one_rule_about_many_analyses_stand_in_one_line_and_each_counts(
    review, monkeypatch
):
    """The marks that a new trial outdates, and what it does to each analysis, drown nothing."""
    settings = "  - {id: also, title: Also}\n  - {id: more, title: More}\n"
    review.append("review.yaml", settings)
    review.cell("outcomes.csv", 4, "measure", "HR")
    review.replace("review.yaml", "title: Also", "title: Also, variants: {petersen2011: adjusted}")
    review.replace("review.yaml", "title: More", "title: More, variants: {petersen2011: adjusted}")
    monkeypatch.chdir(review.folder.parent)
    result = CliRunner().invoke(main, ["check", str(review.folder)])
    (line,) = [each for each in result.stdout.splitlines() if "[mixed_measures]" in each]
    assert "review.yaml:6: measure: warning: analysis overall (RR) mixes measures" in line
    assert "; 2 warnings more of this rule: also (line 15), more (line 16) [mixed_m" in line
    assert result.stderr == "0 errors, 3 warnings\n"
    marks = CliRunner().invoke(main, ["check", str(review.folder), "--marks"]).stdout
    assert marks.count("mixed_measures") == 3


def test_pool_counts_the_warnings_that_check_lists(review, monkeypatch):
    """Also those that need effects, such as an estimate against its counts."""
    review.append(
        "outcomes.csv", "askling2003,hamstring,other,,acute,,,,,,,,,RR,2.93,1.50,5.72,0.95,,\n"
    )
    monkeypatch.chdir(review.folder.parent)
    name = f"./{review.folder.name}"
    checked, pooled = (CliRunner().invoke(main, [verb, name]) for verb in ("check", "pool"))
    assert "[opposite_direction]" in checked.stdout
    assert checked.stderr == "0 errors, 4 warnings\n"
    assert pooled.stderr.startswith(f"4 warnings: liftproof check {name} lists them\n")
