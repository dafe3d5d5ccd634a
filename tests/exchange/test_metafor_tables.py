"""Tables for and from metafor: nothing lost both ways, and R pools the same numbers."""

import csv
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from liftproof.cli import main
from support.small_review import GOOD
from support.workflow_project import REPOSITORY

BCG = """"","trial","author","year","tpos","ai","bi","ci","di","alloc"
"1",1,"Aronson",1948,4,4,119,11,128,"random"
"2",2,"Ferguson & Simes",1949,6,6,300,29,274,"random"
"3",3,"Hart & Sutherland",1977,1e+05,62,13536,248,12619,NA
"""


@pytest.fixture(autouse=True)
def project(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments):
    return CliRunner().invoke(main, arguments)


def take(text, *options, name="dat.csv"):
    Path(name).write_text(text, encoding="utf-8")
    return run("import", name, "--review", "dat", *options)


def rows_of(path):
    with Path(path).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def held(folder):
    """Return every cell of trials and results: (trial, outcome, variant, arm, column) to text."""
    studies = {row["study"]: row for row in rows_of(folder / "studies.csv")}
    cells = {}
    for row in rows_of(folder / "outcomes.csv"):
        key = (row["study"], row["outcome"], row.get("variant") or "primary", row.get("arm", ""))
        for table in (studies[row["study"]], row):
            for name, cell in table.items():
                if cell and name not in ("study", "outcome", "variant", "arm"):
                    cells[(*key, name, cell.strip())] = True
    return set(cells)


def test_counts_of_r_become_a_review_with_row_names_and_missing_values_understood():
    result = take(BCG, "--measure", "RR", "--source", "Colditz 1994")
    assert (result.exit_code, result.stderr) == (0, "")
    studies = rows_of("data/reviews/dat/studies.csv")
    assert [row["label"] for row in studies] == [
        *("Aronson 1948", "Ferguson & Simes 1949"),
        "Hart & Sutherland 1977",
    ]
    assert [row["alloc"] for row in studies] == ["random", "random", ""]
    outcomes = rows_of("data/reviews/dat/outcomes.csv")
    assert [row["n_intervention"] for row in outcomes] == ["123", "306", "13598"]
    assert [row["n_control"] for row in outcomes] == ["139", "303", "12867"]
    sourced = rows_of("data/reviews/dat/provenance.csv")
    assert {row["source"] for row in sourced} == {"Colditz 1994"}
    assert {row["field"]: row["kind"] for row in sourced} == {
        "events_intervention": "secondary",
        "n_intervention": "derived",
        "events_control": "secondary",
        "n_control": "derived",
    }
    assert len(sourced) == 12
    assert "provenance.csv: kind is secondary, read in another publication" in result.stdout
    assert '"k": 3' in run("pool", "dat", "--json").stdout


@pytest.mark.parametrize(
    ("kind", "of_sums"),
    [("primary_abstract", "derived"), ("unverified", "unverified"), ("derived", "derived")],
)
def test_numbers_read_first_hand_are_said_to_be_and_sums_are_no_firmer(kind, of_sums):
    result = take(BCG, "--measure", "RR", "--source", "Colditz 1994", "--kind", kind)
    assert (result.exit_code, result.stderr) == (0, "")
    assert f"data/reviews/dat/provenance.csv: kind is {kind}\n" in result.stdout
    sourced = rows_of("data/reviews/dat/provenance.csv")
    kinds = {(row["field"].startswith("n_"), row["kind"]) for row in sourced}
    assert kinds == {(False, kind), (True, of_sums)}


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--source", "Colditz 1994", "--kind", "primary"), "primary"),
        (("--kind", "secondary"), "give --source as well"),
    ],
)
def test_a_kind_that_is_none_or_is_of_no_source_is_bad_usage(options, told):
    result = take(BCG, "--measure", "RR", *options)
    assert result.exit_code == 2
    assert told in result.stderr
    assert not Path("data").exists()


