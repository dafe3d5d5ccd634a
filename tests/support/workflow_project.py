"""A small project in a folder of its own, with the workflow's real files and a made-up review."""

import math
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from support.forked_runs import snakemake

REPOSITORY = Path(__file__).parents[2]
PARTS = ("Snakefile", "config", "envs", "profiles", "src", "workflow")

SETTINGS = """\
title: Two made-up trials
citation: Nobody (2020) Journal of Examples 1, 1-2
measure: RR
intervention: strength training
analyses:
  - id: overall
    title: Both trials
    tau2: DL
    interval: wald
  - id: current
    title: Both trials by current methods
"""
STUDIES = """\
study,label,year
one2019,One 2019,2019
two2020,Two 2020,2020
"""
OUTCOMES = """\
study,outcome,events_intervention,n_intervention,events_control,n_control
one2019,injury,5,100,12,98
two2020,injury,7,150,21,149
"""
PUBLISHED = """\
target,analysis,quantity,printed,location,explained,blocked
main,overall,estimate,0.36,p. 1,,
main,overall,k,2,p. 1,,
dose,,slope,>4,p. 2,,dose not extracted
"""
TEXTS = {
    "review.yaml": SETTINGS,
    "studies.csv": STUDIES,
    "outcomes.csv": OUTCOMES,
    "published.csv": PUBLISHED,
}
"""The files of the made-up review."""

ROUNDING = 1e-11
"""Relative: results are written with 12 digits, the last of them rounded."""


def by_hand() -> list[float]:
    """Return estimate and limits of the two trials: inverse variance, as Q is below its df."""
    one, two = math.log(5 / 100 * 98 / 12), math.log(7 / 150 * 149 / 21)
    v_one, v_two = 1 / 5 - 1 / 100 + 1 / 12 - 1 / 98, 1 / 7 - 1 / 150 + 1 / 21 - 1 / 149
    mean = (one / v_one + two / v_two) / (1 / v_one + 1 / v_two)
    half = 1.959963984540054 / math.sqrt(1 / v_one + 1 / v_two)
    return [math.exp(mean), math.exp(mean - half), math.exp(mean + half)]


@dataclass(frozen=True)
class Project:
    """A folder in which the workflow can run."""

    folder: Path

    @property
    def review(self) -> Path:
        return self.folder / "data" / "reviews" / "two"

    @property
    def results(self) -> Path:
        return self.folder / "results"

    def snakemake(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the workflow with this folder's own copy of the package."""
        return snakemake(self.folder, *arguments)

    def liftproof(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the command line of this folder's own copy of the package."""
        return subprocess.run(
            [str(Path(sys.executable).parent / "liftproof"), *arguments],
            cwd=self.folder,
            env={**os.environ, "PYTHONPATH": str(self.folder / "src")},
            capture_output=True,
            text=True,
            check=False,
        )

    def edit(self, path: str, old: str, new: str) -> None:
        """Replace text that must be there in a file of the project."""
        file = self.folder / path
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")

    def would_run(self) -> set[str]:
        """Return the rules that the next run would execute."""
        done = self.snakemake("--dry-run")
        output = done.stdout + done.stderr
        assert done.returncode == 0, output
        stats = output.partition("Job stats:")[2].partition("\n\n")[0]
        jobs = {words[0] for line in stats.splitlines() if len(words := line.split()) == 2}
        return {job for job in jobs if job.strip("-")} - {"job", "project", "total"}

    def copy(self, folder: Path) -> "Project":
        """Return a copy that looks to the workflow as if it had run there."""
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run(["cp", "-a", f"{self.folder}/.", folder], check=True)  # a fifth of copytree
        return Project(folder)


def files(folder: Path) -> dict[str, bytes]:
    """Return path to content of all files below a folder."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def copy_program(folder: Path) -> None:
    """Copy the workflow, the package and what they need into a folder, without data or results.

    Bytecode goes with the package: else each job of a run would compile it where none is written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for part in PARTS:
        source = REPOSITORY / part
        if source.is_dir():
            ignored = shutil.ignore_patterns("*.egg-info")
            shutil.copytree(source, folder / part, ignore=ignored)
        else:
            shutil.copy2(source, folder / part)


def make_project(folder: Path) -> Project:
    """Return a project with the made-up review, not yet run."""
    copy_program(folder)
    return make_data(folder)


def make_data(folder: Path) -> Project:
    """Return a project of the made-up review alone, for what needs no workflow."""
    project = Project(folder)
    project.review.mkdir(parents=True)
    for name, text in TEXTS.items():
        (project.review / name).write_text(text, encoding="utf-8")
    return project
