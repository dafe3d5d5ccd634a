"""The workflow on a project: run in the project's folder, alone there, after any earlier end."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from pathlib import Path
from threading import Thread, Timer
from types import FrameType

from liftproof.errors import ProjectError
from liftproof.files import PARTIAL
from liftproof.job_records import RESULTS, record_paths
from liftproof.left_out import in_environment
from liftproof.progress import ProgressLine
from liftproof.project.in_the_way import require_files, require_folders
from liftproof.project.job_server import job_server
from liftproof.project.kept_of_reviews import forget_removed
from liftproof.project.kept_run import basis_of, forget_basis, is_as_made, keep_basis
from liftproof.project.leftovers import last_written, remove_departed, remove_leftovers
from liftproof.project.run_lock import FOLDER, run_lock
from liftproof.project.run_note import note_revision
from liftproof.project.run_processes import MARK, end_marked, end_orphans, mark_of
from liftproof.project.run_progress import QUIET, follow, open_log
from liftproof.project.shipped import workflow_of
from liftproof.reviews.files.finding import REVIEWS
from liftproof.wiring import FAILURES

REPORT = RESULTS / "report.html"
CONFIG = Path("config") / "config.yaml"
NOTHING = "Nothing to be done: every result is that of the data and the code that are here"
_LAST = Path("logs") / "left_out.log"
"""Log of the job that comes after all others, in runs that leave something out."""
_STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_PATIENCE = 5.0
"""Seconds for Snakemake to end when told; a signal that comes while it holds its lock stops it."""
_FULL = 1_000_000
"""Bytes: where fewer are free, it is the disk that stopped the workflow."""


class RunStoppedError(ProjectError):
    """A run that a signal ended; ``number``: which."""

    def __init__(self, number: int) -> None:
        super().__init__(
            f"Stopped by {signal.Signals(number).name}; what is made is kept, "
            "the next run makes the rest"
        )
        self.number = number


def run_workflow(folder: Path, cores: int, tell: Callable[[str], None]) -> bool:
    """Bring everything below ``results/`` of a project up to date.

    Returns False where the report had to leave something out, which the workflow has told. ``tell``
    is given sentences on what was found before it began.

    Raises ProjectError where the folder is no project and where the workflow stops.
    """
    if not (folder / CONFIG).is_file():
        raise ProjectError(
            f"{folder / CONFIG}: not found; name the folder of a project, "
            "or make one: liftproof init FOLDER"
        )
    require_folders(folder / name for name in (RESULTS, _LAST.parent, FOLDER.parent, FOLDER))
    try:
        with run_lock(folder, tell):
            _clear(folder, tell)
            basis = basis_of(folder)
            if is_as_made(folder, basis):
                tell(NOTHING)
                is_whole = True
            else:
                is_whole = _make(folder, cores, basis, tell)
            note_revision(folder, CONFIG)
            return is_whole
    except OSError as error:
        where = error.filename or folder
        raise ProjectError(
            f"{where}: {error.strerror or error}; run again when that is mended"
        ) from error


def _make(folder: Path, cores: int, basis: str, tell: Callable[[str], None]) -> bool:
    """Run the workflow; keep what a whole run followed from. ``basis``: that from before."""
    before = last_written(folder)
    records = (path.relative_to(folder) for path in record_paths(folder).values())
    require_files(folder, [*map(Path, before), *records])
    forget_basis(folder)
    is_whole = _passes(folder, cores)
    if is_whole:
        remove_leftovers(folder, before)
        for name in remove_departed(folder):
            tell(f"The results of {name} went: it is no more in {REVIEWS}")
        forget_removed(folder)
        keep_basis(folder, basis)
    return is_whole


def report_of(folder: Path) -> Path:
    """Return where the report of a project lies."""
    return folder.resolve() / REPORT


def snakemake_command(folder: Path, cores: int) -> list[str]:
    """Return the command that runs the workflow: the folder's own where it has one."""
    workflow = workflow_of(folder)
    return [
        *(sys.executable, "-P", "-m", "snakemake"),
        *("--snakefile", str(workflow.snakefile)),
        *("--workflow-profile", str(workflow.profile)),
        *("--directory", str(folder)),
        *("--cores", str(cores)),
        "--rerun-incomplete",
    ]