MEDIANS = """Study,Year,median_intervention,q1_intervention,q3_intervention,n_intervention,\
mean_control,se_control,n_control
Gruber,2021,20,16,25,40,18,1,36
"""
MISSPELT = """slab,n_intervention,mean_intervention,sd_intervention,n_control,mean_control,sd_contrl
Gruber 2021,20,16,2.5,40,18,2.1
"""


def test_medians_and_standard_errors_are_results_and_known_columns_may_have_capitals():
    refused = take(MEDIANS)
    assert (refused.exit_code, Path("data").exists()) == (2, False)
    assert "name it by --measure, as MD or SMD or ROM" in refused.stderr
    assert take(MEDIANS, "--measure", "MD").exit_code == 0
    row = rows_of("data/reviews/dat/outcomes.csv")[0]
    assert (row["se_control"], row.get("awaits", "")) == ("1", "")
    assert '"k": 1' in run("pool", "dat", "--json").stdout


def test_a_column_of_results_with_a_blank_is_that_one():
    assert take(MEDIANS.replace("se_control", "SE  control"), "--measure", "MD").exit_code == 0
    assert rows_of("data/reviews/dat/outcomes.csv")[0]["se_control"] == "1"


def test_a_misspelt_column_of_results_is_told_by_its_own_name():
    assert take(MISSPELT, "--measure", "MD").exit_code == 0
    assert "did you mean sd_control of outcomes.csv?" in run("check", "dat").stdout


@pytest.mark.parametrize(
    ("header", "told"),
    [
        ("m1i,sd1i,n1i,m2i,sd2i,n2i", "sd2i of one2001 (line 2)\n"),
        (
            "mean_intervention,sd_intervention,n_intervention,mean_control,sd_ctrl,n_control",
            "sd_control (is it sd_ctrl?) of one2001 (line 2), two2002 (line 3)\n",
        ),
    ],
)
def test_an_import_names_the_columns_that_rows_lack(header, told):
    text = f"slab,{header}\nOne 2001,1,2,30,2,,30\nTwo 2002,1,2,30,2,3,30\n"
    assert f"data: {told}" in take(text, "--measure", "MD").stdout


def test_a_new_review_gets_the_measure_that_is_named_with_its_first_trials():
    assert run("new", "dat").exit_code == 0
    told = take("slab,m1i,sd1i,n1i,m2i,sd2i,n2i\nOne 2001,1,2,30,2,3,30\n", "--measure", "MD")
    assert "data/reviews/dat/review.yaml: measure is MD\n" in told.stdout
    assert '"k": 1' in run("pool", "dat", "--json").stdout
    assert "# take the # away" in Path("data/reviews/dat/review.yaml").read_text(encoding="utf-8")


def test_a_table_of_several_measures_asks_for_one_and_names_them():
    text = "slab,ai,n1i,ci,n2i,measure,estimate,ci_low,ci_high,y,v\n"
    text += "One 2001,4,40,6,40,,,,,,\nTwo 2002,,,,,HR,0.5,0.25,1.0,,\nSix 2006,,,,,,,,,1,2\n"
    refused = take(text)
    assert "name it by --measure, as RR or OR or RD or HR" in refused.stderr
    wrong = take(text, "--measure", "IRR")
    assert "found 'counts', name --measure RR or OR" in wrong.stderr
    assert "review.yaml" not in wrong.stderr


def test_a_row_of_totals_is_told_at_once():
    text = "slab,ai,n1i,ci,n2i\nOne 2001,4,40,6,41\nTwo 2002,3,30,5,29\nTotal 2025,7,70,11,70\n"
    result = take(text, "--measure", "RR")
    assert (result.exit_code, "a row of totals, which would be" in result.stdout) == (0, True)


