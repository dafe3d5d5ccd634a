"""The ``review.yaml`` of a review that comes from a file without one."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass

_MEASURE = re.compile(r"""^measure:(?:[ \t]*(?:"[^"\n]*"|'[^'\n]*'|\w+))?""", re.MULTILINE)


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


def with_measure(settings: str, measure: str) -> str:
    """Return the text of a ``review.yaml`` with another measure of the review, the rest as it is.

    >>> with_measure("title: T\\nmeasure: RR   # of people\\n", "MD")
    'title: T\\nmeasure: MD   # of people\\n'
    >>> with_measure("measure: 'RR'\\n", "MD"), with_measure("measure: # later\\n", "MD")
    ('measure: MD\\n', 'measure: MD # later\\n')
    """
    line = f"measure: {measure}"
    text, found = _MEASURE.subn(line, settings, count=1)
    return text if found else f"{line}\n{settings}"


def quoted(text: str) -> str:
    """Return text as YAML reads it whatever it holds: JSON's quotation marks are YAML's."""
    return json.dumps(text, ensure_ascii=False)
