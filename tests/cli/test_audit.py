"""The verb ``audit``: text, JSON, and tables that cannot be read."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from liftproof.analysis.audit.whole_audit import audit
from liftproof.cli import main
from liftproof.reviews.audited_table import read_audited

HEAD = "kind,label,estimate,ci_low,ci_high,measure,k\n"
PLOT = f"{HEAD},One,0.50,0.40,0.625,,\n,Two,0.8,0.64,1.00,,\npool,All,0.63,0.54,0.74,RR,3\n"


@pytest.fixture
def run(tmp_path, monkeypatch):
    """A call of ``audit`` on a table with this text."""
    monkeypatch.chdir(tmp_path)

    def call(text, *options):
        Path("plot.csv").write_text(text, encoding="utf-8")
        return CliRunner().invoke(main, ["audit", "plot.csv", *options])

    return call


def test_the_text_has_pools_what_is_missed_and_the_method(run):
    result = run(PLOT)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0].split() == ["line", "row", "number", "printed", "computed", "verdict"]
    assert lines[1].split() == ["4", "All", "estimate", "0.63", "0.6325", "reproduced"]
    assert "4     All  k         3        2         different" in lines
    assert "and 6 more numbers of trials, reproduced or alone in print" in lines
    assert any("No method is stated; FE with wald limits" in line for line in lines)
    assert any("give the printed pool (FE, wald)" in line for line in lines)


def test_json_has_every_number_with_twelve_digits(run):
    found = json.loads(run(PLOT, "--json").stdout)
    assert list(found) == ["file", "numbers", "findings", "weights", "floors"]
    (estimate,) = (
        row for row in found["numbers"] if (row["line"], row["quantity"]) == (4, "estimate")
    )
    assert estimate["computed"] == pytest.approx(0.4**0.5, rel=1e-10)
    assert estimate["verdict"] == "reproduced"
    assert {row["verdict"] for row in found["numbers"] if row["kind"] == "trial"} == {"blocked"}
    assert found["floors"][0]["is_proved"] == "yes"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("kind,label,estimat\n,One,0.5\n", "plot.csv:1: estimat: "),
        (
            "kind,label,estimate,ci_low,ci_high,measure,weight\n,One,0.5,0.4,0.6,,14.0%\n"
            "pool,All,0.5,0.4,0.6,RR,\n",
            "plot.csv:2: weight: a percent sign, found '14.0%', write 14.0",
        ),
        (
            "kind,label,estimate,ci_low,ci_high,measure,i2\n,One,0.5,0.4,0.6,,\n"
            "pool,All,0.5,0.4,0.6,RR,0 %\n",
            "plot.csv:3: i2: a percent sign, found '0 %', write 0",
        ),
        (f"{HEAD},One,0.5o,0.4,0.6,,\npool,All,0.5,0.4,0.6,RR,\n", "plot.csv:2: estimate: "),
        (f"{HEAD},One,0.5,0.4,0.6,,\npool,All,0.5,0.4,0.6,,\n", "plot.csv:3: measure: "),
        (f"{HEAD},One,0.5,0.4,0.6,,2\npool,All,0.5,0.4,0.6,RR,\n", "plot.csv:2: k: a trial has no"),
        (f"{HEAD},One,0.5,0.4,0.6,,\n", "plot.csv:1: file: the table has no row of kind pool"),
        (HEAD, "plot.csv:1: file: the table has no trial"),
    ],
)
def test_a_table_that_cannot_be_read_is_told_by_line_and_column_and_exits_1(run, text, problem):
    result = run(text)
    assert result.exit_code == 1
    assert problem in result.stderr
    assert result.stdout == ""


def test_a_subgroup_without_trials_and_a_level_that_is_none_are_told_together(run):
    head = "kind,label,subgroup,estimate,ci_low,ci_high,ci_level,measure\n"
    result = run(f"{head},One,a,0.5,0.4,0.6,,\npool,All,b,0.5,0.4,0.6,,RR\n")
    assert "plot.csv:3: subgroup: no trial is of this subgroup, found 'b'" in result.stderr
    result = run(f"{head},One,a,0.5,0.4,0.6,0.05,\npool,All,a,0.5,0.4,0.6,,RR\n")
    assert "plot.csv:2: ci_level: not a level of confidence" in result.stderr


def test_a_file_that_is_not_there_exits_1():
    result = CliRunner().invoke(main, ["audit", "nowhere.csv"])
    assert result.exit_code == 1
    assert "nowhere.csv:1: file: the file cannot be opened" in result.stderr


SLIP = f"{HEAD},One et al.,7.1,0.57,0.89,,\n,One et al.,0.8,0.64,1.00,,\npool,All,0.7,,,RR,3\n"


def test_a_fault_is_told_once_and_ends_with_one_stop(run):
    text = run(SLIP).stdout
    assert text.count("The estimate, 7.1, lies outside its limits") == 1
    assert ".." not in text


def test_the_page_has_findings_and_numbers_and_loads_nothing(run):
    result = run(SLIP, "--html", "plot.html")
    assert result.stderr == "plot.html is ready\n"
    page = Path("plot.html").read_text(encoding="utf-8")
    assert "Audit of plot.csv" in page
    assert "With a misplaced decimal point, 0.71 was meant." in page
    assert '<span class="verdict blocked">blocked</span>' in page
    assert not re.findall(r'(?:src|href)="(?!#)', page)


def test_a_page_that_cannot_be_written_is_told(run):
    result = run(SLIP, "--html", "plot.csv/plot.html")
    assert result.exit_code == 1
    assert "plot.csv" in result.stderr


def test_the_numbers_that_are_missed_are_counted_while_their_causes_are_searched(tmp_path):
    path = tmp_path / "plot.csv"
    path.write_text(PLOT.replace("0.63,0.54,0.74", "0.99,0.54,0.74"), encoding="utf-8")
    told = []
    found = audit(read_audited(path), lambda *numbers: told.append(numbers))
    assert told == [(done, len(found.causes)) for done in range(len(found.causes))]
    assert len(told) == 2


def test_a_print_that_lost_its_zero_is_told_so(run):
    result = run(
        "kind,label,estimate,ci_low,ci_high,measure,model,tau2_method\n"
        ",One,1.10,0.16,2.04,,,\n"
        ",Two,1.14,0.34,1.94,,,\n"
        ",Three,0.67,-0.02,1.36,,,\n"
        "pool,All,0.92,0.47,1.4,SMD,IV,REML\n",
        "--json",
    )
    numbers = json.loads(result.stdout)["numbers"]
    (said,) = (each for each in numbers if (each["kind"], each["quantity"]) == ("pool", "ci_high"))
    assert (said["printed"], said["verdict"]) == ("1.4", "close")
    assert said["words"].startswith("No cause is needed for 1.4 as it stands: 1.38 rounds to it.")


def test_headings_as_papers_and_packages_write_them_are_told_with_the_column_that_is_meant(run):
    lines = run("Study,e1,n1,e2,n2i,RR (95% CI),LL,Weight (%)\nA,3,15,10,15,0.3,0.1,9\n").stderr
    meant = {
        "Study": "did you mean label?",
        "e1": "did you mean events_intervention?",
        "n1": "did you mean n_intervention?",
        "e2": "did you mean events_control?",
        "n2i": "did you mean n_control?",
        "RR (95% CI)": "write its numbers as estimate, ci_low, ci_high, a column each",
        "LL": "did you mean ci_low?",
        "Weight (%)": "did you mean weight?",
    }
    for heading, remedy in meant.items():
        told = f"plot.csv:1: {heading}: the table has no such column, found '{heading}', {remedy}"
        assert told in lines.splitlines()
    assert "label: a required column is missing, found 'Study', rename Study to label" in lines
