"""The table of which trials enter which analyses, and why they do not enter the others."""

from collections.abc import Mapping, Sequence

from liftproof.analysis.entries import TrialEntries, trial_entries
from liftproof.pages.sources.left_out_words import plain_reason
from liftproof.pages.table import NOTHING, PageTable, headings
from liftproof.reviews.model.review import Review

MOST_NAMED = 6
"""Analyses that a trial does not enter for one reason: of more, the number, where the table names
those that it enters."""


def entries_table(review: Review) -> PageTable:
    """Return one row a trial: the analyses that it enters, and the others by reason."""
    titles = {analysis.id: analysis.title for analysis in review.settings.analyses}
    names = review.settings.names
    return PageTable(
        key=f"review-{review.name}-entries",
        caption="Which trials enter which analyses",
        headings=headings("Trial", "¶ Enters", "¶ Does not enter, and why"),
        rows=tuple(
            (each.study.label, _entered(each, titles), _others(each, titles, names))
            for each in trial_entries(review)
            if each.memberships
        ),
    )


def _enters_most(entries: TrialEntries) -> bool:
    """Say whether the analyses that a trial does not enter are fewer than those that it enters."""
    return 2 * len(entries.enters) > len(entries.memberships)


def _entered(entries: TrialEntries, titles: Mapping[str, str]) -> str:
    """Return the analyses that a trial enters, by the exceptions where these are fewer."""
    many, others = len(entries.enters), len(entries.memberships) - len(entries.enters)
    if many > 1 and not others:
        return "all"
    if others and _enters_most(entries):
        return f"{many} of {len(entries.memberships)}: all but those named beside"
    return _listed([titles[name] for name in entries.enters])


def _others(entries: TrialEntries, titles: Mapping[str, str], names: Mapping[str, str]) -> str:
    """Return the other analyses by reason, the most frequent reason last if it is that of many."""
    groups = list(entries.left_out.items())
    most = max(groups, key=lambda group: len(group[1]), default=None)
    if most and len(most[1]) > MOST_NAMED and not _enters_most(entries):
        groups.remove(most)
        called = "All others" if groups or entries.enters else "All"
        rest = [f"{called} ({len(most[1])}): {plain_reason(most[0], titles, names)}"]
    else:
        rest = []
    named = [
        f"{_listed([titles[one.analysis] for one in members])}: "
        f"{plain_reason(reason, titles, names)}"
        for reason, members in groups
    ]
    return "\n".join([*named, *rest]) or NOTHING


def _listed(names: Sequence[str]) -> str:
    """Return titles one after the other: there are commas within them."""
    return "; ".join(names) or NOTHING