def test_an_error_of_many_rows_is_told_once_with_their_lines():
    rows = "".join(f"T{number} 2001,4,40,6,40\n" for number in range(9))
    result = take("slab,ai,n1i,ci,n2i\n" + rows, "--measure", "MD")
    assert len(result.stderr.splitlines()) == 1
    assert "dat.csv:2: measure: MD cannot be computed" in result.stderr
    assert result.stderr.rstrip().endswith(
        "the same is wrong on 8 more lines: 3, 4, 5, 6, 7, 8, 9, 10"
    )


def test_what_an_export_loses_and_an_import_leaves_out_is_named_in_full():
    names = [f"{kind}.{analysis}" for analysis in ("a", "b", "c") for kind in ("yi", "vi")]
    text = f"slab,ai,n1i,ci,n2i,{','.join(names)}\nOne 2001,4,40,6,40,1,1,1,1,1,1\n"
    told = take(text, "--measure", "RR").stdout
    assert f"6 columns of effects that an export computed, {', '.join(names)}\n" in told
    settings = Path("data/reviews/dat/review.yaml")
    ids = [f"with_rates_{number}" for number in range(6)]
    analyses = [f"  - {{id: {each}, title: All, pooled_with: [IRR]}}\n" for each in ids]
    settings.write_text("title: T\nmeasure: RR\nanalyses:\n" + "".join(analyses), encoding="utf-8")
    result = run("export", "dat", "dat_of_ours.csv")
    assert result.exit_code == 0, result.stderr
    lost = result.stdout
    assert f"pooled_with (IRR) of {', '.join(ids)}\n" in lost


def test_a_header_that_is_one_short_has_row_names_as_labels():
    text = 'yi,vi\n"One 2001",-0.5,0.04\n"Two 2002",-0.25,1e-02\n'
    assert take(text).exit_code == 0
    assert [row["year"] for row in rows_of("data/reviews/dat/studies.csv")] == ["2001", "2002"]
    assert [row["v"] for row in rows_of("data/reviews/dat/outcomes.csv")] == ["0.04", "0.01"]


def test_a_standard_error_becomes_a_variance_and_1e5_a_count():
    text = "slab,yi,sei,n1i\nOne 2001,-0.5,0.25,1e+05\n"
    assert take(text).exit_code == 0
    (row,) = rows_of("data/reviews/dat/outcomes.csv")
    assert (row["v"], row["n_intervention"]) == ("0.0625", "100000")


def test_a_row_of_missing_numbers_is_kept_and_listed():
    text = "slab,yi,vi\nOne 2001,-0.5,0.25\nTwo 2002,NA,NA\n"
    result = take(text)
    assert result.exit_code == 0
    told = "not taken over: dat.csv: 1 row without a complete result, which awaits data"
    assert f"{told}: two2002 (line 3)\n" in result.stdout
    assert len(rows_of("data/reviews/dat/outcomes.csv")) == 2


def test_three_arms_of_a_trial_stay_three():
    text = "slab,arm,yi,vi\nOne 2001,low,-0.5,0.25\nOne 2001,high,-0.6,0.25\nOne 2001,top,0,0.2\n"
    result = take(text)
    assert "1 in studies.csv, 3 in outcomes.csv added" in result.stdout
    arms = [row["arm"] for row in rows_of("data/reviews/dat/outcomes.csv")]
    assert arms == ["low", "high", "top"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("slab,yi,vi\nOne 2001,1,2\nOne 2001,1,2\n", "3: row: the same trial and outcome as on"),
        ("slab,yi,vi\nA-B 2001,1,2\nA B 2001,1,2\n", "3: file: the label gives the key 'ab2001'"),
        ("slab,yi,vi\nOne,1,2\n", "2: year: no year of publication"),
        ("x,yi,vi\n1,1,2\n", "2: file: nothing names the trial"),
        ("slab,yi,vi\nOne 2001,Inf,2\n", "2: y: "),
        ("slab,yi,vi\nOne 2001,-0.5,-2\n", "2: v: "),
        ("slab;yi;vi\nOne 2001;1;2\n", "1: file: cells are separated by semicolons"),
        ("slab,yi,vi\nOne, 2001,1,2\nTwo 2002,1,2\n", "2: file: a row of another length"),
        ("slab,ai,bi,n1i,yi,vi\nOne 2001,4,6,11,1,2\n", "2: n1i: n1i does not go with bi"),
        ("slab,yi,sei\nOne 2001,1,x\n", "2: sei: not a plain decimal number"),
        ("slab,yi,vi\n", "1: file: the table has no rows"),
    ],
)
def test_what_cannot_be_placed_is_told_at_its_line_and_nothing_is_written(text, told):
    result = take(text)
    assert result.exit_code == 1
    assert f"dat.csv:{told}" in result.stderr
    assert not Path("data/reviews/dat").exists()


