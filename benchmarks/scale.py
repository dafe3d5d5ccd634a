"""Time reviews of very many made-up trials: imported, checked, pooled, drawn, diagnosed.

Each job is a process of its own. Prints its processor's seconds, which waiting for others does not
lengthen, and the most memory that it held; then the ratio of 100,000 trials to 10,000.
"""

import csv
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from timing import Cost, cost_of

COMMAND = str(Path(sys.executable).parent / "liftproof")
FEW, MANY, MORE, MOST = 1_000, 5_000, 10_000, 100_000
SETTINGS = """\
title: Many
measure: RR
analyses:
  - {id: overall, title: All trials}
  - {id: strength, title: Strength trials, select: {category: [strength]}}
"""
COUNTS = ("events_intervention", "n_intervention", "events_control", "n_control")
HEADS = {
    "studies.csv": ("study", "label", "year", "category", "follow_up_weeks"),
    "outcomes.csv": ("study", "outcome", *COUNTS),
    "provenance.csv": (
        *("study", "field", "variant", "outcome", "value", "source", "location", "kind"),
    ),
}
POOLED = """
from pathlib import Path
from liftproof.analysis.estimates import pool_analysis
from liftproof.reviews import read
review = read(Path("data/reviews/of{trials}"))
analysis = review.settings.analyses[0]
pooled = pool_analysis(review, analysis)
"""
FOREST = (
    POOLED
    + """
from liftproof.drawing.pdf_copies import pdf_copy
from liftproof.drawing.png_copies import png_copy
from liftproof.drawing.save import svg_text
from liftproof.pages.forest.forest_drawing import draw_forest
from liftproof.pages.forest.forest_view import forest_view
view = forest_view(pooled.estimate, pooled.effects, (), review.settings)
said = dict(title="Forest", description="Many trials")
svg = svg_text(draw_forest(view), key="forest", **said)
Path("forest.svg").write_text(svg, encoding="utf-8")
pdf = pdf_copy(svg, **said)
Path("forest.pdf").write_bytes(pdf)
Path("forest.png").write_bytes(png_copy(pdf, **said))
"""
)
DIAGNOSTICS = (
    POOLED
    + """
from liftproof.analysis.diagnostics import diagnose
from liftproof.statistics.remembering import results_kept
with results_kept():
    diagnose(review, analysis)
"""
)


def rows_of(place: int) -> dict[str, list[tuple[object, ...]]]:
    """Return the rows of one made-up trial, by file."""
    key, label = f"author{place}", f"Author{place} 2001"
    counts = (3 + place % 7, 90 + place, 5 + place % 5, 95 + 2 * place)
    kind = "strength" if place % 2 else "balance"
    where = (f"{label}, Journal", f"p. {place}", "primary_fulltext")
    return {
        "studies.csv": [(key, label, 2001, kind, 12 + place)],
        "outcomes.csv": [(key, "injury", *counts)],
        "provenance.csv": [
            (key, "follow_up_weeks", "", "", 12 + place, *where),
            *((key, name, "", "injury", n, *where) for name, n in zip(COUNTS, counts, strict=True)),
        ],
    }


def write(project: Path, trials: int) -> None:
    """Write a review of made-up trials, each number with its source."""
    folder = project / f"data/reviews/of{trials}"
    folder.mkdir(parents=True)
    (folder / "review.yaml").write_text(SETTINGS, encoding="utf-8")
    for name, head in HEADS.items():
        with (folder / name).open("w", encoding="utf-8", newline="") as lines:
            writer = csv.writer(lines)
            writer.writerow(head)
            writer.writerows(row for place in range(trials) for row in rows_of(place)[name])


def jobs(project: Path) -> Iterator[tuple[str, Cost]]:
    """Yield each job with its cost."""
    write(project, MANY)
    cost_of(project, (COMMAND, "export", f"of{MANY}", "many.xlsx"))
    import_it = (COMMAND, "import", "many.xlsx", "--review", "imported")
    yield f"import of {MANY:,} trials", cost_of(project, import_it)
    yield f"check of {MANY:,} trials", cost_of(project, (COMMAND, "check", "imported"))
    yield f"pool of {MANY:,} trials", cost_of(project, (COMMAND, "pool", "imported"))
    for trials in (MORE, MOST):
        write(project, trials)
        for verb in ("check", "pool"):
            yield f"{verb} of {trials:,} trials", cost_of(project, (COMMAND, verb, f"of{trials}"))
    write(project, FEW)
    for name, code in (("forest plot", FOREST), ("diagnostics", DIAGNOSTICS)):
        cost = cost_of(project, (sys.executable, "-c", code.format(trials=FEW)))
        yield f"{name} of {FEW:,} trials", cost


def main() -> None:
    """Print a line a job, what the three steps of one review take together, and the growth."""
    start = time.process_time()
    sum(range(50_000_000))
    print(f"{'adding up 50,000,000 numbers':32} {time.process_time() - start:8.2f} s")
    found: dict[str, Cost] = {}
    with tempfile.TemporaryDirectory() as temporary:
        for name, cost in jobs(Path(temporary)):
            found[name] = cost
            print(f"{name:32} {cost.seconds:8.2f} s {cost.megabytes:8.0f} MB", flush=True)
    together = sum(found[f"{verb} of {MANY:,} trials"].seconds for verb in VERBS)
    print(f"{'import, check and pool':32} {together:8.2f} s")
    few, most = (
        sum(found[f"{verb} of {n:,} trials"].seconds for verb in VERBS[1:]) for n in (MORE, MOST)
    )
    print(f"check and pool, {MOST:,} trials: {most / few:.1f} times those of {MORE:,}")


VERBS = ("import", "check", "pool")


if __name__ == "__main__":
    main()
