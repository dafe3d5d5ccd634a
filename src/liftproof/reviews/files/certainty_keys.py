"""The keys ``baseline_risk`` and ``population`` of an analysis, from ``review.yaml``."""

from collections.abc import Iterable
from dataclasses import dataclass

from liftproof.reviews.files.yaml_file import Entry, YamlFile

BASELINE = "baseline_risk"
POPULATION = "population"
_KEYS = ("risk", "source")
Lines = dict[tuple[str, ...], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class BaselineRisk:
    """A risk without the intervention, a probability, and where it is from, in words."""

    risk: float
    source: str


def baseline_of(file: YamlFile, entry: Entry) -> BaselineRisk | None:
    """Read a baseline risk; None where it is not both a probability and a source."""
    entries = file.entries(entry.node, _KEYS, BASELINE)
    texts = {key: file.string(entries[key]) for key in _KEYS if key in entries}
    for key in _missing(texts):
        file.report(BASELINE, entry.line, f"{key} is missing", "", f"add {key}: to {BASELINE}")
    risk = _probability(texts.get("risk", ""))
    if texts.get("risk") and risk is None:
        remedy = "write a probability between 0 and 1, such as 0.12"
        file.report("risk", entries["risk"].line, "not a baseline risk", texts["risk"], remedy)
    source = texts.get("source", "")
    return BaselineRisk(risk=risk, source=source) if risk is not None and source else None


def population_of(file: YamlFile, entry: Entry, lines: Lines) -> dict[str, tuple[str, ...]]:
    """Read the columns and values by which trials are of the question's population."""
    found = {}
    for column, each in file.entries(entry.node, (), POPULATION).items():
        values = file.strings(each)
        lines[POPULATION, column] = each.line
        lines |= {(POPULATION, column, value): line for value, line in values}
        found[column] = tuple(value for value, _ in values)
    return found


def _missing(texts: dict[str, str]) -> Iterable[str]:
    return (key for key in _KEYS if not texts.get(key))


def _probability(typed: str) -> float | None:
    try:
        value = float(typed)
    except ValueError:
        return None
    return value if 0 < value < 1 else None
