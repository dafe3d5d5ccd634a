"""Entries of BibTeX, as the exports of citations and the kits for blogs write them."""

import re
from collections.abc import Mapping

_SPECIAL = re.compile(r"([&%$#_{}])")


def entry(kind: str, key: str, fields: Mapping[str, str]) -> str:
    r"""Return an entry of the fields that have a value, each as TeX is to read it.

    >>> print(entry("misc", "a", {"title": escaped("5 % more"), "year": ""}), end="")
    @misc{a,
      title = {5 \% more},
    }
    """
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join((f"@{kind}{{{key},", *lines, "}", ""))


def escaped(text: str) -> str:
    """Return a text with the signs escaped that TeX reads."""
    return _SPECIAL.sub(r"\\\1", text)
