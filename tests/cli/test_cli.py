"""The command line as its users meet it: output, exit codes, and errors without a traceback."""

import json
import math
import re
import subprocess
import sys
from statistics import NormalDist

import click
import pytest
from click.testing import CliRunner

from liftproof.cli import main
from liftproof.cli.main import VERBS
from liftproof.columns import columns
from liftproof.rows.result_rows import EstimateRow
from liftproof.vocabulary.untold import NO_TAU2, NO_WIDTH
from support.workflow_project import REPOSITORY, ROUNDING, by_hand, make_data

pytestmark = pytest.mark.slow


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A project with one made-up review, as the current folder."""
    project = make_data(tmp_path)
    monkeypatch.chdir(project.folder)
    return project


def run(*arguments):
    return CliRunner().invoke(main, arguments)


def test_check_of_clean_data_exits_0(folder):
    result = run("check")
    assert result.exit_code == 0
    assert result.stderr.startswith("0 errors, ")


def test_check_prints_every_problem_and_exits_1(folder):
    folder.edit("data/reviews/two/outcomes.csv", "injury,5,100", "injury,105,100")
    folder.edit("data/reviews/two/studies.csv", "2019,2019", "2019,twenty")
    result = run("check", "two")
    assert result.exit_code == 1
    assert "data/reviews/two/outcomes.csv:2: events_intervention: " in result.stdout
    assert "data/reviews/two/studies.csv:2: year: " in result.stdout


def test_pool_says_what_would_change_each_conclusion(folder):
    result = run("pool", "two", "--analysis", "overall", "--stopping")
    assert result.exit_code == 0
    table, told = result.stdout.split("\noverall: Both trials\n")
    assert table.startswith("analysis  ")
    asked, first, *_, last = told.rstrip().split("\n")
    assert asked.startswith("  Asked here is whether the interval excludes no effect (1).")
    assert first.startswith("  To find a risk ratio of 0.80, the size assumed here to matter,")
    assert last.startswith("  With 4 people of other outcome the interval would include no effect:")


def test_pool_says_why_nothing_is_told_of_a_model(folder):
    result = run("pool", "two", "--analysis", "current", "--model", "MH", "--stopping")
    assert result.exit_code == 0
    assert result.stdout.endswith(
        "current: Both trials by current methods\n"
        "  It is for inverse variance only; the analysis is pooled by MH.\n"
    )


def test_what_is_told_in_words_is_no_json(folder):
    result = run("pool", "two", "--stopping", "--json")
    assert result.exit_code == 2
    assert "leave --json out" in result.stderr


def test_check_takes_a_path_to_any_folder(folder, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "mine"
    folder.review.rename(elsewhere)
    assert run("check", str(elsewhere)).exit_code == 0
    assert run("pool", str(elsewhere)).exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "remedy"),
    [
        (("chek",), "did you mean check?"),
        (("repord",), "did you mean report?"),
        (("init",), "FOLDER"),
        (("report", "--core", "3"), "--cores"),
        (("report", "--cores", "0"), "0 is not in the range x>=1"),
        (("check", "twoo"), "did you mean two?"),
        (("check", "--marks"), "name exactly one"),
        (("check", "two", "two", "--marks"), "name exactly one"),
        (("pool", "twoo"), "did you mean two?"),
        (("pool", "two", "--analysis", "overal"), "did you mean overall?"),
        (("pool", "two", "--tau2", "REMLL"), "did you mean REML?"),
        (("pool", "two", "--interval", "hks"), "did you mean hksj?"),
        (("pool", "two", "--prediction", "rily"), "did you mean riley?"),
        (("pool", "two", "--prediction", "HTSS"), "did you mean HTS?"),
        (("pool", "two", "--prediction", "KR", "--tau2", "DL"), "KR is derived for tau2 REML"),
        (("pool", "two", "--tau2", "genq"), "1/v gives the estimator DL"),
        (("pool", "two", "--model", "glmm"), "write UM.FS, UM.RS, CM.EL or CM.AL"),
        (("pool", "two", "--model", "MH", "--tau2", "REML"), "no use for tau2 REML"),
        (("pool", "two", "--model", "MH", "--interval", "t"), "no use for interval t"),
        (("pool", "two", "--level", "95"), "did you mean 0.95?"),
        (("pool", "two", "--level", "0.05"), "did you mean 0.95?"),
        (("pool", "two", "--level", "1"), "write 0.95"),
        (("pool", "two", "--level", "nan"), "write 0.95"),
        (("pool", "two", "--level", "ninety"), "write a share such as 0.95"),
        (("pool", "two", "--jsn"), "--json"),
        (("pool",), "REVIEW"),
    ],
)
def test_bad_usage_exits_2_with_the_nearest_name(folder, arguments, remedy):
    result = run(*arguments)
    assert result.exit_code == 2
    assert remedy in result.stderr
    assert result.stdout == ""


def test_check_where_there_is_no_review_is_bad_usage(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = run("check")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "no review lies below data/reviews" in result.stderr


def test_pool_prints_json_with_the_columns_of_estimates(folder):
    result = run("pool", "two", "--json")
    assert result.exit_code == 0
    rows = json.loads(result.stdout)
    assert [row["analysis"] for row in rows] == ["overall", "current"]
    assert list(rows[0]) == [item.name for item in columns(EstimateRow)]
    assert rows[0]["k"] == 2
    assert rows[0]["pi_low"] is None
    assert rows[0]["estimate"] == pytest.approx(by_hand()[0], rel=ROUNDING)


def test_pool_of_one_analysis_with_other_methods(folder):
    (row,) = json.loads(
        run(
            "pool", "two", "--analysis", "overall", "--tau2", "PM", "--interval", "hksj", "--json"
        ).stdout
    )
    assert (row["analysis"], row["tau2_method"], row["interval"]) == ("overall", "PM", "hksj")


def test_pool_at_another_level_has_other_limits_and_says_which(folder):
    rows = [
        json.loads(run("pool", "two", "--analysis", "overall", "--json", *level).stdout)[0]
        for level in ((), ("--level", "0.99"))
    ]
    usual, wide = (
        [math.log(row[name]) for name in ("ci_low", "estimate", "ci_high")] for row in rows
    )
    assert wide[1] == usual[1]
    ratio = NormalDist().inv_cdf(0.995) / NormalDist().inv_cdf(0.975)
    assert wide[2] - wide[1] == pytest.approx(ratio * (usual[2] - usual[1]), rel=ROUNDING)
    assert "estimate (99 % interval)" in run("pool", "two", "--level", "0.99").stdout
    folder.edit("data/reviews/two/review.yaml", "measure: RR", "measure: RR\nlevel: 0.99")
    own = json.loads(run("pool", "two", "--analysis", "overall", "--json").stdout)[0]
    assert own == rows[1]
    assert "estimate (99 % interval)" in run("pool", "two").stdout
    assert "estimate (90 % interval)" in run("pool", "two", "--level", "0.9").stdout


@pytest.mark.parametrize(
    ("option", "typed", "column", "meant"),
    [
        ("--tau2", "EE", "tau2_method", "FE"),
        ("--tau2", "sj", "tau2_method", "SJ"),
        ("--interval", "knha", "interval", "hksj"),
        ("--interval", "z", "interval", "wald"),
        ("--interval", "adhoc", "interval", "hksj_adhoc"),
    ],
)
def test_metafors_names_are_understood(folder, option, typed, column, meant):
    rows = json.loads(run("pool", "two", option, typed, "--json").stdout)
    assert {row[column] for row in rows} == {meant}


def test_metafors_names_are_understood_in_a_review(folder):
    folder.edit("data/reviews/two/review.yaml", "tau2: DL", "tau2: EE")
    folder.edit("data/reviews/two/review.yaml", "interval: wald", "interval: knha")
    row = json.loads(run("pool", "two", "--json").stdout)[0]
    assert (row["tau2_method"], row["interval"]) == ("FE", "hksj")


def test_pool_by_another_prediction_interval(folder):
    default = json.loads(run("pool", "two", "--json").stdout)
    assert [(row["prediction"], row["pi_low"]) for row in default] == [("riley", None)] * 2
    rows = json.loads(run("pool", "two", "--prediction", "hk", "--tau2", "REML", "--json").stdout)
    assert {row["prediction"] for row in rows} == {"HK"}
    assert all(row["pi_low"] < row["estimate"] < row["pi_high"] for row in rows)
    table = run("pool", "two", "--prediction", "v").stdout.splitlines()
    assert table[0].endswith("prediction")
    assert table[1].endswith(" (V)")
    assert run("pool", "two").stdout.splitlines()[1].endswith("not estimable")


def test_another_method_sets_aside_a_prediction_interval_that_does_not_fit(folder):
    folder.edit("data/reviews/two/review.yaml", "interval: wald", "prediction: t")
    for option, method in (("--tau2", "FE"), ("--model", "MH")):
        row = json.loads(run("pool", "two", option, method, "--json").stdout)[0]
        assert (row["tau2_method"], row["prediction"], row["pi_low"]) == (method, "", None)
    row = json.loads(run("pool", "two", "--tau2", "SJ", "--json").stdout)[0]
    assert row["prediction"] == "t"
    assert row["pi_low"] > 0


def test_pool_by_a_model_of_counts(folder):
    rows = json.loads(run("pool", "two", "--model", "MH", "--json").stdout)
    assert {row["tau2_method"] for row in rows} == {"MH"}
    result = run("pool", "two", "--model", "Peto")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Peto cannot pool RR" in result.stderr


def test_a_model_of_counts_takes_its_own_interval(folder):
    (row, _) = json.loads(
        run("pool", "two", "--model", "MH", "--interval", "wald", "--json").stdout
    )
    assert (row["tau2_method"], row["interval"]) == ("MH", "wald")


def test_pool_says_what_its_numbers_hide(folder):
    counts = [("0.5", "0.04"), ("0.5", "0.09")]
    folder.review.joinpath("review.yaml").write_text(
        "title: Alike\nmeasure: GEN\nanalyses:\n  - {id: overall, title: All, interval: hksj}\n"
    )
    studies = folder.review.joinpath("studies.csv")
    names = [line.split(",")[0] for line in studies.read_text().splitlines()[1:]]
    rows = [f"{name},o,{y},{v}" for name, (y, v) in zip(names, counts, strict=False)]
    folder.review.joinpath("outcomes.csv").write_text(
        "\n".join(["study,outcome,y,v", *rows]) + "\n"
    )
    folder.review.joinpath("published.csv").unlink(missing_ok=True)
    result = run("pool", "two", "--json")
    assert f"overall: {NO_WIDTH}" in result.stderr
    assert f"overall: {NO_TAU2}" in result.stderr
    (row,) = json.loads(result.stdout)
    assert (row["ci_low"], row["ci_high"]) == (0.5, 0.5)
    assert (row["tau2"], row["tau2_ci_low"], row["tau2_ci_high"]) == (0, None, None)


@pytest.mark.parametrize(("level", "meant"), [("0.05", "0.95"), ("5", "0.95"), ("90", "0.9")])
def test_a_level_that_is_none_is_answered_with_the_one_meant(folder, level, meant):
    result = run("pool", "two", "--level", level)
    assert result.exit_code == 2
    assert f"did you mean {meant}?" in result.stderr


def test_pool_prints_a_table(folder):
    lines = run("pool", "two").stdout.splitlines()
    assert lines[0].split()[:3] == ["analysis", "k", "measure"]
    estimate, low, high = by_hand()
    assert lines[1].startswith(f"overall   2  RR       {estimate:.2f} ({low:.2f} to {high:.2f})")


def test_pool_of_a_review_that_shows_prints_alone_says_that_there_is_nothing(folder):
    shown = folder.review.parent / "shown"
    shown.mkdir()
    (shown / "review.yaml").write_text("title: What was printed\n")
    head = "target,label,year,topic,outcome,measure,estimate,source,kind\n"
    (shown / "prints.csv").write_text(f"{head}one,One,2020,all,injury,RR,0.5,One A,secondary\n")
    result = run("pool", "shown")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "shown has no analyses: there is nothing to pool\n"
    assert json.loads(run("pool", "shown", "--json").stdout) == []
    unknown = run("pool", "shown", "--analysis", "all")
    assert (unknown.exit_code, unknown.stdout) == (2, "")
    assert "no such analysis: all; the review has none" in unknown.stderr


def test_pool_of_bad_data_exits_1_with_every_problem(folder):
    folder.edit("data/reviews/two/outcomes.csv", "injury,5,100", "injury,105,100")
    result = run("pool", "two", "--json")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "outcomes.csv:2: events_intervention" in result.stderr


def test_pool_gives_every_estimate_of_the_shipped_reviews():
    for review in ("lauersen2014", "lauersen2018"):
        path = REPOSITORY / "data" / "reviews" / review
        rows = json.loads(run("pool", str(path), "--json").stdout)
        assert rows
        assert all(row["estimate"] is not None for row in rows)


def test_help_imports_nothing_heavy():
    code = (
        "import sys, liftproof.cli\n"
        "liftproof.cli.main(['--help'], standalone_mode=False)\n"
        "heavy = ('numpy', 'pandas', 'scipy', 'yaml')\n"
        "print([m for m in heavy if m in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_pool_imports_neither_pandas_nor_plotting():
    code = (
        "import sys\n"
        "from liftproof.cli.pool import command\n"
        "heavy = ('pandas', 'matplotlib', 'seaborn', 'pymare', 'statsmodels', 'scipy.stats')\n"
        "print([m for m in heavy if m in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_verb_and_option_is_documented():
    text = (REPOSITORY / "docs" / "command-line.md").read_text(encoding="utf-8")
    for name in VERBS:
        command = main.get_command(click.Context(main), name)
        (row,) = (line for line in text.splitlines() if line.startswith(f"| `liftproof {name}"))
        options = [option for p in command.params for option in p.opts if option.startswith("--")]
        assert [option for option in options if not re.search(rf"[` ]{option}[` ]", row)] == []


def test_help_lists_every_verb_with_the_beginning_of_its_own_help():
    listed = run("--help").stdout
    for name, sentence in VERBS.items():
        own = main.get_command(click.Context(main), name).help.split("\n")[0]
        assert own.startswith(sentence.removesuffix("."))
        assert f"{name:8}  {sentence}" in listed
