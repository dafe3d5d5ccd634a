"""The ``review.yaml`` of a review that comes from a file without one."""

import json
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAnalysis:
    """An analysis of all rows of one outcome; ``lines``: further keys, as YAML."""

    id: str
    title: str
    select: str = ""
    lines: tuple[str, ...] = ()


def settings_of_new(
    title: str, measure: str, analyses: Iterable[NewAnalysis], level: str = ""
) -> str:
    """Return the text of a ``review.yaml``; ``level``: of all limits, where it is not the usual.

    >>> one = NewAnalysis(id="overall", title="All trials")
    >>> print(settings_of_new("A: b", "RR", [one]), end="")
    title: "A: b"
    measure: RR
    analyses:
      - id: overall
        title: "All trials"
    """
    own_level = [f"level: {level}"] if level else []
    lines = [f"title: {quoted(title)}", f"measure: {measure}", *own_level, "analyses:"]
    for each in analyses:
        lines += [f"  - id: {each.id}", f"    title: {quoted(each.title)}"]
        if each.select:
            lines.append(f"    select: {{outcome: {each.select}}}")
        lines += [f"    {line}" for line in each.lines]
    return "\n".join(lines) + "\n"


def quoted(text: str) -> str:
    """Return text as YAML reads it whatever it holds: JSON's quotation marks are YAML's."""
    return json.dumps(text, ensure_ascii=False)
