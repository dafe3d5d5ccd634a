"""reproduce.R: metafor, asked by its code, gives the numbers of every analysis."""

from dataclasses import replace

import pytest
import yaml

from liftproof.analysis.estimates import pool_review
from liftproof.exchange.metafor_export import write_metafor
from liftproof.exchange.metafor_script import KNOWN_TAU2, NATURAL, OF_TESTS
from liftproof.exchange.reproduction_script import write_reproduction
from liftproof.result_tables import REPRODUCTION_SCRIPT, ResultRows, write_rows
from liftproof.reviews import read
from liftproof.reviews.model.settings import Analysis
from liftproof.rows.result_rows import EffectRow, EstimateRow, SubgroupRow
from liftproof.vocabulary.measures import MEASURES
from liftproof.vocabulary.predictions import PREDICTIONS
from liftproof.vocabulary.scales import SCALES
from support.made_up_trials import review_of
from support.r_scripts import rows_by_r
from support.workflow_project import REPOSITORY

POOLED = ("copenhagen", "lauersen2014", "lauersen2018", "nordic", "runners", "running_economy")
SEARCHES_AGREE = 1e-5
"""Relative: metafor searches for two variances by derivatives that are differences."""
SOLVED_AGREES = 1e-8
AT_ZERO = 1e-7
"""Absolute: I² in percent where τ² is 0 but for the end of a search."""
ONE_A_SCALE = ("MN", "PLN", "PLO", "PRZ", "PAS", "IRS", "ZCOR")
"""Measures of one group, one for each scale."""
ENDING = tuple(name for name in KNOWN_TAU2 if name != "DLIT")
"""The estimators but one, whose search in metafor goes round with these trials: an error."""
DATA = {
    "studies.csv": ("study,label,year,level\n", "s{0},S {0},200{0},{1}\n"),
    "outcomes.csv": ("study,outcome,y,v\n", "s{0},o,{2},{3}\n"),
}
TRIALS = (
    (1, "high", -0.9, 0.04),
    (2, "high", -0.1, 0.02),
    (3, "high", -0.5, 0.09),
    (4, "low", 0.2, 0.03),
    (5, "low", -0.7, 0.25),
    (6, "one", 0.05, 0.01),
)


def write_results(folder, into, kept=None):
    """Write the tables that the script reads, and the script; ``kept``: analyses, all if None."""
    review = read(folder)
    chosen = [one for one in review.settings.analyses if kept is None or one.id in kept]
    settings = replace(review.settings, analyses=tuple(chosen))
    return write_results_of(replace(review, settings=settings), into)


def write_results_of(review, into):
    pools = pool_review(review)
    rows = ResultRows(
        by_class={
            EstimateRow: tuple(pool.estimate for pool in pools),
            EffectRow: tuple(row for pool in pools for row in pool.effects),
            SubgroupRow: tuple(row for pool in pools for row in pool.subgroups),
        }
    )
    write_rows(rows, review, into)
    write_reproduction(review, rows, into)
    return into / REPRODUCTION_SCRIPT


@pytest.fixture(scope="module")
def methods(tmp_path_factory):
    """A review that pools six trials by every method that the script knows, at 90 %."""
    folder = tmp_path_factory.mktemp("methods") / "review"
    folder.mkdir()
    asked = [
        *({"tau2": tau2, "interval": "wald"} for tau2 in ENDING),
        *({"interval": interval} for interval in (*OF_TESTS, "hksj_hybrid", "hksj_iqwig", "kr")),
        *({"interval": "t", "prediction": name} for name in PREDICTIONS),
    ]
    analyses = [
        {"id": "_".join(one.values()).lower().replace("-", "_"), "title": "A\tB\n C", **one}
        for one in asked
    ]
    analyses[0]["subgroup"] = "level"
    settings = {"title": "T", "measure": "GEN", "level": 0.9, "analyses": analyses}
    (folder / "review.yaml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    for name, (header, line) in DATA.items():
        rows = "".join(line.format(*trial) for trial in TRIALS)
        (folder / name).write_text(header + rows, encoding="utf-8")
    return folder


def test_each_analysis_is_a_call_of_metafor_and_what_it_cannot_do_is_said(methods, tmp_path):
    script = write_results(methods, tmp_path).read_text(encoding="utf-8")
    assert (
        'fit <- rma(yi, vi, data = trials("fe_wald"), method = "EE", test = "z", level = 90)'
        in (script)
    )
    assert script.count("# A B C\n") == len(ENDING) + 7 + len(PREDICTIONS)
    assert "# Not pooled here: the script does not know the interval kr.\n" in script
    assert 'compare("t_hts", fit, identity, around(fit, ' in script
    for name in ("KR", "KR-PR", "SJ", "NNF"):
        code = f"t_{name}".lower().replace("-", "_")
        assert f"# metafor has no prediction interval {name}: its limits are not" in script
        assert f'compare("{code}", fit, identity, NULL)' in script
    assert script.count("metafor has no prediction interval") == 4
    assert script.isascii()


@pytest.mark.slow
def test_where_r_is_metafor_gives_the_numbers_of_every_review(methods, tmp_path):
    scripts = [write_results(methods, tmp_path / "methods")]
    for name in POOLED:
        folder = REPOSITORY / "data" / "reviews" / name
        scripts.append(write_results(folder, tmp_path / name, one_of_each_method(folder)))
    scripts += [write_results_of(of_one_group(each), tmp_path / each) for each in ONE_A_SCALE]
    write_metafor(REPOSITORY / "data" / "reviews" / "lauersen2018", tmp_path / "export.csv")
    rows = rows_by_r([*scripts, tmp_path / "export.R"])
    if rows is not None:
        assert {row["quantity"] for row in rows} >= {"estimate", "pi_low", "tau2_ci_high", "q_p"}
        assert {row["subgroup"] for row in rows} >= {"", "high", "low", "stretching"}
        assert max(map(apart, rows)) < SEARCHES_AGREE
        far = {row["analysis"] for row in rows if apart(row) > SOLVED_AGREES}
        assert far <= {"high_load"}  # by the three-level model


def of_one_group(measure):
    """Return a review of one group in memory."""
    analysis = Analysis(id=measure.lower(), title=measure, measure=measure, tau2="DL", interval="t")
    review = review_of(MEASURES[measure].sources[0], analysis)
    return replace(review, outcomes=tuple(replace(row, better="") for row in review.outcomes))


def test_every_scale_has_a_way_back_in_r():
    assert NATURAL.keys() == SCALES.keys()
    assert {MEASURES[measure].scale for measure in ONE_A_SCALE} == SCALES.keys()


def one_of_each_method(folder):
    """Return one analysis of a review for each way in which it pools, and those with groups."""
    analyses = read(folder).settings.analyses
    ways = {(one.model, one.tau2, one.interval, one.prediction): one.id for one in analyses[::-1]}
    return {*ways.values(), *(one.id for one in analyses if one.subgroup)}


def apart(row):
    """Return the relative difference of both numbers; 0 where one is 0 and the other next to it.

    Where there is none here, metafor may have one: of a single trial it does.
    """
    if row["liftproof"] == "NA":
        return 0
    here, there = float(row["liftproof"]), float(row["metafor"])
    if 0 in (here, there):
        return 0 if abs(here - there) < AT_ZERO else float("inf")
    return abs(here - there) / abs(here)
