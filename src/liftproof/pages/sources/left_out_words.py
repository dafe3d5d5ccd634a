"""Why a trial does not enter an analysis, in words for readers; nothing here imports NumPy."""

import re
from collections.abc import Mapping

from liftproof.pages.table import in_words
from liftproof.reviews.model.membership import OTHER_TRIALS

COLUMN = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)+(?= (?:is|are)\b)")
"""The name of a column in a reason, where it is more than one word."""
CODE = re.compile(r"`([^`]*)`(?P<is_analysis>(?= takes ))?")
"""Code in a reason: an analysis is what takes something; a value may be called as one."""


def plain_reason(reason: str, titles: Mapping[str, str]) -> str:
    """Return a reason with titles and words in quotation marks in the place of code.

    ``titles``: of the analyses, by id.

    >>> plain_reason("outcome_class is `hip_injury`", {})
    'outcome class is “hip injury”'
    """
    if reason == OTHER_TRIALS:
        return "pooled from other trials"
    named = COLUMN.sub(lambda found: in_words(found[0]), reason)
    return CODE.sub(lambda found: f"“{_name(found, titles)}”", named)


def _name(code: re.Match[str], titles: Mapping[str, str]) -> str:
    return titles[code[1]] if code["is_analysis"] is not None else in_words(code[1])
