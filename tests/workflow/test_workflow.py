"""The workflow on a two-trial review: its numbers, what reruns, and how it fails."""

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from liftproof.pages.figures import blog_files, figure_files
from liftproof.result_tables import written_files
from liftproof.reviews import read
from support.workflow_project import REPOSITORY, ROUNDING, by_hand, files, make_project

pytestmark = pytest.mark.slow

EVERYTHING = {"compute_two", "engines_two", "figures_two", "publish_two", "report", "manifest"}


REVIEWS = Path("data", "reviews")
REAL = "lauersen2018"
"""A review with a multiverse, doses, certainty and claims; models by three levels are built in two
folders by ``make test-kernels``."""
KEPT = {"overall"}
"""Analyses of it that are built here: all of them, figures above all, would take long."""


def write_claims_on(analyses: set[str], path: Path) -> None:
    """Write those of the project's claims that rest on ``analyses`` alone, and no cautions."""
    ledger = yaml.safe_load((REPOSITORY / "data" / "claims.yaml").read_text(encoding="utf-8"))
    ledger["claims"] = [
        {**claim, "beside": [name for name in claim.get("beside", ()) if name in analyses]}
        for claim in ledger["claims"]
        if {claim.get("analysis")} <= analyses and not claim.get("against")
    ]
    ledger.pop("cautions")
    path.write_text(yaml.safe_dump(ledger), encoding="utf-8")


def keep_part(review: Path) -> None:
    """Leave of a review the analyses KEPT and the doses that they have."""
    settings = review / "review.yaml"
    typed = yaml.load(settings.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    typed["analyses"] = [each for each in typed["analyses"] if each["id"] in KEPT]
    typed["dose"] = [each for each in typed["dose"] if each["analysis"] in KEPT]
    typed.pop("totals", None)
    settings.write_text(yaml.safe_dump(typed, allow_unicode=True), encoding="utf-8")
    for table in ("published.csv", "grade.csv"):
        keep_rows(review / table, lambda row: row["analysis"] in {"", *KEPT})


def keep_rows(path: Path, is_kept: Callable[[dict[str, str]], bool]) -> None:
    """Keep rows of a table."""
    every = rows(path)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, every[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(row for row in every if is_kept(row))


def ids(review: Path) -> set[str]:
    """Return review/analysis of every analysis of a review."""
    settings = yaml.safe_load((review / "review.yaml").read_text(encoding="utf-8"))
    return {f"{review.name}/{each['id']}" for each in settings["analyses"]}


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_estimates_are_those_of_the_formulas(finished):
    row = rows(finished.results / "two" / "estimates.csv")[0]
    computed = [float(row[name]) for name in ("estimate", "ci_low", "ci_high")]
    assert computed == pytest.approx(by_hand(), rel=ROUNDING)
    assert (row["k"], row["participants"], row["events"], row["tau2"]) == ("2", "497", "45", "0.0")


def test_reproduction_has_a_verdict_for_every_printed_number(finished):
    found = rows(finished.results / "two" / "reproduction.csv")
    assert [(row["quantity"], row["verdict"]) for row in found] == [
        ("estimate", "reproduced"),
        ("k", "reproduced"),
        ("slope", "blocked"),
    ]


def test_every_estimate_was_recomputed_by_the_engines(finished):
    found = rows(finished.results / "two" / "engines.csv")
    asked = {(row["analysis"], row["engine"]) for row in found}
    engines = ("PyMARE", "statsmodels", "PyMetaAnalysis")
    assert asked == {(a, e) for a in ("overall", "current") for e in engines}
    worst = max(float(row["largest_difference"]) for row in found if row["largest_difference"])
    assert worst < 1e-4


def test_every_drawn_file_and_every_table_comes_from_a_registry(finished):
    review = read(finished.review)
    folder = finished.results / "two"
    assert set(files(folder / "figures")) == set(figure_files(review))
    assert set(files(finished.results / "blog" / "two")) == set(blog_files(review))
    assert {path.name for path in folder.glob("*.csv")} == set(written_files(review))


@pytest.mark.parametrize(
    ("path", "old", "new", "expected"),
    [
        ("data/reviews/two/outcomes.csv", "injury,5,", "injury,6,", EVERYTHING),
        ("data/reviews/two/review.yaml", "tau2: DL", "tau2: PM", EVERYTHING),
        (
            "src/liftproof/statistics/tau2/moments.py",
            '"""',
            '"""\n',
            EVERYTHING,
        ),
        (
            "src/liftproof/pages/forest/forest_drawing.py",
            '"""',
            '"""\n',
            {"figures_two", "publish_two", "report", "manifest"},
        ),
        ("src/liftproof/blog/kit_summary.py", '"""', '"""\n', {"publish_two", "manifest"}),
        ("src/liftproof/report/build.py", '"""', '"""\n', {"publish_two", "report", "manifest"}),
        ("src/liftproof/report/pdf/report.typ", "a4", "a5", {"publish_two", "manifest"}),
    ],
)
def test_an_edit_reruns_what_depends_on_it_and_nothing_else(project, path, old, new, expected):
    project.edit(path, old, new)
    assert project.would_run() == expected


def test_a_further_review_leaves_the_other_alone(project):
    shutil.copytree(project.review, project.review.with_name("other"))
    assert project.would_run() == {
        *("compute_other", "engines_other", "figures_other", "publish_other"),
        *("report", "manifest"),
    }


def test_bad_data_stops_the_workflow_with_every_problem_and_no_traceback(project):
    project.edit("data/reviews/two/outcomes.csv", "injury,5,100", "injury,105,100")
    project.edit("data/reviews/two/studies.csv", "2019,2019", "2019,twenty")
    before = files(project.results)
    done = project.snakemake()
    output = done.stdout + done.stderr
    assert done.returncode != 0
    assert "outcomes.csv:2: events_intervention" in output
    assert "studies.csv:2: year" in output
    assert "Traceback" not in output
    assert files(project.results) == before


def test_a_wrong_formula_is_stopped_by_the_engines(project):
    formula = "(1 - level_of_confidence(level)) / 2"
    project.edit("src/liftproof/statistics/distributions.py", formula, f"1.01 * {formula}")
    done = project.snakemake("results/two/engines.csv")
    output = done.stdout + done.stderr
    assert done.returncode != 0
    assert "PyMARE" in output
    assert "Traceback" not in output


def test_two_runs_in_two_folders_write_the_same_bytes(tmp_path):
    results = []
    for name in ("first", "a longer name"):
        project = make_project(tmp_path / name)
        review = project.folder / REVIEWS / REAL
        shutil.copytree(REPOSITORY / REVIEWS / REAL, review)
        keep_part(review)
        write_claims_on(ids(review), project.folder / "data" / "claims.yaml")
        done = project.snakemake("results/claims.csv", f"results/{REAL}/estimates.csv")
        assert done.returncode == 0, done.stderr
        results.append(files(project.results))
    first, second = results
    assert {"claims.csv", f"{REAL}/multiverse.csv", f"{REAL}/dose_curves.csv"} <= set(first)
    assert sorted(first) == sorted(second)
    assert [path for path in first if first[path] != second[path]] == []
