"""Entries of BibTeX, as the exports of citations and the kits for blogs write them."""

import re
from collections.abc import Mapping

_SPECIAL = re.compile(r"[&%$#_{}\\~^]")
_NAMED = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
"""Signs that a backslash before them would not escape."""


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
    r"""Return a text with the signs escaped that TeX reads.

    >>> escaped("A_1 ~ 5 %")
    'A\\_1 \\textasciitilde{} 5 \\%'
    """
    return _SPECIAL.sub(lambda sign: _NAMED.get(sign[0], f"\\{sign[0]}"), text)
