"""Small turns of prose: capitals, minus signs, nouns with their number."""

import re
from collections.abc import Sequence

ABBREVIATIONS = {"acl": "ACL", "nhe": "NHE", "vo2max": "VO2max", "svo2max": "sVO2max"}
"""How words are written that codes hold in small letters."""
SENTENCE_END = re.compile(r"(?<=[.]) (?=[A-Z])")
_COUNTED = re.compile(r"(.+?) \((\d+)\)(?:, |$)")
_WORD = re.compile(r"[^\W_]+")
MINUS = re.compile(r"(?<!\w)-(?=\d)")


def capital(text: str) -> str:
    """Return ``text`` with a capital first letter, the rest as it is."""
    return text[:1].upper() + text[1:]


def uncapital(text: str) -> str:
    """Return ``text`` with a small first letter, but for abbreviations and symbols.

    >>> uncapital("It is one."), uncapital("A trial.")
    ('it is one.', 'a trial.')
    >>> uncapital("REML ended."), uncapital("I² is 0")
    ('REML ended.', 'I² is 0')
    """
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] == " " else text


def minus(text: str) -> str:
    """Return numbers with the minus sign of print; hyphens in words stay."""
    return MINUS.sub("−", text)


def counted(number: int, noun: str) -> str:
    """Return "1 trial" or "6 trials".

    >>> counted(6, "trial")
    '6 trials'
    """
    return f"{number} {noun}{'' if number == 1 else 's'}"


def warnings_line(number: int, review: str) -> str:
    """Return how many warnings a review has, and which verb lists them.

    >>> warnings_line(1, "mine")
    '1 warning: liftproof check mine lists it'
    """
    them = "it" if number == 1 else "them"
    return f"{counted(number, 'warning')}: liftproof check {review} lists {them}"


def trials_by_name(counted_names: str) -> str:
    """Return names with their numbers of trials in words, those of one number together.

    >>> trials_by_name("hamstring injury (3), anterior knee pain (1), football (soccer) (1)")
    'hamstring injury (3 trials), anterior knee pain and football (soccer) (1 trial each)'
    >>> trials_by_name("running injury (1)")
    'running injury (1 trial)'
    """
    grouped: dict[int, list[str]] = {}
    for name, number in _COUNTED.findall(counted_names):
        grouped.setdefault(int(number), []).append(name)
    return ", ".join(
        f"{listed(names)} ({counted(number, 'trial')}{' each' * (len(names) > 1)})"
        for number, names in grouped.items()
    )


def names_alone(counted_names: str) -> str:
    """Return names without their numbers of trials.

    >>> names_alone("hip and core (1)"), names_alone("hip and core")
    ('hip and core', 'hip and core')
    """
    return listed([name for name, _ in _COUNTED.findall(counted_names)] or [counted_names])


def listed(names: Sequence[str]) -> str:
    """Return names with commas, and "and" before the last.

    >>> listed(["a", "b", "c"]), listed(["a"])
    ('a, b and c', 'a')
    """
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def outcome_names(outcomes: str) -> str:
    """Return names of outcomes, or other codes, as they are read: words, and abbreviations as such.

    >>> outcome_names("acl_injury"), outcome_names("acl injury (1)")
    ('ACL injury', 'ACL injury (1)')
    >>> outcome_names("svo2max_75")
    'sVO2max 75'
    """
    words = outcomes.replace("_", " ")
    return _WORD.sub(lambda found: ABBREVIATIONS.get(found[0], found[0]), words)
