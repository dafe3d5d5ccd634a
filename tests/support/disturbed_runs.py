"""Runs of a project that are killed, or whose write fails, at a chosen one of their writes."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from support.workflow_project import Project, files, make_project

SITE = Path(__file__).parent / "fault_site"
BIN = Path(sys.executable).parent
REPORT = (str(BIN / "liftproof"), "report")
ALONE = (str(BIN / "snakemake"), "--cores", "2")
NEVER = 0
TIME_LIMIT = 900
"""Seconds for a run: far more than one takes, on a busy machine too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Disturbance:
    """``command``: what is run; ``fault``: see fault_site/sitecustomize.py; ``at``: which write.

    ``below``: the folder of the project in which writes count.
    """

    command: Sequence[str]
    fault: str
    at: int
    below: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Disturbed:
    """``writes``: how many there were; ``where``: the write at which the fault struck, or empty."""

    done: subprocess.CompletedProcess[str]
    writes: int
    where: str


def change_data(project: Project) -> None:
    """Edit the data, so that the next run makes everything anew over what is there."""
    project.edit("data/reviews/two/outcomes.csv", "injury,5,100", "injury,6,100")


def disturb(project: Project, disturbance: Disturbance, plan: Path) -> Disturbed:
    """Run a command in a project, in a process group of its own, and disturb it."""
    plan.mkdir(parents=True)
    environment = {
        **environment_of(project),
        "PYTHONPATH": os.pathsep.join([str(SITE), str(project.folder / "src")]),
        "FAULT_PLAN": str(plan),
        "FAULT_BELOW": str(project.folder.resolve() / disturbance.below),
        "FAULT_AT": str(disturbance.at),
        "FAULT": disturbance.fault,
    }
    done = _run(project, disturbance.command, environment, plan)
    counter, told = plan / "count", plan / "told"
    return Disturbed(
        done=done,
        writes=counter.stat().st_size if counter.exists() else 0,
        where=told.read_text(encoding="utf-8") if told.exists() else "",
    )


def report(project: Project, plan: Path) -> subprocess.CompletedProcess[str]:
    """Run ``liftproof report`` in a project, undisturbed; ``plan``: a folder for what it prints."""
    plan.mkdir(parents=True, exist_ok=True)
    return _run(project, REPORT, environment_of(project), plan)


def environment_of(project: Project) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(project.folder / "src")}


def _run(
    project: Project, command: Sequence[str], environment: dict[str, str], plan: Path
) -> subprocess.CompletedProcess[str]:
    """Run a command; what it prints goes to files, which orphans may hold open."""
    with (plan / "out").open("w") as out, (plan / "err").open("w") as err:
        done = subprocess.run(
            command,
            cwd=project.folder,
            env=environment,
            stdout=out,
            stderr=err,
            start_new_session=True,
            timeout=TIME_LIMIT,
            check=False,
        )
    texts = [(plan / name).read_text(encoding="utf-8") for name in ("out", "err")]
    return subprocess.CompletedProcess(command, done.returncode, *texts)


def differences(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """Return the paths that differ, or that only one of two folders has."""
    return sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))


def halves(project: Project, old: dict[str, bytes], new: dict[str, bytes]) -> list[str]:
    """Return the results that are neither as before a run nor as after it, but for partial ones."""
    now = files(project.results)
    return sorted(
        path
        for path, content in now.items()
        if content not in (old.get(path), new.get(path)) and ".partial-" not in path
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """Where runs are disturbed by hand, each in a copy of a finished project with edited data.

    ``old``, ``expected``: the results before and after an undisturbed run; ``writes``: how many
    writes such a run has.
    """

    place: Path
    finished: Project
    old: dict[str, bytes]
    expected: dict[str, bytes]
    writes: int

    def project(self, folder: Path) -> Project:
        """Return a further project, ready for a run that makes everything anew."""
        project = self.finished.copy(folder)
        change_data(project)
        return project

    def judge(self, label: str, project: Project, disturbed: Disturbed) -> bool:
        """Run once more, plainly, and print whether all is well; say so."""
        half = halves(project, self.old, self.expected)
        done = report(project, self.place / "plans" / f"after {label}")
        wrong = differences(files(project.results), self.expected)
        is_right = not (half or done.returncode or wrong)
        told = "right" if is_right else f"WRONG {done.returncode} half {half} in the end {wrong}"
        struck = disturbed.where or f"exit code {disturbed.done.returncode}"
        print(f"{label}: {struck}: {told}", flush=True)
        if not is_right:
            print(disturbed.done.stderr[-2000:], done.stderr[-2000:], sep="\n---\n", flush=True)
        return is_right


def make_bench() -> Bench:
    """Run a project to its end, and once more on edited data."""
    place = Path(tempfile.mkdtemp(prefix="disturbed"))
    finished = make_project(place / "finished")
    assert report(finished, place / "plans" / "finished").returncode == 0
    undisturbed = finished.copy(place / "undisturbed")
    change_data(undisturbed)
    never = Disturbance(command=REPORT, fault="first", at=NEVER)
    counted = disturb(undisturbed, never, place / "plans" / "counted")
    assert counted.done.returncode == 0, counted.done.stderr
    print(f"{counted.writes} writes in a run", flush=True)
    return Bench(
        place=place,
        finished=finished,
        old=files(finished.results),
        expected=files(undisturbed.results),
        writes=counted.writes,
    )
