"""The nearest known name to an unknown one."""

from collections.abc import Iterable
from difflib import get_close_matches

LONGEST_LIST = 12
"""Known names that a message lists before it breaks off."""


LIKE = 0.6
"""How alike a name and a known one are, of 1, before the one may be meant for the other."""


def nearest(name: str, known: Iterable[str], cutoff: float = LIKE) -> str | None:
    """Return the known name that looks most like ``name``, or None if none does.

    ``cutoff``: how alike they must be, of 1. Of those the same letters in another order go first.

    >>> nearest("labell", ["study", "label", "year"])
    'label'
    >>> nearest("SDM", ["SMD", "SMN"])
    'SMD'
    """
    by_lower = {candidate.lower(): candidate for candidate in known}
    typed = name.lower()
    found = get_close_matches(typed, by_lower, n=max(len(by_lower), 1), cutoff=cutoff)
    exchanged = [each for each in found if sorted(each) == sorted(typed)]
    return by_lower[[*exchanged, *found][0]] if found else None


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return a remedy for an unknown name: the nearest known one, or all of them.

    >>> did_you_mean("REMLL", ["DL", "REML"])
    'did you mean REML?'
    >>> did_you_mean("x", ["DL", "REML"])
    'known are: DL, REML'
    >>> did_you_mean("x", [])
    'none is known'
    """
    known = list(known)
    found = nearest(name, known)
    if found:
        return f"did you mean {found}?"
    if not known:
        return "none is known"
    more = ", …" if len(known) > LONGEST_LIST else ""
    return f"known are: {', '.join(known[:LONGEST_LIST])}{more}"
