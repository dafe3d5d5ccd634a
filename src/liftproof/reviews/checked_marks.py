"""Warnings that somebody marked as checked, and marks that no warning has any more."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from liftproof.reviews.model.mark import CheckedWarning, Mark
from liftproof.reviews.model.problems import Problem
from liftproof.vocabulary.warning_rules import UNUSED_MARK, WARNING_RULES

Identity = tuple[str, str, str, str, str]
"""File, key, field, rule and numbers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """Problems without those that are marked; ``checked``: the marked ones."""

    problems: tuple[Problem, ...]
    checked: tuple[CheckedWarning, ...]


def settle(problems: Iterable[Problem], marks: Sequence[Mark]) -> Settled:
    """Tell marked warnings from the other problems; errors have no marks."""
    reasons = {_of_mark(mark): mark.reason for mark in marks}
    kept, checked = [], []
    for each in problems:
        reason = reasons.get(identity(each), "") if each.is_warning else ""
        if reason:
            checked.append(CheckedWarning(problem=each, reason=reason))
        else:
            kept.append(each)
    return Settled(problems=tuple(kept), checked=tuple(checked))


def unused_marks(
    warnings: Iterable[Problem], marks: Sequence[Mark], path: Path, *, by_pools: bool
) -> Iterator[Problem]:
    """Warn of marks that match none of the warnings, of the rules that look at pools or of others.

    ``warnings``: all that those rules raise, marked or not. ``path``: of the marks, for messages.
    """
    numbers: dict[tuple[str, ...], list[str]] = {}
    for each in warnings:
        *place, own = identity(each)
        numbers.setdefault(tuple(place), []).append(own)
    for mark in marks:
        if WARNING_RULES[mark.rule].looks_at_pools != by_pools:
            continue
        *place, own = _of_mark(mark)
        present = numbers.get(tuple(place), [])
        if own in present:
            continue
        if present:
            wrong = "the warning has other numbers than those that were checked"
            remedy = f"look again: now it has {' and '.join(map(repr, present))}"
        else:
            wrong, remedy = "marks a warning that is not raised", "delete the row, or correct it"
        yield Problem(
            path=path,
            line=mark.line,
            column="numbers",
            wrong=wrong,
            found=mark.numbers,
            remedy=remedy,
            rule=UNUSED_MARK,
            key=mark.key,
        )


def mark_of(problem: Problem) -> Mark:
    """Return the row of ``checked.csv`` that marks a warning, without a reason."""
    file, key, field, rule, numbers = identity(problem)
    return Mark(file=file, key=key, field=field, rule=rule, numbers=numbers, reason="")


def identity(problem: Problem) -> Identity:
    """Return what tells a warning from others, lines and places on the disk left out."""
    numbers = " ".join((problem.numbers or problem.found).split())
    return problem.path.name, problem.key, problem.column, problem.rule, numbers


def _of_mark(mark: Mark) -> Identity:
    return mark.file, mark.key, mark.field, mark.rule, " ".join(mark.numbers.split())
