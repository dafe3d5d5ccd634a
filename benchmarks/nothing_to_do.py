"""Time runs with nothing to do on very many small made-up reviews, of several versions in turn.

Three trials of counts, one analysis and no choices a review, so that results are made in time. Each
tree is one of this repository's with its ``.venv``; the projects stay in FOLDER, and where one
has its results already, it is not made again. The processor's seconds and the most memory of each
process, median of the rounds, which waiting for others does not lengthen.

    benchmarks/nothing_to_do.py FOLDER COUNT [TREE...]
"""

import shutil
import statistics
import subprocess
import sys
from pathlib import Path

from timing import Cost, cost_of

REPOSITORY = Path(__file__).parents[1]
PARTS = ("Snakefile", "CITATION.cff", "config", "envs", "profiles", "src", "workflow")
ROUNDS = 3
SETTINGS = """\
title: Small made-up review {place}
citation: Made up
measure: RR
intervention: strength training
control: control
analyses:
  - {{id: overall, title: All trials of {place}, tau2: DL, interval: wald}}
"""
CLAIMS = """\
groups: {}
claims:
  - {id: a, claimed: A sentence., where: A page, reason: untested}
"""
COUNTS = ("events_intervention", "n_intervention", "events_control", "n_control")
STUDIES = "study,label,year,category,follow_up_weeks"
OUTCOMES = f"study,outcome,variant,{','.join(COUNTS)}"
SOURCES = "study,field,variant,outcome,value,source,location,kind"


def write_review(folder: Path, place: int) -> None:
    """Write a review of three trials, each number with its source."""
    folder.mkdir(parents=True)
    studies, outcomes, sources = [STUDIES], [OUTCOMES], [SOURCES]
    for trial in range(3):
        key, label = f"author{trial}", f"Author{trial} 2001"
        counts = (3 + (place + trial) % 7, 90 + place, 8 + trial, 95 + trial)
        where = f'"{label}, Journal",p. {place + 1},primary_fulltext'
        studies.append(f"{key},{label},2001,strength,12")
        outcomes.append(f"{key},injury,primary,{','.join(map(str, counts))}")
        sources.append(f"{key},follow_up_weeks,,,12,{where}")
        sources += [
            f"{key},{name},primary,injury,{count},{where}"
            for name, count in zip(COUNTS, counts, strict=True)
        ]
    files = {
        "review.yaml": [SETTINGS.format(place=place).rstrip()],
        "studies.csv": studies,
        "outcomes.csv": outcomes,
        "provenance.csv": sources,
    }
    for name, lines in files.items():
        (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


def make(project: Path, count: int, tree: Path) -> None:
    """Write a project of very many reviews with the workflow and the package of a tree."""
    for part in PARTS:
        copy = shutil.copytree if (tree / part).is_dir() else shutil.copy2
        (project / part).parent.mkdir(parents=True, exist_ok=True)
        copy(tree / part, project / part)
    for place in range(count):
        write_review(project / "data" / "reviews" / f"small{place:04}", place)
    (project / "data" / "claims.yaml").write_text(CLAIMS, encoding="utf-8")


def commands(tree: Path) -> dict[str, tuple[str, ...]]:
    """Return the commands of a tree that bring a project up to date, by their names."""
    found = {"snakemake": (str(tree / ".venv/bin/snakemake"), "--cores", "2")}
    asked = subprocess.run(
        [tree / ".venv/bin/liftproof", "report", "--help"], capture_output=True, check=False
    )
    if not asked.returncode:
        found["liftproof report"] = (str(tree / ".venv/bin/liftproof"), "report")
    return found


def run(project: Path, command: tuple[str, ...]) -> Cost:
    """Run a command in a project, with the package that lies in it."""
    return cost_of(project, command, {"PYTHONPATH": str(project / "src")})


def tell(tree: Path, what: str, costs: list[Cost]) -> None:
    """Print a line of the table."""
    seconds = statistics.median(cost.seconds for cost in costs)
    each = " ".join(f"{cost.seconds:.2f}" for cost in costs)
    most = max(cost.megabytes for cost in costs)
    print(f"{tree.name:12} {what:30} {seconds:8.2f} s ({each}) {most:6.0f} MB", flush=True)


def main() -> None:
    """Make what is missing, then print what nothing to do takes."""
    folder, count = Path(sys.argv[1]), int(sys.argv[2])
    trees = [Path(word).resolve() for word in sys.argv[3:]] or [REPOSITORY]
    projects = {tree: folder / f"{tree.name}_{count}" for tree in trees}
    for tree, project in projects.items():
        if not project.exists():
            make(project, count, tree)
        for name, command in commands(tree).items():
            tell(tree, f"{count} reviews, {name}, first", [run(project, command)])
    costs: dict[tuple[Path, str], list[Cost]] = {}
    for _ in range(ROUNDS):
        for tree, project in projects.items():
            for name, command in commands(tree).items():
                costs.setdefault((tree, name), []).append(run(project, command))
    for (tree, name), each in costs.items():
        tell(tree, f"{count} reviews, {name}", each)


if __name__ == "__main__":
    main()
