"""Which trials enter which analyses, in lines for the terminal."""

from collections.abc import Iterator, Sequence

from liftproof.analysis.entries import TrialEntries
from liftproof.reviews.model.membership import OTHER_TRIALS


def entry_line(entries: TrialEntries) -> str:
    """Return one line: the analyses that a trial enters, the others by reason."""
    return f"{entries.study.study}: enters {_entry(entries)}"


def _entry(entries: TrialEntries) -> str:
    """Return what a trial enters, and why not the others."""
    every = len(entries.memberships)
    enters = ", ".join(entries.enters) or "no analysis"
    if every and len(entries.enters) == every:
        enters = f"all {every}" if every > 1 else enters
    others = "; ".join(
        f"{', '.join(each.analysis for each in members)} ({reason})"
        for reason, members in entries.left_out.items()
    )
    return enters + (f"; not {others}" if others else "")


def entry_lines(review: str, every: Sequence[TrialEntries]) -> Iterator[str]:
    """Yield a heading, and a line for the trials that enter the same for the same reasons.

    Nothing where there is no trial or no analysis.
    """
    if not any(entries.memberships for entries in every):
        return
    yield f"{review}: which trials enter which analyses"
    alike: dict[str, list[str]] = {}
    for entries in every:
        alike.setdefault(_entry(entries), []).append(entries.study.study)
    for entry, names in alike.items():
        yield f"  {', '.join(names)}: {'enters' if len(names) == 1 else 'enter'} {entry}"


def vanished_line(every: Sequence[TrialEntries]) -> str:
    """Return which trials enter none of the analyses; empty where each enters one."""
    names = [each.study.study for each in every if each.memberships and not each.enters]
    if not names:
        return ""
    return f"{len(names)} of {len(every)} trials enter no analysis: {', '.join(names)}"


def left_out_lines(every: Sequence[TrialEntries], analysis: str) -> Iterator[str]:
    """Yield the trials that one analysis does not take, each with the reason.

    Of one that takes trials by their keys those that it is not about are none of them.
    """
    for entries in every:
        for each in entries.memberships:
            if each.analysis == analysis and not each.enters and each.reason != OTHER_TRIALS:
                yield f"not in {analysis}: {entries.study.study}: {each.why}"
