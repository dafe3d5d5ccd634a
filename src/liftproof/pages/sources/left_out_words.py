"""Why a trial does not enter an analysis, in words for readers; nothing here imports NumPy."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from liftproof.pages.table import in_words
from liftproof.reviews.model.membership import OTHER_TRIALS

COLUMN = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)+(?= (?:is|are)\b)")
"""The name of a column in a reason, where it is more than one word."""
CODE = re.compile(r"`([^`]*)`(?P<is_analysis>(?= takes ))?")
"""Code in a reason: an analysis is what takes something; a value may be called as one."""


HELD = re.compile(r"(\w+) is `([^`]*)`")
"""What a column says."""
ANSWERS = ("yes", "no")
NO_NAMES: Mapping[str, str] = MappingProxyType({})


def plain_reason(
    reason: str, titles: Mapping[str, str], names: Mapping[str, str] = NO_NAMES
) -> str:
    """Return a reason with titles and words in quotation marks in the place of code.

    ``titles``: of the analyses, by id. ``names``: what the review calls columns and values.

    >>> plain_reason("outcome_class is `hip_injury`", {})
    'outcome class is “hip injury”'
    >>> plain_reason("in_pool is `no`", {}, {"in_pool": "trial of runners"})
    'trial of runners: no'
    """
    if reason == OTHER_TRIALS:
        return "pooled from other trials"
    told = HELD.sub(lambda found: _told(found, names), reason)
    named = COLUMN.sub(lambda found: _named(found[0], names), told)
    return CODE.sub(lambda found: f"“{_name(found, titles, names)}”", named)


def _name(code: re.Match[str], titles: Mapping[str, str], names: Mapping[str, str]) -> str:
    return titles[code[1]] if code["is_analysis"] is not None else _named(code[1], names)


def _told(held: re.Match[str], names: Mapping[str, str]) -> str:
    """Return what a column says where it is a question, or has a name; else as it is."""
    column, value = held[1], held[2]
    if value not in ANSWERS and column not in names:
        return held[0]
    return f"{_named(column, names)}: {_named(value, names)}"


def _named(word: str, names: Mapping[str, str]) -> str:
    return names.get(word) or in_words(word)
