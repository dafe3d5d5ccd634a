"""The table of which trials enter which analyses, and why they do not enter the others."""

import re

from liftproof.analysis.entries import TrialEntries, trial_entries
from liftproof.pages.table import NOTHING, PageTable, headings, in_words, joined
from liftproof.reviews.model.review import Review

CODE = re.compile(r"`([^`]*)`")


def entries_table(review: Review) -> PageTable:
    """Return one row a trial: the analyses that it enters, and the others by reason."""
    return PageTable(
        key=f"review-{review.name}-entries",
        caption="Which trials enter which analyses",
        headings=headings("Trial", "¶ Enters", "¶ Does not enter, and why"),
        rows=tuple(
            (each.study.label, _entered(each), _others(each))
            for each in trial_entries(review)
            if each.memberships
        ),
    )


def _entered(entries: TrialEntries) -> str:
    if len(entries.enters) == len(entries.memberships):
        return "all" if len(entries.enters) > 1 else in_words(entries.enters[0])
    return joined([in_words(name) for name in entries.enters]) or NOTHING


def _others(entries: TrialEntries) -> str:
    return (
        "; ".join(
            f"{joined([in_words(each.analysis) for each in members])} ({_plain(reason)})"
            for reason, members in entries.left_out.items()
        )
        or NOTHING
    )


def _plain(reason: str) -> str:
    """Return a reason with quotation marks in the place of code."""
    return CODE.sub(r"“\1”", reason)
