"""The table of which trials enter which analyses, and why they do not enter the others."""

import re
from collections.abc import Mapping, Sequence

from liftproof.analysis.entries import TrialEntries, trial_entries
from liftproof.pages.table import NOTHING, PageTable, headings, in_words
from liftproof.reviews.model.membership import OTHER_TRIALS
from liftproof.reviews.model.review import Review

COLUMN = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)+(?= (?:is|are)\b)")
"""The name of a column in a reason, where it is more than one word."""
CODE = re.compile(r"`([^`]*)`(?P<is_analysis>(?= takes ))?")
"""Code in a reason: an analysis is what takes something; a value may be called as one."""


def entries_table(review: Review) -> PageTable:
    """Return one row a trial: the analyses that it enters, and the others by reason."""
    titles = {analysis.id: analysis.title for analysis in review.settings.analyses}
    return PageTable(
        key=f"review-{review.name}-entries",
        caption="Which trials enter which analyses",
        headings=headings("Trial", "¶ Enters", "¶ Does not enter, and why"),
        rows=tuple(
            (each.study.label, _entered(each, titles), _others(each, titles))
            for each in trial_entries(review)
            if each.memberships
        ),
    )


def _entered(entries: TrialEntries, titles: Mapping[str, str]) -> str:
    """Return the analyses that a trial enters, by the exceptions where these are fewer."""
    many, others = len(entries.enters), len(entries.memberships) - len(entries.enters)
    if many > 1 and not others:
        return "all"
    if others and many > others:
        return f"{many} of {len(entries.memberships)}: all but those named beside"
    return _listed([titles[name] for name in entries.enters])


def _others(entries: TrialEntries, titles: Mapping[str, str]) -> str:
    return (
        "\n".join(
            f"{_listed([titles[each.analysis] for each in members])}: {_plain(reason, titles)}"
            for reason, members in entries.left_out.items()
        )
        or NOTHING
    )


def _listed(names: Sequence[str]) -> str:
    """Return titles one after the other: there are commas within them."""
    return "; ".join(names) or NOTHING


def _plain(reason: str, titles: Mapping[str, str]) -> str:
    """Return a reason with titles and words in quotation marks in the place of code."""
    if reason == OTHER_TRIALS:
        return "pooled from other trials"
    named = COLUMN.sub(lambda found: in_words(found[0]), reason)
    return CODE.sub(lambda found: f"“{_name(found, titles)}”", named)


def _name(code: re.Match[str], titles: Mapping[str, str]) -> str:
    return titles[code[1]] if code["is_analysis"] is not None else in_words(code[1])
