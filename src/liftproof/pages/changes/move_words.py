"""Whether a conclusion moved, in words made from the numbers."""

from collections.abc import Sequence

from liftproof.pages.changes.change_numbers import ChangeNumbers, certainty_shown
from liftproof.rows.change_rows import CERTAINTY, DIRECTION, NO_EFFECT, POOLED
from liftproof.vocabulary.measures import MEASURES

NOT_MOVED = "no conclusion moved"


def move_words(
    moved: Sequence[str], measure: str, before: ChangeNumbers, after: ChangeNumbers
) -> str:
    """Return how a conclusion moved.

    >>> was = ChangeNumbers(k=1, estimate=0.5, ci_low=0.2, ci_high=1.1)
    >>> now = ChangeNumbers(k=2, estimate=0.5, ci_low=0.3, ci_high=0.9)
    >>> move_words(["no_effect"], "RR", was, now)
    'the interval now excludes no effect (1)'
    """
    return "; ".join(_move(move, measure, before, after) for move in moved)


def _move(move: str, measure: str, before: ChangeNumbers, after: ChangeNumbers) -> str:
    no_effect = MEASURES[measure].no_effect
    if move == NO_EFFECT:
        excludes = _excludes(after, no_effect)
        verb = "excludes" if excludes else "no longer excludes"
        return f"the interval {'now ' if excludes else ''}{verb} no effect ({no_effect:g})"
    if move == DIRECTION:
        return f"the estimate has left its side of no effect ({no_effect:g})"
    if move == CERTAINTY:
        was, now = (certainty_shown(of) or "not judged" for of in (before, after))
        return f"the certainty by GRADE is {now}, and was {was}"
    if move == POOLED:
        is_new = is_first_pool(before, after)
        return "nothing was pooled before" if is_new else "nothing can be pooled any more"
    raise KeyError(move)


def is_first_pool(before: ChangeNumbers, after: ChangeNumbers) -> bool:
    """Say whether nothing was pooled before: what single trials then do to it says nothing."""
    return before.estimate is None and after.estimate is not None


def _excludes(of: ChangeNumbers, no_effect: float) -> bool:
    if of.ci_low is None or of.ci_high is None:
        return False
    return of.ci_low > no_effect or of.ci_high < no_effect


def mover_words(alone: Sequence[str], needed: Sequence[str], changed: Sequence[str]) -> str:
    """Return which trials moved a conclusion, by their names.

    ``alone``: each of which does so alone; ``needed``: without each of which it would not have
    moved; ``changed``: every trial that changed.

    >>> mover_words([], ["One", "Two"], ["One", "Two", "Three"])
    'none does it alone; not without One, not without Two'
    """
    if not changed:
        return "by no trial: settings or judgements changed"
    if len(changed) == 1 and alone:
        return f"by {alone[0]}"
    first = f"each alone does it: {', '.join(alone)}" if len(alone) > 1 else ""
    first = first or (f"{alone[0]} alone does it" if alone else "none does it alone")
    rest = [f"not without {name}" for name in needed]
    return "; ".join([first, ", ".join(rest)] if rest else [first])
