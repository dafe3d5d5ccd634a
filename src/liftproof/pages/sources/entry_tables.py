"""The table of which trials enter which analyses, and why they do not enter the others."""

from collections.abc import Mapping, Sequence

from liftproof.analysis.entries import TrialEntries, trial_entries
from liftproof.pages.sources.left_out_words import plain_reason
from liftproof.pages.table import NOTHING, PageTable, headings
from liftproof.reviews.model.review import Review


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


def _entered(entries: TrialEntries, titles: Mapping[str, str]) -> str:
    """Return the analyses that a trial enters, by the exceptions where these are fewer."""
    many, others = len(entries.enters), len(entries.memberships) - len(entries.enters)
    if many > 1 and not others:
        return "all"
    if others and many > others:
        return f"{many} of {len(entries.memberships)}: all but those named beside"
    return _listed([titles[name] for name in entries.enters])


def _others(entries: TrialEntries, titles: Mapping[str, str], names: Mapping[str, str]) -> str:
    return (
        "\n".join(
            f"{_listed([titles[one.analysis] for one in members])}: "
            f"{plain_reason(reason, titles, names)}"
            for reason, members in entries.left_out.items()
        )
        or NOTHING
    )


def _listed(names: Sequence[str]) -> str:
    """Return titles one after the other: there are commas within them."""
    return "; ".join(names) or NOTHING
