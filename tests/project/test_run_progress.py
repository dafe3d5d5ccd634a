"""Where a run of the workflow is: a line on a terminal; what the engine says goes to a file."""

import io
import sys

import pytest

from liftproof.progress import ProgressLine
from liftproof.project.run_progress import LOG, follow
from liftproof.project.workflow_run import _run

SAID = """\
Using workflow specific profile profiles/default for setting default command line arguments.
Assuming unrestricted shared filesystem usage.
Building DAG of jobs...
Using shell: /usr/bin/bash
Provided cores: 2
Rules claiming more threads will be scaled down.
Conda environments: ignored
Job stats:
job            count
-----------  -------
compute_two        1
engines            1
total              2

Select jobs to execute...
Execute 1 jobs...

[Mon Nov 30 00:45:13 2026]
localrule compute_two:
    input: data/reviews/two/review.yaml, data/reviews/two/outcomes.csv
    output: results/two/estimates.csv
    log: logs/two/compute.log
    jobid: 1
data/reviews/two/outcomes.csv:2: events_intervention: more events than people
[Mon Nov 30 00:45:38 2026]
Finished jobid: 1 (Rule: compute_two)
1 of 2 steps (50%) done
[Mon Nov 30 00:45:39 2026]
Error in rule engines:
    jobid: 0
    log: logs/engines.log (check log file(s) for error details)
Complete log(s): .snakemake/log/2026-11-30T004441.890153.snakemake.log
"""
"""What Snakemake 9.27 and its jobs say, and an error in the place of the second job's end."""
KEPT = [
    "data/reviews/two/outcomes.csv:2: events_intervention: more events than people",
    "Error in rule engines:",
    "    jobid: 0",
    "    log: logs/engines.log (check log file(s) for error details)",
]


class TerminalStream(io.StringIO):
    """A text stream that says it is a terminal."""

    def isatty(self):
        """Say so."""
        return True


def parts(stream):
    """Return what was shown, a place or lines that stay, one after another."""
    return [part for part in stream.getvalue().split("\r\x1b[K") if part]


def test_a_terminal_shows_job_share_and_time_left_and_keeps_what_people_need(monkeypatch):
    stream, log = TerminalStream(), io.StringIO()
    monkeypatch.setattr("sys.stderr", stream)
    follow(io.StringIO(SAID), log, ProgressLine("jobs"))
    shown = parts(stream)
    assert shown[:2] == ["0 of 2 jobs, 0 %", "0 of 2 jobs, 0 %: compute two"]
    assert shown[4].startswith("1 of 2 jobs, 50 %, about ")
    assert [part.rstrip("\n") for part in shown if part.endswith("\n")] == KEPT
    assert log.getvalue() == SAID


@pytest.mark.parametrize("line", ["A sentence of a later engine", "WorkflowError:", "KeyError in"])
def test_what_is_not_known_as_the_engines_own_talk_is_shown(monkeypatch, line):
    stream = TerminalStream()
    monkeypatch.setattr("sys.stderr", stream)
    follow(
        [f"{line}\n", "  and below\n", "[date]\n", "  of the date\n"], None, ProgressLine("jobs")
    )
    assert parts(stream) == [f"{line}\n", "  and below\n"]


class FullDisk(io.StringIO):
    """A file on a disk without room."""

    def write(self, text):
        """Refuse."""
        raise OSError(28, f"no room for {len(text)}")


def test_a_log_that_cannot_be_written_stops_nothing(monkeypatch):
    stream = TerminalStream()
    monkeypatch.setattr("sys.stderr", stream)
    follow(io.StringIO(SAID), FullDisk(), ProgressLine("jobs"))
    assert [part.rstrip("\n") for part in parts(stream) if part.endswith("\n")] == KEPT


def test_a_run_on_a_terminal_writes_what_the_engine_says_to_a_file(tmp_path, monkeypatch):
    stream = TerminalStream()
    monkeypatch.setattr("sys.stderr", stream)
    (tmp_path / "said.txt").write_text(SAID, encoding="utf-8")
    program = (
        "import pathlib, sys; sys.stderr.write(pathlib.Path('said.txt').read_text('utf-8')); "
        "pathlib.Path('a').write_text(repr(sys.argv[1:])); sys.exit(3)"
    )
    monkeypatch.chdir(tmp_path)
    assert _run(tmp_path, [sys.executable, "-c", program], {}) == 3
    assert (tmp_path / LOG).read_text(encoding="utf-8") == SAID
    assert (tmp_path / "a").read_text(encoding="utf-8") == "['--quiet', 'reason', 'host']"
    assert stream.getvalue().endswith("\r\x1b[K")


def test_elsewhere_the_engine_speaks_for_itself(tmp_path, capfd):
    program = "import sys; print('Building DAG of jobs...', sys.argv[1:], file=sys.stderr)"
    assert _run(tmp_path, [sys.executable, "-c", program], {}) == 0
    assert capfd.readouterr().err == "Building DAG of jobs... []\n"
    assert not (tmp_path / LOG).exists()
