"""Reading, checking, pooling and importing cost work in proportion to the trials.

Calls of functions are counted, in Python and below it, so that no clock decides: twice as many
trials more give twice as many calls more.
"""

import csv
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from liftproof.analysis.entries import trial_entries
from liftproof.analysis.review_pools import pools_of
from liftproof.exchange.metafor_import import read_metafor
from liftproof.exchange.review_reading import read_draft
from liftproof.exchange.review_writing import write_review
from liftproof.exchange.workbook_reading import read_workbook
from liftproof.exchange.workbook_writing import write_workbook
from liftproof.reviews import read
from liftproof.reviews.loading import load

SIZES = (48, 96, 192)
"""Trials: what the second step costs is held against what the first costs."""
LINEAR, ROOM = 2.0, 0.08
"""The ratio of both; a search for τ² may take a step more."""
HEADS = {
    "studies.csv": "study,label,year,category,follow_up_weeks",
    "outcomes.csv": "study,outcome,events_intervention,n_intervention,events_control,n_control",
    "provenance.csv": "study,field,variant,outcome,value,source,location,kind",
}
SETTINGS = """\
title: Many
measure: RR
analyses:
  - {id: overall, title: All trials}
  - {id: strength, title: Strength trials, select: {category: [strength]}}
"""


def rows_of(place: int) -> dict[str, list[tuple[object, ...]]]:
    key, label = f"author{place}", f"Author{place} 2001"
    counts = (3 + place % 7, 90 + place, 5 + place % 5, 95 + 2 * place)
    kind = "strength" if place % 2 else "balance"
    where = (f"{label}, Journal", f"p. {place}", "primary_fulltext")
    names = HEADS["outcomes.csv"].split(",")[2:]
    return {
        "studies.csv": [(key, label, 2001, kind, 12 + place)],
        "outcomes.csv": [(key, "injury", *counts)],
        "provenance.csv": [
            (key, "follow_up_weeks", "", "", 12 + place, *where),
            *((key, name, "", "injury", n, *where) for name, n in zip(names, counts, strict=True)),
        ],
    }


def write(folder: Path, trials: int) -> Path:
    folder.mkdir()
    (folder / "review.yaml").write_text(SETTINGS, encoding="utf-8")
    for name, head in HEADS.items():
        with (folder / name).open("w", encoding="utf-8", newline="") as lines:
            writer = csv.writer(lines)
            writer.writerow(head.split(","))
            writer.writerows(row for place in range(trials) for row in rows_of(place)[name])
    return folder


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    below = tmp_path_factory.mktemp("growth")
    return [write(below / f"of{size}", size) for size in SIZES]


def calls(work: Callable[[], object]) -> int:
    """Return how many functions are called, of Python and of C."""
    count = 0

    def note(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


def growth(work: Callable[[Path], object], folders: list[Path]) -> float:
    """Return what the second step of sizes costs, divided by what the first costs."""
    work(folders[0])
    few, some, many = (calls(lambda folder=folder: work(folder)) for folder in folders)
    return (many - some) / (some - few)


def test_a_review_is_read_and_checked_in_proportion_to_its_trials(folders):
    assert growth(load, folders) == pytest.approx(LINEAR, abs=ROOM)


def test_a_review_is_pooled_in_proportion_to_its_trials(folders):
    unasked = {folder: [read(folder), read(folder)] for folder in folders}

    def pool(folder: Path) -> None:
        review = unasked[folder].pop()  # one that was asked before has kept some of its answers
        pools = pools_of(review)
        assert not pools.refused
        assert len(trial_entries(review, pools.pooled)) == len(review.studies)

    assert growth(pool, folders) == pytest.approx(LINEAR, abs=ROOM)


def test_a_workbook_is_read_in_proportion_to_its_trials(folders, tmp_path):
    for folder in folders:
        write_workbook(read_draft(folder), tmp_path / f"{folder.name}.xlsx")
    assert growth(
        lambda folder: read_workbook(tmp_path / f"{folder.name}.xlsx"), folders
    ) == pytest.approx(LINEAR, abs=ROOM)


def test_trials_are_known_again_in_proportion_to_their_number(folders, tmp_path):
    """A table is taken over into a review that has all of its trials."""
    for folder, size in zip(folders, SIZES, strict=True):
        rows = [f"Author{place} 2001,other,1,20,2,{21 + place}" for place in range(size)]
        text = "\n".join(["slab,outcome,ai,n1i,ci,n2i", *rows, ""])
        (tmp_path / f"{folder.name}.csv").write_text(text, encoding="utf-8")

    def take(folder: Path) -> None:
        draft = read_metafor(tmp_path / f"{folder.name}.csv", "", read(folder))
        assert write_review(draft, folder, dry_run=True).added["studies.csv"] == 0

    assert growth(take, folders) == pytest.approx(LINEAR, abs=ROOM)