def test_counts_without_a_measure_are_bad_usage():
    result = take(BCG)
    assert result.exit_code == 2
    assert "name it by --measure" in result.stderr


@pytest.mark.slow
@pytest.mark.parametrize("review", ["lauersen2018", "nordic"])
def test_a_review_loses_no_cell_of_trials_and_results_both_ways(review):
    before = REPOSITORY / "data" / "reviews" / review
    result = run("export", str(before), "there.csv")
    assert "provenance.csv: its " in result.stdout
    options = ("--review", "back", "--measure", "RR", "--added", "")
    assert run("import", "there.csv", *options).exit_code == 0
    assert held(Path("data/reviews/back")) == held(before)


def test_the_script_pools_by_the_methods_of_the_review():
    folder = Path("data/reviews/ours")
    folder.mkdir(parents=True)
    for name, text in GOOD.items():
        (folder / name).write_text(text, encoding="utf-8")
    assert run("export", "ours", "ours.csv").exit_code == 0
    script = Path("ours.R").read_text(encoding="utf-8")
    assert 'rma(yi, vi, data = trials("overall"), method = "DL", test = "z", level = 95)' in script
    assert 'method = "REML", test = "adhoc"' in script
    assert "\noverall,0." in script


@pytest.fixture
def by_hand():
    """A review with one trial, added by hand, that pools risk ratios."""
    folder = Path("data/reviews/dat")
    folder.mkdir(parents=True)
    (folder / "review.yaml").write_text(
        "title: T\nmeasure: RR\nanalyses:\n  - {id: overall, title: All}\n", encoding="utf-8"
    )
    (folder / "studies.csv").write_text(
        "study,label,year,doi,added\nalpha2011,Alpha 2011,2011,10.1000/alpha,2020-01-01\n",
        encoding="utf-8",
    )
    (folder / "outcomes.csv").write_text(
        "study,outcome,events_intervention,n_intervention,events_control,n_control\n"
        "alpha2011,result,5,100,12,98\n",
        encoding="utf-8",
    )
    return folder


HEAD = "slab,doi,outcome,ai,n1i,ci,n2i\n"


@pytest.mark.parametrize(
    "trial", ["alpha 2011,", "Alpha Again 2011,https://doi.org/10.1000/ALPHA"], ids=["label", "doi"]
)
def test_a_trial_of_the_review_is_known_by_label_or_doi_and_not_doubled(by_hand, trial):
    """The measure of the review stands: --measure is not asked for."""
    result = take(f"{HEAD}{trial},other,1,20,2,20\nBeta 2012,,result,3,30,6,30\n")
    assert result.exit_code == 0, result.stderr
    studies = rows_of(by_hand / "studies.csv")
    assert [(row["study"], row["label"]) for row in studies] == [
        ("alpha2011", "Alpha 2011"),
        ("beta2012", "Beta 2012"),
    ]
    assert [row["added"] for row in studies] == ["2020-01-01", date.today().isoformat()]
    results = [(row["study"], row["outcome"]) for row in rows_of(by_hand / "outcomes.csv")]
    assert results == [("alpha2011", "result"), ("alpha2011", "other"), ("beta2012", "result")]


