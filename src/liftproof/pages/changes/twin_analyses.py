"""Analyses that pool the same effects in other ways: told together, so that no line doubles."""

from collections.abc import Iterable, Sequence

from liftproof.analysis.changes.analysis_changes import AnalysisChange
from liftproof.analysis.changes.analysis_state import AnalysisState

Key = tuple[object, ...]


def with_twins(
    changes: Sequence[AnalysisChange],
) -> tuple[tuple[AnalysisChange, tuple[AnalysisChange, ...]], ...]:
    """Return each analysis with the later ones that have its effects, before and after."""
    groups: dict[Key, list[AnalysisChange]] = {}
    for one in changes:
        effects = (_effects(one.before), _effects(one.after))
        groups.setdefault(effects if any(effects) else (one.analysis,), []).append(one)
    return tuple((first, tuple(twins)) for first, *twins in groups.values())


def same_words(told: Iterable[tuple[str, str]]) -> tuple[tuple[tuple[str, ...], str], ...]:
    """Return names and what is said of each, names of which the same is said together.

    >>> same_words([("a", "moved"), ("b", "stayed"), ("c", "moved")])
    ((('a', 'c'), 'moved'), (('b',), 'stayed'))
    """
    names: dict[str, list[str]] = {}
    for name, words in told:
        names.setdefault(words, []).append(name)
    return tuple((tuple(each), words) for words, each in names.items())


def _effects(state: AnalysisState | None) -> Key:
    return tuple(
        (row.study, row.outcome, row.variant, row.arm, row.measure, row.y, row.v)
        for row in (state.effects if state else ())
    )
