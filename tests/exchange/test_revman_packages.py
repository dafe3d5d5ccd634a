"""Data packages of RevMan Web: read like RevMan files, or refused in a sentence."""

import io
import json
import zipfile
from math import exp

import pytest
from click.testing import CliRunner

from liftproof.cli import main
from liftproof.reviews import read

COLUMNS = (
    "Analysis group,Analysis number,Analysis name,Subgroup,Applicability,Study,Study year,GIV Mean,"
    "GIV SE,Experimental mean,Experimental SD,Experimental cases,Experimental N,Control mean,"
    "Control SD,Control cases,Control N,O-E,Variance,Weight,Mean,CI start,CI end,Footnotes"
)
ZEROS = "0.0,0.0,0.0,0.0"
"""What RevMan writes where an outcome of another kind has its numbers."""


def row(named, numbers, mean="0.41"):
    """Return a line; ``named``: up to the subgroup, and the trial."""
    begin, study, year = named
    return f"{begin},SUBGROUP_AND_OVERALL,{study},{year},{numbers},0.0,0.0,50,{mean},,,\n"


ROWS = f"{COLUMNS}\n" + "".join(
    (
        row(("1,1,Injury,Runners", "Ant 2001", 2001), f"{ZEROS},5,100,0.0,0.0,12,98"),
        row(("1,1,Injury,Runners", "Bee 2002", 2002), f"{ZEROS},8,60,0.0,0.0,14,62"),
        row(("1,1,Injury,Others", "Cat 2003", 2003), f"{ZEROS},0,20,0.0,0.0,0,21", mean=""),
        row(("1,2,Strength,", "Ant 2001", 2001), "0.0,0.0,5.0,4.7,0,13,6.5,3.8,0,13"),
        row(("2,1,Time to injury,", "Bee 2002", 2002), "-0.5,0.2,0.0,0.0,0,60,0.0,0.0,0,62"),
    )
)
HEAD = (
    "Analysis group,Analysis number,Analysis name,Analysis group name,Data type,Log-scale data,"
    "Statistical method,Effect measure,Analysis model,Heterogeneity estimator,CI method,"
    "Subgroup estimates,Overall estimates,Swap event and non-event,Estimate CI\n"
)
TOTALS = "true,true,false,95%\n"
INJURY = f"1,1,Injury,Training,Dichotomous,true,IV,Risk Ratio,{{model}},{TOTALS}"
OTHERS = (
    f"1,2,Strength,Training,Continuous,false,IV,Mean Difference,Fixed effect,,,{TOTALS}"
    f"2,1,Time to injury,Time,Contrast level,true,IV,Hazard Ratio,Fixed effect,,,{TOTALS}"
)
SETTINGS = HEAD + INJURY.format(model="Random effects,DerSimonian and Laird,Wald-type") + OTHERS


def zipped(*, compression=zipfile.ZIP_STORED, **files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as package:
        for name, content in files.items():
            package.writestr(name.replace("__", "/").replace("_", "-"), content)
    return out.getvalue()


def damaged():
    """Return a package of which the deflated stream is none."""
    whole = zipped(compression=zipfile.ZIP_DEFLATED, **{"X.csv": ROWS})
    begin = whole.index(b"X.csv") + len("X.csv")
    return whole[:begin] + b"\xff" * 40 + whole[begin + 40 :]


@pytest.fixture
def imported(tmp_path, monkeypatch):
    """Return a function that imports a package as the review ``mine`` and returns the result."""
    (tmp_path / "data" / "reviews").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)

    def run(rows=ROWS, settings=SETTINGS, content=None):
        files = {"X_data_rows.csv": rows, "X_overall_estimates_and_settings.csv": settings}
        package = zipped(**{"X_analysis_data__" + name: text for name, text in files.items()})
        (tmp_path / "X.zip").write_bytes(package if content is None else content)
        return CliRunner().invoke(main, ["import", "X.zip", "--review", "mine"])

    return run


def test_a_package_gives_trials_results_and_analyses(imported, tmp_path):
    result = imported()
    assert result.exit_code == 0, result.output
    assert "3 in studies.csv, 5 in outcomes.csv" in result.output
    review = read(tmp_path / "data" / "reviews" / "mine")
    assert [(one.measure, one.tau2, one.interval) for one in review.settings.analyses] == [
        ("RR", "DL", "wald"),
        ("MD", "FE", "wald"),
        ("HR", "FE", "wald"),
    ]
    pooled = json.loads(CliRunner().invoke(main, ["pool", "mine", "--json"]).stdout)
    assert [row["k"] for row in pooled] == [2, 1, 1]
    assert pooled[2]["estimate"] == pytest.approx(exp(-0.5), rel=1e-12)


def test_rows_without_an_effect_are_kept_out_and_listed(imported):
    assert "Cat 2003: kept out of pools: not estimable" in imported().output


def test_a_package_within_the_download_of_an_article_is_found(imported):
    names = (
        "X_analysis_data__X_data_rows.csv",
        "X_analysis_data__X_overall_estimates_and_settings.csv",
    )
    inner = zipped(**dict(zip(names, (ROWS, SETTINGS), strict=True)))
    result = imported(
        content=zipped(**{"X__X_files__X_data.zip": inner, "X__article.pdf": b"%PDF"})
    )
    assert "3 in studies.csv, 5 in outcomes.csv" in result.output


def test_later_words_of_methods_are_read(imported, tmp_path):
    model = "Random effects,Restricted Maximum-Likelihood,Hartung-Knapp-Sidik-Jonkman"
    assert imported(settings=HEAD + INJURY.format(model=model) + OTHERS).exit_code == 0
    first = read(tmp_path / "data" / "reviews" / "mine").settings.analyses[0]
    assert (first.tau2, first.interval) == ("REML", "hksj")


@pytest.mark.parametrize("word", ["true", "TRUE", "True"])
def test_swapped_events_are_pooled_nowhere_however_true_is_written(imported, word):
    result = imported(settings=SETTINGS.replace("true,true,false", f"true,true,{word}", 1))
    assert result.exit_code == 0
    assert "Injury: RevMan counts non-events as events; its rows are in no" in result.output


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"settings": SETTINGS.replace("DerSimonian and Laird", "Paule and Mandel")}, "Paule and"),
        ({"settings": SETTINGS.replace("Continuous", "Counts")}, "known are Dichotomous"),
        ({"settings": SETTINGS.replace("2,1,Time", "2,2,Time")}, "analysis without settings, 2.1"),
        (
            {"settings": SETTINGS.replace("95%", "ninety", 1)},
            "settings.csv:2: Estimate CI: no level in percent, found 'ninety'",
        ),
        (
            {"settings": SETTINGS.replace("true,true,false", "true,true,yes", 1)},
            "settings.csv:2: Swap event and non-event: unknown words, found 'yes'",
        ),
        ({"rows": ROWS.replace("Study,", "Trial,", 1)}, "the column Study is missing"),
        ({"content": b"PK no zip"}, "no ZIP that can be read"),
        ({"content": damaged()}, "no ZIP that can be read, found 'Error -3"),
        ({"content": zipped(X_parameters_csv="a")}, "no file that ends with -overall-estimates"),
        ({"content": zipped(**{"X_parameters.csv": "a"})}, "diagnostic accuracy"),
        ({"rows": ROWS.replace(",12,98", ",twelve,98")}, "not a number"),
    ],
)
def test_what_is_no_package_is_refused_in_a_sentence(imported, tmp_path, files, words):
    result = imported(**files)
    assert (result.exit_code, words in result.output) == (1, True), result.output
    assert not (tmp_path / "data" / "reviews" / "mine").exists()
