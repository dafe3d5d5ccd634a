"""Problems in lines for the terminal, warnings of one rule about many analyses in one line."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from liftproof.reviews.model.problems import Problem
from liftproof.reviews.review_folder import MARKS, SETTINGS
from liftproof.words.text import counted

FOLDED = (SETTINGS, MARKS)
"""Files whose warnings are told together: those of analyses, and those of marks."""


def folded(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Yield problems in their order, each rule's warnings of analyses, or of marks, as the first.

    That one names the others, with their lines.
    """
    groups: dict[tuple[object, ...], list[Problem]] = {}
    for place, each in enumerate(problems):
        is_folded = each.is_warning and each.path.name in FOLDED
        kind = (each.path, each.column, each.rule) if is_folded else (place,)
        groups.setdefault(kind, []).append(each)
    for members in groups.values():
        yield members[0] if len(members) == 1 else _together(members)


def _together(members: Sequence[Problem]) -> Problem:
    first, *others = members
    by_key: dict[str, list[str]] = {}
    for each in others:
        by_key.setdefault(each.key, []).append(str(each.line))
    names = ", ".join(
        f"{key or 'no analysis'} (line{'s' * (len(lines) > 1)} {' '.join(lines)})"
        for key, lines in by_key.items()
    )
    more = f"; {counted(len(others), 'warning')} more of this rule: {names}"
    return replace(first, remedy=f"{first.remedy}{more}")