@pytest.mark.parametrize(
    ("trial", "words"),
    [
        ("Alpha 2011,10.1000/gamma,", "dat.csv:2: file: the trial's names are those of several"),
        ("Alpha 2011,10.1000/gamma,", "doi of gamma2011, label of alpha2011"),
        ("Alpha 2011,,77", "pmid of gamma2011, label of alpha2011"),
        ("Alpha 2011,10.1000/new,", "2: doi: the review's trial alpha2011 has another doi"),
        ("Alpha Again 2011,10.1000/alpha,78", "2: pmid: the review's trial alpha2011 has another"),
    ],
)
def test_names_of_two_trials_give_no_numbers_to_either(by_hand, trial, words):
    (by_hand / "studies.csv").write_text(
        "study,label,year,doi,pmid\nalpha2011,Alpha 2011,2011,10.1000/alpha,76\n"
        "gamma2011,Gamma 2011,2011,10.1000/gamma,77\n",
        encoding="utf-8",
    )
    before = (by_hand / "outcomes.csv").read_bytes()
    result = take(f"slab,doi,pmid,outcome,ai,n1i,ci,n2i\n{trial},other,1,20,2,20\n")
    assert (result.exit_code, (by_hand / "outcomes.csv").read_bytes()) == (1, before)
    assert words in result.stderr


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("beta2012,alpha 2011,", "the label is that of its trial alpha2011"),
        ("alpha2011,Beta 2012,", ""),
        ("beta2012,Alpha 2011,10.1000/alpha", ""),
    ],
    ids=["label alone", "key of the review", "publication"],
)
def test_a_label_alone_does_not_overrule_a_key(by_hand, row, words):
    before = (by_hand / "outcomes.csv").read_bytes()
    result = take(f"study,slab,doi,outcome,year,ai,n1i,ci,n2i\n{row},other,2011,1,20,2,20\n")
    assert words in result.stderr
    if words:
        assert "dat.csv:2: study: the review has no trial 'beta2012'" in result.stderr
        assert (result.exit_code, (by_hand / "outcomes.csv").read_bytes()) == (1, before)
    else:
        held = [row["study"] for row in rows_of(by_hand / "outcomes.csv")]
        assert (result.exit_code, held) == (0, ["alpha2011", "alpha2011"])


@pytest.mark.parametrize(
    ("doi", "code"), [("10.1000/second", 0), ("", 1)], ids=["told apart", "not told apart"]
)
def test_of_two_trials_with_one_label_the_doi_decides(by_hand, doi, code):
    with (by_hand / "studies.csv").open("a", encoding="utf-8") as table:
        table.write("alpha2011b,Alpha 2011,2011,10.1000/second,\n")
    result = take(f"{HEAD}Alpha 2011,{doi},other,1,20,2,20\n")
    assert result.exit_code == code, result.stderr
    held = [row["study"] for row in rows_of(by_hand / "outcomes.csv")]
    assert held == ["alpha2011", "alpha2011b"][: 2 - code]
    assert ("label of alpha2011 and alpha2011b" in result.stderr) == bool(code)


def test_another_measure_than_that_of_the_review_is_refused(by_hand):
    before = (by_hand / "studies.csv").read_bytes()
    result = take(f"{HEAD}Beta 2012,,result,3,30,6,30\n", "--measure", "OR")
    assert (result.exit_code, (by_hand / "studies.csv").read_bytes()) == (2, before)
    assert "review.yaml pools RR: --measure is for a review without trials" in result.stderr


def test_the_date_of_addition_can_be_given_or_left_open():
    assert take("slab,yi,vi\nOne 2001,-0.5,0.25\n", "--added", "2024-05-06").exit_code == 0
    assert take("slab,yi,vi\nTwo 2002,-0.5,0.2\n", "--added", "").exit_code == 0
    added = [row["added"] for row in rows_of("data/reviews/dat/studies.csv")]
    assert added == ["2024-05-06", ""]