def _clear(folder: Path, tell: Callable[[str], None]) -> None:
    """Put away what a killed run left: its processes, its lock, its half-written files."""
    ended = end_orphans(folder)
    if ended:
        tell(f"An earlier run was killed; ended {ended} of its processes that were still at work")
    _sweep(folder)


def _sweep(folder: Path) -> None:
    """Remove Snakemake's lock and half-written files; no process of a run lives in the folder."""
    shutil.rmtree(folder / ".snakemake" / "locks", ignore_errors=True)
    for partial in (folder / RESULTS).rglob(f"{PARTIAL}*"):
        partial.unlink(missing_ok=True)


def _passes(folder: Path, cores: int) -> bool:
    """Run the workflow; again without what failed in a job, until nothing further fails."""
    failed: dict[str, str] = {}
    while True:
        shutil.rmtree(folder / FAILURES, ignore_errors=True)
        (folder / _LAST).unlink(missing_ok=True)
        code = _run(folder, snakemake_command(folder, cores), in_environment(failed))
        if not code:
            return True
        if (folder / _LAST).exists():
            return False
        new = _failures(folder)
        if not new.keys() - failed.keys():
            raise ProjectError(_why(folder, code))
        failed |= new


def _failures(folder: Path) -> dict[str, str]:
    """Return what the jobs of a pass have noted: name to the text of its failure."""
    texts: dict[str, str] = {}
    for note in sorted((folder / FAILURES).rglob("*.json")):
        texts |= json.loads(note.read_text(encoding="utf-8"))
    return texts


def _why(folder: Path, code: int) -> str:
    if shutil.disk_usage(folder).free < _FULL:
        return f"{folder}: the disk is full; make room and run again"
    if code < 0:
        return f"The workflow was killed ({signal.Signals(-code).name}); run again"
    return "The workflow stopped; what is printed above says why"


def _run(folder: Path, command: list[str], variables: Mapping[str, str]) -> int:
    """Return Snakemake's exit code; nothing that it started outlives it.

    It has a process group of its own: the terminal's Ctrl-C reaches this process alone. On a
    terminal a line says where the run is, in the place of what Snakemake says, which a file holds.
    """
    mark = mark_of(folder)
    environment = {**os.environ, **variables, MARK: mark}
    with ProgressLine("jobs") as progress, job_server(folder, environment) as served:
        is_read = progress.is_shown
        with (
            subprocess.Popen(
                [*command, *(QUIET if is_read else ())],
                env={**environment, **served},
                process_group=0,
                stderr=subprocess.PIPE if is_read else None,
                encoding="utf-8",
                errors="replace",
            ) as snakemake,
            _stopping(mark, snakemake) as got,
            _followed(snakemake, folder, progress),
        ):
            code = snakemake.wait()
            end_marked(mark)
    _sweep(folder)
    if got:
        raise RunStoppedError(got[0])
    return code


@contextmanager
def _followed(
    engine: subprocess.Popen[str], folder: Path, progress: ProgressLine
) -> Iterator[None]:
    """Read what the engine says to its end, beside what is done, if it is not for the terminal."""
    if engine.stderr is None:
        yield
        return
    with open_log(folder) or nullcontext() as log:
        reader = Thread(target=follow, args=(engine.stderr, log, progress))
        reader.start()
        try:
            yield
        finally:
            reader.join()


@contextmanager
def _stopping(mark: str, snakemake: subprocess.Popen[str]) -> Iterator[list[int]]:
    """Yield a list of the signals to stop that came; Snakemake is told of each, its jobs end.

    If it has not ended in time, it is killed.
    """
    got: list[int] = []
    last = Timer(_PATIENCE, snakemake.kill)

    def stop(number: int, frame: FrameType | None) -> None:
        del frame
        if not got:
            last.start()
        got.append(number)
        snakemake.terminate()
        end_marked(mark, but=snakemake.pid)

    before = {number: signal.signal(number, stop) for number in _STOPPING}
    try:
        yield got
    finally:
        last.cancel()
        for number, handler in before.items():
            signal.signal(number, handler)
