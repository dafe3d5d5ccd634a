"""Whether the printed numbers are printed, are numbers, and name analyses that exist."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from liftproof.columns import Column
from liftproof.reviews.files.sheet_rows import SheetRow
from liftproof.reviews.files.spreadsheet import Complaint
from liftproof.reviews.files.typed_numbers import number
from liftproof.reviews.model.printed_number import decimals_in, with_zeros
from liftproof.reviews.model.problems import Problem
from liftproof.reviews.model.review_tables import COMPUTED_KINDS, Published
from liftproof.suggest import did_you_mean
from liftproof.vocabulary.block_groups import BLOCK_GROUPS
from liftproof.vocabulary.quantities import ON_EFFECT, QUANTITIES

MOST_DECIMALS = 12
"""No publication prints more."""
_PRINTED = Column(name="printed", kind="number", meaning="", required=True, allowed=())


def check_published(
    rows: Iterable[SheetRow[Published]], analyses: Iterable[str]
) -> Iterator[Problem]:
    """Yield what cannot be compared: no number, no print, no such analysis, no reason for it."""
    rows = list(rows)
    known = [name for name in analyses if name]
    yield from _lost_zeros(rows)
    for row in rows:
        yield from _printed(row)
        yield from _decimals(row)
        yield from _computed(row)
        name = row.record.analysis
        if name and known and name not in known:
            wrong = "review.yaml has no such analysis"
            yield row.problem("analysis", wrong, did_you_mean(name, known))
        if not (name or row.record.blocked or row.record.see) and "analysis" not in row.bad:
            wrong = "neither an analysis that should reproduce the number nor what is missing"
            remedy = "fill in analysis, or say in blocked what is missing"
            yield row.problem("analysis", wrong, remedy, rule="print_unused")
        yield from _group(row)


def _printed(row: SheetRow[Published]) -> Iterator[Problem]:
    """Allow "<0.001" and ">4", which papers print for numbers too."""
    text = row.cell("printed").lstrip("<>").strip()
    if "printed" in row.bad or not row.cell("printed"):
        return
    quantity = QUANTITIES.get(row.record.quantity)
    is_percent = quantity is not None and quantity.is_share and not quantity.is_p
    value = number(text, replace(_PRINTED, is_percent=is_percent))
    if isinstance(value, Complaint):
        yield row.problem("printed", value.wrong, value.remedy)


def _decimals(row: SheetRow[Published]) -> Iterator[Problem]:
    """Yield fewer decimals than are printed."""
    stated, typed = row.record.decimals, decimals_in(row.cell("printed"))
    if stated is not None and "printed" not in row.bad and not typed <= stated <= MOST_DECIMALS:
        wrong = f"the cell printed has {typed} decimals"
        yield row.problem("decimals", wrong, "write as many as stand in the publication")


def _lost_zeros(rows: Iterable[SheetRow[Published]]) -> Iterator[Problem]:
    """Warn once a target of numbers that are compared and seem to have lost their last zeros."""
    targets: dict[str, list[SheetRow[Published]]] = {}
    for row in rows:
        is_compared = row.record.analysis and not (row.record.blocked or row.record.see)
        is_read = row.cell("printed") and "printed" not in row.bad
        if is_compared and is_read and row.record.quantity in ON_EFFECT:
            targets.setdefault(row.record.target, []).append(row)
    for members in targets.values():
        most = max(members, key=lambda row: decimals_in(row.cell("printed")))
        decimals = decimals_in(most.cell("printed"))
        for row in members:
            if row.record.decimals is None and decimals_in(row.cell("printed")) < decimals:
                zeros = with_zeros(row.cell("printed"), decimals)
                wrong = (
                    f"seems to have lost its zeros beside {most.cell('printed')}: it is compared "
                    f"as {zeros}"
                )
                remedy = f"write {zeros}, or in decimals how many are printed"
                yield row.problem("printed", wrong, remedy, rule="lost_zeros")


def _computed(row: SheetRow[Published]) -> Iterator[Problem]:
    """Refuse what nobody printed: a number that follows from others would be held to itself."""
    if row.record.kind in COMPUTED_KINDS:
        wrong = f"a {row.record.kind} number was not printed: it would be compared with itself"
        remedy = "enter the number as it is printed and where it was read, or delete the row"
        yield row.problem("kind", wrong, remedy)


def _group(row: SheetRow[Published]) -> Iterator[Problem]:
    """Ask that a blocked number has a group, and that nothing else has one."""
    if row.record.blocked and not row.cell("blocked_group"):
        wrong = "a blocked number without the group in which the report counts it"
        remedy = f"write one of {', '.join(BLOCK_GROUPS)}"
        yield row.problem("blocked_group", wrong, remedy, rule="no_block_group")
    if row.record.blocked_group and not row.record.blocked:
        wrong = "a group of a number that is not blocked"
        remedy = "say in blocked what is missing, or empty the cell"
        yield row.problem("blocked_group", wrong, remedy)
