"""Terminals that lack a sign, disks that are full: a sentence and an exit code, in every verb."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from liftproof.cli import main
from liftproof.cli.exit_codes import EXIT_CODES
from liftproof.cli.main import VERBS
from liftproof.errors import WriteError
from liftproof.files import write_text
from support.workflow_project import REPOSITORY, TEXTS, Project

CALLS = {
    "help": ["--help"],
    "version": ["--version"],
    "audit": ["audit", "plot.csv"],
    "check": ["check", "two"],
    "pool": ["pool", "two"],
    "json": ["pool", "two", "--json"],
    "init": ["init", "made"],
    "new": ["new", "fresh", "--dry-run"],
    "add": [
        *("add", "two", "--label", "Example 2026", "--outcome", "injury"),
        *("--counts", "5", "100", "12", "98", "--unsourced", "--dry-run"),
    ],
    "template": ["template", "made.xlsx"],
    "import": ["import", "table.csv", "--review", "fresh", "--measure", "RR", "--dry-run"],
    "export": ["export", "two", "two.csv"],
    "verify": ["verify"],
    "changes": ["changes", "two"],
    "report": ["report", "--help"],
    "simulate": ["simulate", "--help"],
}
"""A call of each verb that prints to standard output."""
PLOT = "kind,label,estimate,ci_low,ci_high,measure\n,τ,0.5,0.4,0.625,\npool,All,0.5,0.4,0.625,RR\n"
"""A forest plot of one trial, whose name not every terminal can show."""
TABLE = "study,yi,vi\nA 2001,-0.5,0.1\nB 2002,-0.3,0.2\n"
"""Effects by the names that metafor uses."""
EACH_CALL = """
import json, os, sys
from liftproof.cli import main
which = int(sys.argv[1])
codes = {}
for name, call in json.loads(sys.argv[2]).items():
    full = os.open("/dev/full", os.O_WRONLY)
    os.dup2(full, which)
    stream = open(which, "w", closefd=False)
    sys.stdout, sys.stderr = (stream, sys.stderr) if which == 1 else (sys.stdout, stream)
    try:
        main(call)
    except SystemExit as end:
        codes[name] = end.code
os.write(3 - which, ("CODES" + json.dumps(codes)).encode())
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with one made-up review, as the current folder."""
    project = Project(tmp_path)
    project.review.mkdir(parents=True)
    for name, text in TEXTS.items():
        (project.review / name).write_text(text, encoding="utf-8")
    (tmp_path / "plot.csv").write_text(PLOT, encoding="utf-8")
    (tmp_path / "table.csv").write_text(TABLE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return project


def with_full(which, calls):
    """Make the calls in one process, standard output (1) or error (2) on a full device."""
    done = subprocess.run(
        [sys.executable, "-c", EACH_CALL, str(which), json.dumps(calls)],
        capture_output=True,
        text=True,
        check=True,
    )
    told, _, codes = (done.stderr if which == 1 else done.stdout).partition("CODES")
    return told, json.loads(codes)


@pytest.mark.slow
def test_output_that_cannot_be_written_is_told_by_every_verb(folder):
    assert {call[0] for call in CALLS.values()} >= set(VERBS)
    told, codes = with_full(1, CALLS)
    assert codes == dict.fromkeys(CALLS, 1)
    sentence = "The output cannot be written: No space left on device; make room"
    assert told.count(sentence) == len(CALLS)
    assert "Traceback" not in told


@pytest.mark.slow
def test_messages_that_cannot_be_written_leave_output_and_exit_code_as_they_are(folder):
    told, codes = with_full(2, {"pool": ["pool", "two"], "usage": ["pool", "twoo"]})
    assert codes == {"pool": 0, "usage": 2}
    assert told == CliRunner().invoke(main, ["pool", "two"]).stdout


@pytest.mark.parametrize(
    ("written", "call"),
    [
        ("data/reviews/two/studies.csv", CALLS["add"][:-1]),
        ("data/reviews/fresh/review.yaml", CALLS["new"][:-1]),
        ("data/reviews/fresh/outcomes.csv", CALLS["import"][:-1]),
        ("made.xlsx", CALLS["template"]),
        ("two.csv", CALLS["export"]),
        ("made/README.md", CALLS["init"]),
        (
            "study/simulation.csv",
            ["simulate", "--k", "3", "--n", "20", "--reviews", "5", "--output", "study"],
        ),
    ],
)
@pytest.mark.usefixtures("folder")
def test_a_listener_who_leaves_early_does_not_undo_the_writing(written, call):
    """The reading end of the pipe is closed before the verb starts, as by a head that has ended."""
    code = "import sys; from liftproof.cli import main; main(sys.argv[1:])"
    reading, writing = os.pipe()
    os.close(reading)
    subprocess.run([sys.executable, "-c", code, *call], stdout=writing, check=False)
    os.close(writing)
    path = Path(written)
    assert path.exists()
    if path.name == "studies.csv":
        assert "Example 2026" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_a_latin_1_terminal_gets_look_alikes(folder, call):
    result = CliRunner(charset="latin-1").invoke(main, call)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert result.exit_code == (1 if call == ["verify"] else 0)
    assert result.stdout or call == ["verify"]


def test_the_look_alikes_of_a_pool_are_read_as_what_they_stand_for(folder):
    runner = CliRunner(charset="latin-1")
    folder.edit("data/reviews/two/review.yaml", "Two made-up", "Zwei τ ≥ Č")
    folder.edit("data/reviews/two/review.yaml", "title: Both trials\n", "title: Zwei τ\n")
    header, first, *_ = runner.invoke(main, ["pool", "two"]).stdout.splitlines()
    assert header.split()[-3:] == ["tau²", "I²", "prediction"]
    assert "0 %" in first
    rows = json.loads(runner.invoke(main, ["pool", "two", "--json"]).stdout)
    assert rows[0]["title"] == "Zwei τ"


def test_a_path_is_printed_as_its_bytes(folder):
    name = b"caf\xe9"
    result = CliRunner().invoke(main, ["init", os.fsdecode(name)])
    assert result.exit_code == 0
    assert result.stdout_bytes.startswith(name + b" holds one example review")
    assert (folder.folder / os.fsdecode(name) / "config").is_dir()
    unknown = CliRunner().invoke(main, ["report", os.fsdecode(b"\xff")])
    assert unknown.exit_code == 1
    assert b"\xff/config/config.yaml: not found" in unknown.stderr_bytes


def test_a_device_is_not_replaced_by_a_file(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(WriteError, match="it is no file that could be replaced"):
        write_text(tmp_path / "pipe", "x")
    assert [path.name for path in tmp_path.iterdir()] == ["pipe"]


def test_exit_codes_are_one_table_in_help_and_docs():
    page = (REPOSITORY / "docs" / "command-line.md").read_text(encoding="utf-8")
    shown = " ".join(CliRunner().invoke(main, ["--help"]).stdout.split())
    for code, meaning in EXIT_CODES.items():
        assert f"| {code} | {meaning} |" in page
        assert f"{code} {meaning}" in shown
