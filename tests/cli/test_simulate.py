"""The verb ``simulate``: table, JSON, files, parts, Ctrl-C, and options that are wrong."""

import io
import json
import os
import signal
import threading
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from liftproof.cli import main
from liftproof.columns import columns
from liftproof.progress import ProgressLine
from liftproof.rows.simulation_rows import SimulationRow
from liftproof.tables import read

SMALL = ("--k", "3", "--tau2", "0,0.1", "--sizes", "equal", "--reviews", "200")
FEW = ("--estimator", "DL,REML", "--interval", "wald,hksj", "--prediction", "HTS")


def run(*options):
    return CliRunner().invoke(main, ["simulate", *options])


def test_the_table_has_the_methods_and_a_sentence_says_what_we_would_take():
    result = run(*SMALL, *FEW, "--seed", "7")
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert lines[0].startswith("200 reviews in each of 2 cells (GEN), seed 7: ")
    assert lines[2].split()[:3] == ["k", "method", "least"]
    assert [line.split("  ")[1].removesuffix(", taken") for line in lines[3:7]] == [
        "wald with τ² by DL",
        "wald with τ² by REML",
        "hksj with τ² by REML",
        "prediction HTS with τ² by REML",
    ]
    assert lines[-1].startswith("With 3 trials we would take hksj with τ² by REML: its 95\u202f%")


def test_json_has_every_cell_and_method_with_the_columns_of_the_table():
    rows = json.loads(run(*SMALL, *FEW, "--json").stdout)
    assert list(rows[0]) == [item.name for item in columns(SimulationRow)]
    methods = [(row["tau2_method"], row["interval"], row["prediction"]) for row in rows[:6]]
    assert methods[:3] == [("DL", "wald", ""), ("DL", "hksj", ""), ("DL", "", "HTS")]
    assert [row["true_tau2"] for row in rows] == [0.0] * 6 + [0.1] * 6
    assert rows[0]["events"] is None


def test_ratios_are_simulated_from_counts_with_one_in_ten_unless_told():
    rows = json.loads(run(*SMALL, *FEW, "--measure", "rr", "--json").stdout)
    assert {(row["measure"], row["events"], row["true_effect"]) for row in rows} == {("RR", 0.1, 1)}
    rows = json.loads(
        run(
            *SMALL, *FEW, "--measure", "OR", "--events", "0.02,0.3", "--effect", "0.5", "--json"
        ).stdout
    )
    assert {row["events"] for row in rows} == {0.02, 0.3}
    assert {row["true_effect"] for row in rows} == {0.5}


@pytest.mark.slow
def test_parts_come_together_in_a_folder_that_goes_on_without_options(tmp_path):
    folder = str(tmp_path / "study")
    first = run(*SMALL, *FEW, "--output", folder, "--part", "2/2")
    assert (first.exit_code, first.stdout) == (0, "")
    assert first.stderr == "1 of 2 chunks are still to be done\n"
    assert not (tmp_path / "study" / "simulation.csv").exists()
    last = run("--output", folder)
    assert last.exit_code == 0
    assert f"Written to {folder}: simulation.csv, simulation-intervals.svg" in last.stderr
    assert last.stdout == run(*SMALL, *FEW).stdout
    files = {path.name: path.read_bytes() for path in Path(folder).iterdir() if path.is_file()}
    assert run("--output", folder).stdout == last.stdout
    assert all(Path(folder, name).read_bytes() == content for name, content in files.items())
    assert len(read(SimulationRow, Path(folder, "simulation.csv"))) == 12
    page = files["simulation.html"].decode()
    assert page.count("<svg") == 2
    assert "With 3 trials we would take" in page


def test_another_measure_in_the_same_folder_takes_its_own_events_and_effect(tmp_path):
    folder = ("--output", str(tmp_path), "--part", "1/2")
    for options in (SMALL, ("--measure", "RR"), ("--measure", "GEN", "--seed", "2")):
        assert run(*FEW, *options, *folder).exit_code == 0
    held = json.loads((tmp_path / "settings.json").read_text("utf-8"))
    assert (held["measure"], held["events"], held["effect"], held["k"]) == ("GEN", [], 0.0, [3])


