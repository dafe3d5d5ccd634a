"""A verdict on a claim cut for its card: what is read at a glance, then the rest, line by line."""

import re
from collections.abc import Iterator

from liftproof.words.text import capital

LONGEST_LEAD = 140
"""Signs: four lines of a card. A longer first sentence ends there at its first semicolon."""
_END = re.compile(r"(?<=\.)(?<!\bp\.) (?=[^\W_a-z])")
"""Between two sentences: no abbreviation ends before a capital or a number, but that of a page."""


def lead_of(sentence: str) -> str:
    """Return how a verdict begins, without the verdict itself.

    >>> lead_of("Not supported: the 95 % interval includes no effect (1). By a risk ratio of 0.9.")
    'The 95 % interval includes no effect (1).'
    """
    return _first(sentence)[0]


def opening_of(text: str) -> str:
    """Return the first sentence of a text.

    >>> opening_of("Protection takes weeks. In one trial 9 of 15 fell in the first ten (p. 2300).")
    'Protection takes weeks.'
    """
    return _END.split(text)[0]


def further_of(sentence: str) -> Iterator[str]:
    """Yield what follows the lead, a sentence each.

    >>> list(further_of("Supported: it is as said. By a ratio of 0.9. One trial is none."))
    ['By a ratio of 0.9.', 'One trial is none.']
    """
    yield from _first(sentence)[1:]
    yield from _END.split(sentence)[1:]


def _first(sentence: str) -> list[str]:
    """Return the first sentence without the verdict, in its clauses where it is long."""
    first = _END.split(sentence)[0].removesuffix(".")
    verdict, colon, told = first.partition(": ")
    told = told if colon else verdict
    clauses = list(_clauses(told)) if len(told) > LONGEST_LEAD else [told]
    return [f"{capital(clause)}." for clause in clauses]


def _clauses(text: str) -> Iterator[str]:
    """Yield the parts between semicolons outside brackets.

    >>> list(_clauses("one (a; b); two"))
    ['one (a; b)', 'two']
    """
    taken: list[str] = []
    for part in text.split("; "):
        taken.append(part)
        whole = "; ".join(taken)
        if whole.count("(") == whole.count(")"):
            yield whole
            taken = []
    if taken:
        yield "; ".join(taken)
