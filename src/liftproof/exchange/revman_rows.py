"""The rows of one outcome of a RevMan file, with what each is kept out of a pool for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from math import exp, isclose, log
from pathlib import Path

from liftproof.exchange.draft import one_problem
from liftproof.exchange.revman_names import (
    MEASURES_OF_REVMAN,
    NOT_ESTIMABLE,
    NUMBERS,
    POSITIVE,
    TOTALS,
    WITHOUT_WEIGHT,
)
from liftproof.exchange.xml_tree import XmlNode
from liftproof.reviews.files.typed_numbers import MOST_DIGITS, plain
from liftproof.vocabulary.measures import MEASURES

AGREEMENT = 0.01
"""Relative; the effect that a file shows is rounded by some programs that write it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RevManOutcome:
    """An outcome: ``kind`` in KINDS, ``number`` such as 1.2, ``measure`` a code of ours."""

    node: XmlNode
    kind: str
    number: str
    name: str
    measure: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RevManRow:
    """A row: ``cells`` of outcomes.csv; ``kept_out`` says why no pool has it; ``people`` in it.

    ``unusable``: what is 0 or missing, so that the row has no effect; its cells are then empty.
    ``derived``: cells that follow from other numbers of the row.
    """

    node: XmlNode
    study_id: str
    group: str
    cells: Mapping[str, str]
    people: Decimal
    derived: frozenset[str] = frozenset()
    kept_out: str = ""
    unusable: str = ""


def outcome_of(node: XmlNode, kind: str, comparison: str) -> RevManOutcome:
    """Return an outcome; ``comparison``: its number."""
    typed = node.attributes.get("EFFECT_MEASURE") or node.text("EFFECT_MEASURE")
    return RevManOutcome(
        node=node,
        kind=kind,
        number=f"{comparison}.{node.attributes.get('NO', '')}",
        name=node.text("NAME"),
        measure=MEASURES_OF_REVMAN.get(typed.strip().lower(), "GEN"),
    )


def rows_of_outcome(file: Path, outcome: RevManOutcome) -> Iterator[RevManRow]:
    """Yield the rows of an outcome in the order of the file, those of its groups as they stand."""
    for child in outcome.node.children:
        if child.tag == f"{outcome.kind}_DATA":
            yield _row(file, outcome, child, None)
        if child.tag == f"{outcome.kind}_SUBGROUP":
            for row in child.within(f"{outcome.kind}_DATA"):
                yield _row(file, outcome, row, child)


def _row(file: Path, outcome: RevManOutcome, node: XmlNode, group: XmlNode | None) -> RevManRow:
    numbers = {
        name: _number(file, node, name)
        for name in (*NUMBERS[outcome.kind], *POSITIVE[outcome.kind])
    }
    people = sum((numbers.get(name) or Decimal(0) for name in TOTALS), Decimal(0))
    bad = [name for name in POSITIVE[outcome.kind] if not numbers[name]]
    typed = {
        ours: node.attributes.get(theirs, "").strip()
        for theirs, ours in NUMBERS[outcome.kind].items()
        if numbers[theirs] or theirs not in TOTALS
    }
    effect = _effect(file, outcome, node)
    as_typed = {node.attributes.get("ESTIMATE", "").strip()}
    return RevManRow(
        node=node,
        study_id=node.attributes.get("STUDY_ID", ""),
        group=group.text("NAME") if group else "",
        cells={} if bad else typed | effect,
        people=people,
        derived=frozenset(name for name, cell in effect.items() if cell not in as_typed),
        kept_out=_kept_out(node, group),
        unusable=", ".join(f"{name} is {node.attributes.get(name) or 'missing'}" for name in bad),
    )


def _kept_out(node: XmlNode, group: XmlNode | None) -> str:
    """Return why RevMan gives a row no weight, empty where it does."""
    if any(each.attributes.get("ESTIMABLE") == "NO" for each in (node, group) if each):
        return NOT_ESTIMABLE
    weight = group.attributes.get("WEIGHT") if group else None
    return WITHOUT_WEIGHT if weight is not None and float(weight or 0) == 0 else ""


def _effect(file: Path, outcome: RevManOutcome, node: XmlNode) -> dict[str, str]:
    """Return y and v of a row that gives an effect and not the numbers behind it."""
    if outcome.kind == "IPD":
        difference, variance = _number(file, node, "O_E"), _number(file, node, "VAR")
        if difference is None or not variance:
            return {}
        return {"y": repr(float(difference / variance)), "v": repr(float(1 / variance))}
    if outcome.kind != "IV":
        return {}
    estimate, error = _number(file, node, "ESTIMATE"), _number(file, node, "SE")
    shown = _number(file, node, "EFFECT_SIZE")
    is_log = MEASURES[outcome.measure].is_log
    y = float(estimate) if estimate is not None else _of_shown(shown, is_log=is_log)
    if y is None or error is None:
        return {}
    seen = exp(y) if is_log else y
    if shown is not None and not isclose(seen, float(shown), rel_tol=AGREEMENT, abs_tol=AGREEMENT):
        wrong = f"ESTIMATE and EFFECT_SIZE contradict each other as {outcome.measure}"
        found = f"{estimate} and {shown}"
        raise one_problem(
            file, wrong, found, "correct one in RevMan", line=node.line, column="ESTIMATE"
        )
    return {"y": str(estimate or y), "v": squared(error)}


def squared(error: Decimal) -> str:
    """Return the variance of a standard error, exact while a cell has room for it.

    >>> squared(Decimal("0.2"))
    '0.04'
    """
    exact = plain(error * error)
    return exact if len(exact) <= MOST_DIGITS else repr(float(error) ** 2)


def _of_shown(shown: Decimal | None, *, is_log: bool) -> float | None:
    if shown is None or (is_log and shown <= 0):
        return None
    return log(shown) if is_log else float(shown)


def _number(file: Path, node: XmlNode, name: str) -> Decimal | None:
    """Return an attribute as a number, None where it is empty or not there."""
    typed = node.attributes.get(name, "").strip()
    if not typed:
        return None
    try:
        value = Decimal(typed)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite():
        raise one_problem(
            file, "not a number", typed, "correct it in RevMan", line=node.line, column=name
        )
    return value
