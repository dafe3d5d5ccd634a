"""Small turns of prose: capitals, minus signs, nouns with their number."""

import re

MINUS = re.compile(r"(?<!\w)-(?=\d)")


def capital(text: str) -> str:
    """Return ``text`` with a capital first letter, the rest as it is."""
    return text[:1].upper() + text[1:]


def minus(text: str) -> str:
    """Return numbers with the minus sign of print; hyphens in words stay."""
    return MINUS.sub("−", text)


def counted(number: int, noun: str) -> str:
    """Return "1 trial" or "6 trials".

    >>> counted(6, "trial")
    '6 trials'
    """
    return f"{number} {noun}{'' if number == 1 else 's'}"