@pytest.mark.parametrize(
    ("options", "remedy"),
    [
        (("--measure", "RD"), "known are: GEN, RR, OR"),
        (("--measure", "GENN"), "did you mean GEN?"),
        (("--sizes", "equal,one_larg"), "did you mean one_large?"),
        (("--estimator", "DL,REMLL"), "did you mean REML?"),
        (("--interval", "hks"), "did you mean hksj?"),
        (("--prediction", "rily"), "did you mean riley?"),
        (("--tau2", "REML"), "write --estimator REML"),
        (("--tau2", "-0.1"), "-0.1 is not in the range x>=0"),
        (("--tau2", "nan"), "nan is no finite number"),
        (("--k", "1"), "1 is not in the range x>=2"),
        (("--k", "2,,4"), "'' is not a valid integer"),
        (("--events", "0.1"), "GEN has no events"),
        (("--measure", "RR", "--events", "1"), "1.0 is not in the range 0<x<1"),
        (("--measure", "RR", "--effect", "-1"), "a ratio is positive, not -1"),
        (("--level", "95"), "did you mean 0.95?"),
        (("--part", "3/2", "--output", "x"), "write I/N, such as 2/8"),
        (("--part", "1/2"), "--part needs --output FOLDER"),
        (("--review", "5"), "--reviews"),
    ],
)
def test_bad_usage_exits_2_with_what_to_write(tmp_path, monkeypatch, options, remedy):
    monkeypatch.chdir(tmp_path)
    result = run(*options)
    assert (result.exit_code, result.stdout) == (2, "")
    assert remedy in result.stderr
    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("k", [1], "k: 1 is not in the range x>=2"),
        ("k", "many", "k: 'many' is not a valid integer"),
        ("estimator", ["REMLL"], "estimator: unknown τ² method 'REMLL'; did you mean REML?"),
        ("level", None, "level: the level 'None' is no number"),
    ],
)
def test_settings_that_were_spoilt_are_told_with_their_file(tmp_path, name, value, told):
    (tmp_path / "settings.json").write_text(json.dumps({name: value}), encoding="utf-8")
    result = run(*FEW[2:], "--output", str(tmp_path))
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"{tmp_path / 'settings.json'}: {told}" in result.stderr
    assert result.stderr.endswith("; delete the file and name the options again\n")


def test_a_study_of_which_nothing_can_be_pooled_is_bad_usage():
    result = run("--measure", "RR", "--events", "0.000001", "--n", "2", *SMALL, *FEW)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "no review had a trial with an effect: raise --n or --events" in result.stderr


def interrupt_when(holds):
    """Send Ctrl-C to this process once something holds; a test that runs on ends with it too."""

    def wait():
        while not holds():
            time.sleep(0.01)
        os.kill(os.getpid(), signal.SIGINT)

    threading.Thread(target=wait, daemon=True).start()


def test_ctrl_c_says_what_is_kept_and_how_to_go_on(tmp_path):
    interrupt_when(lambda: len([*tmp_path.glob("chunks/*.json")]) > 1)
    many = (*SMALL[:6], *FEW, "--reviews", "10000000", "--output", str(tmp_path))
    result = run(*many, "--part", "1/3")
    assert (result.exit_code, result.stdout) == (1, "")
    kept = len([*tmp_path.glob("chunks/*.json")])
    assert result.stderr == (
        f"Stopped: {kept} of 667 chunks are kept in {tmp_path}; go on with: liftproof simulate "
        f"--output {tmp_path} --part 1/3\n"
    )
    assert [*tmp_path.glob("**/.partial-*")] == []


class Terminal(io.StringIO):
    """A text stream that says it is a terminal."""

    def isatty(self):
        """Say so."""
        return True


def test_progress_has_share_and_time_left_on_a_terminal_and_goes_at_the_end(monkeypatch):
    shown = Terminal()
    monkeypatch.setattr("sys.stderr", shown)
    with ProgressLine("chunks") as line:
        line.told(5, 10)
        line.told(6, 10)
        line.told(10, 10)
    parts = shown.getvalue().split("\r\x1b[K")
    assert parts[1] == "5 of 10 chunks, 50 %"
    assert parts[2].startswith("6 of 10 chunks, 60 %, about ")
    assert parts[2].endswith(" s left")
    assert parts[3:] == ["10 of 10 chunks, 100 %", ""]


def test_progress_says_nothing_where_there_is_no_terminal(monkeypatch):
    quiet = io.StringIO()
    monkeypatch.setattr("sys.stderr", quiet)
    with ProgressLine("chunks") as line:
        line.told(1, 2)
    assert quiet.getvalue() == ""
