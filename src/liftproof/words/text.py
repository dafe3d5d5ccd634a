"""Small turns of prose: capitals, minus signs, nouns with their number."""

import re
from collections.abc import Sequence

NBSP = "\u00a0"
"""Between a number and its noun, where no line should break."""
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

    >>> uncapital("It is one."), uncapital("A trial."), uncapital("REML ended.")
    ('it is one.', 'a trial.', 'REML ended.')
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


def trials_by_name(counted_names: str, link: str, again: str = "") -> str:
    """Return how many trials there were of each name, the number first: names may hold brackets,
    commas and "and".

    ``link`` stands between the first number and its name, ``again`` between the others.

    >>> trials_by_name("military training (2), football (soccer) and basketball (1)", "of", "of")
    '2 of military training, 1 of football (soccer) and basketball'
    >>> trials_by_name("hamstring injury (3), knee pain (1)", "counted")
    '3 counted hamstring injury, 1 knee pain'
    """
    found = _COUNTED.findall(counted_names)
    links = [link, *[again] * (len(found) - 1)]
    parts = ((number, between, name) for (name, number), between in zip(found, links, strict=True))
    return ", ".join(" ".join(filter(None, part)) for part in parts)


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
