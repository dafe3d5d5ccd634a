"""Time the start of the workflow with very many reviews, and its first page of them.

A project of copies of a shipped review under other names; nothing is computed, runs are dry ones.
Of each process its processor's seconds, which waiting for others does not lengthen, and the most
memory that it held. The first page is made of as many entries.

    benchmarks/reviews.py [COUNT...]
"""

import re
import shutil
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from timing import Cost, cost_of

from liftproof.report.feed import feed_text
from liftproof.report.index_page import build_index
from liftproof.report.review_entry import ReviewEntry

REPOSITORY = Path(__file__).parents[1]
REVIEW = "lauersen2018"
COUNTS = (100, 300, 1_000)
PARTS = ("Snakefile", "config", "envs", "profiles", "src", "workflow", "data/claims.yaml")
DRY_RUN = (str(Path(sys.executable).parent / "snakemake"), "--cores", "1", "--dry-run", "--quiet")
ENTRY = ReviewEntry(
    name=REVIEW,
    title="Strength training to prevent sports injuries",
    outcome="All six trials, cluster-adjusted: risk ratio 0.338 (95 % confidence interval 0.238 to "
    "0.480), 6 effects, 7,738 participants. The interval excludes no effect (1).",
    tally="61 printed numbers compared: 38 reproduced, 4 close, 2 of the same conclusion, "
    "5 different, 9 blocked, 3 fitted.",
    complaints=0,
    fed=(),
)


def make(project: Path, count: int) -> None:
    """Write a project of one shipped review and its copies."""
    reviews = project / "data" / "reviews"
    for part in PARTS:
        copy = shutil.copytree if (REPOSITORY / part).is_dir() else shutil.copy2
        (project / part).parent.mkdir(parents=True, exist_ok=True)
        copy(REPOSITORY / part, project / part)
    for place in range(count):
        name = f"{REVIEW}_{place:04}" if place else REVIEW
        shutil.copytree(REPOSITORY / "data" / "reviews" / REVIEW, reviews / name)
    (project / "data" / "claims.yaml").write_text(
        "groups: {}\nclaims:\n  - {id: a, claimed: A sentence., where: A page, reason: untested}\n",
        encoding="utf-8",
    )


def dry_run(project: Path) -> Cost:
    """Ask what a run would do."""
    return cost_of(project, (*DRY_RUN, "rules"), {"PYTHONPATH": str(project / "src")})


def tell(count: int, name: str, cost: Cost) -> None:
    """Print a line of the table, with the jobs that a run would have."""
    total = re.search(r"^total +(\d+)", cost.said, re.MULTILINE)
    jobs = int(total[1]) if total else 0
    shown = f"{cost.seconds:8.2f} s {cost.megabytes:6.0f} MB {jobs:6} jobs"
    print(f"{count:5} reviews, {name:32} {shown}", flush=True)


def index(count: int) -> None:
    """Print what the first page of as many entries takes, and how large it is."""
    entries = [
        replace(ENTRY, name=f"{REVIEW}_{place:04}", title=f"{ENTRY.title} {place}")
        for place in range(count)
    ]
    start = time.process_time()
    page = build_index(entries)
    feed_text((), "")
    seconds = time.process_time() - start
    size = len(page.encode()) / 1e6
    print(f"{count:5} reviews, {'first page':32} {seconds:8.2f} s {size:6.2f} MB", flush=True)


def main() -> None:
    """Print the table, the pages first."""
    counts = [int(word) for word in sys.argv[1:]] or COUNTS
    for count in counts:
        index(count)
    for count in counts:
        with tempfile.TemporaryDirectory() as temporary:
            project = Path(temporary)
            make(project, count)
            tell(count, "start, every review new", dry_run(project))
            tell(count, "start, plans kept", dry_run(project))
            changed = project / "data" / "reviews" / REVIEW / "review.yaml"
            changed.write_text(
                changed.read_text(encoding="utf-8").replace("title:", "title: The", 1)
            )
            tell(count, "start, one review changed", dry_run(project))


if __name__ == "__main__":
    main()
