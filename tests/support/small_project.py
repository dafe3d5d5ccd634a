"""A project of one made-up review and one claim in a folder: its data alone, no workflow."""

import json
import math
from dataclasses import dataclass
from pathlib import Path

from liftproof.content import digest
from liftproof.statistics.distributions import critical_value

CLAIMS = """\
claims:
  - id: halved
    claimed: Injuries are halved.
    where: A page
    analysis: two/overall
    point: {at_most: 0.5}
"""
FILES = {
    "data/claims.yaml": CLAIMS,
    "data/reviews/two/review.yaml": """\
title: Two made-up trials
measure: RR
intervention: strength training
analyses:
  - id: overall
    title: Both trials
    tau2: FE
    interval: wald
    select: {outcome: [injury]}
  - id: other
    title: Other outcomes
    tau2: FE
    interval: wald
    select: {outcome: [pain]}
""",
    "data/reviews/two/studies.csv": """\
study,label,year,added
one2019,One 2019,2019,
two2020,Two 2020,2020,
""",
    "data/reviews/two/outcomes.csv": """\
study,outcome,events_intervention,n_intervention,events_control,n_control
one2019,injury,5,100,12,98
two2020,injury,7,150,21,149
two2020,pain,30,150,31,149
""",
    "data/reviews/two/published.csv": """\
target,analysis,quantity,printed,location
main,overall,estimate,0.36,p. 1
main,overall,k,2,p. 1
""",
}
TRIALS = {"one2019": (5, 100, 12, 98), "two2020": (7, 150, 21, 149)}
"""Counts of the trials of ``overall``: events and people, intervention and control."""
CONTRARY = (44, 300, 40, 300)
"""Counts of a trial that outweighs both: with it the interval includes no effect."""


def pooled(*counts: tuple[int, int, int, int]) -> tuple[float, float, float]:
    """Return risk ratio and 95 % limits of trials by inverse variance, one effect common to all."""
    y = [math.log(a / n * m / c) for a, n, c, m in counts]
    w = [1 / (1 / a - 1 / n + 1 / c - 1 / m) for a, n, c, m in counts]
    mean = sum(map(float.__mul__, y, w)) / sum(w)
    half = float(critical_value(0.95)) / math.sqrt(sum(w))
    return math.exp(mean), math.exp(mean - half), math.exp(mean + half)


@dataclass(frozen=True)
class DataFolder:
    """The data of a project in a folder."""

    folder: Path

    @property
    def review(self) -> Path:
        return self.folder / "data" / "reviews" / "two"

    def add(self, study: str, counts: tuple[int, int, int, int], added: str = "") -> None:
        """Type a trial of the outcome injury into both files."""
        label = f"{study[:-4].capitalize()} {study[-4:]}"
        self._append("studies.csv", f"{study},{label},{study[-4:]},{added}\n")
        self._append("outcomes.csv", f"{study},injury,{','.join(map(str, counts))}\n")

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace text that must be there in a file of the review."""
        text = (self.review / name).read_text(encoding="utf-8")
        assert old in text
        (self.review / name).write_text(text.replace(old, new), encoding="utf-8")

    def report(self) -> None:
        """Leave the manifest that a report made from the data of now leaves."""
        files = [path for path in (self.folder / "data").rglob("*") if path.is_file()]
        data = {str(path.relative_to(self.folder)): digest(path) for path in files}
        (self.folder / "results").mkdir(exist_ok=True)
        manifest = self.folder / "results" / "manifest.json"
        manifest.write_text(json.dumps({"data": data}), encoding="utf-8")

    def _append(self, name: str, text: str) -> None:
        with (self.review / name).open("a", encoding="utf-8") as stream:
            stream.write(text)


def small_project(folder: Path) -> DataFolder:
    """Return a new project in a folder."""
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return DataFolder(folder)
