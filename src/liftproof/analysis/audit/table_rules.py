"""Rules across rows: totals of arms that do not add up, and a trial that is in the table twice."""

from collections.abc import Collection, Iterator, Sequence

from liftproof.analysis.audit.audited_pool import AuditedPool
from liftproof.analysis.audit.interval_rules import LIMITS, finding
from liftproof.analysis.causes.presentations import SLIP_WORDS, slips
from liftproof.reviews.audited_table import AuditedRow
from liftproof.reviews.model.audited_line import ARM_TOTALS
from liftproof.reviews.model.effect_sources import GROUPS
from liftproof.rows.audit_rows import AuditFindingRow

TWINS = (GROUPS["counts"], GROUPS["means"], LIMITS)
"""Columns that two trials do not share by chance, when every cell of a group is alike."""
TWICE = "trial_twice"
FEWEST_DIGITS = 2
"""Control arms, and estimates, that are alike must have numbers of so many digits to be told."""


def total_findings(pool: AuditedPool, exchanged: Collection[int]) -> Iterator[AuditFindingRow]:
    """Yield printed totals of arms that do not add up, with what would explain it, if anything.

    ``exchanged``: lines of trials whose arms are exchanged.
    """
    twins = {one.line for one in twin_findings(pool.trials) if one.rule == TWICE}
    for name in ARM_TOTALS:
        printed = getattr(pool.row.record, name)
        values = [(row, getattr(row.record, name)) for row in pool.trials]
        if printed is None or any(value is None for _, value in values):
            continue
        total = sum(value for _, value in values)
        if total != printed:
            numbers = {"printed": str(printed), "sum": str(total)}
            numbers |= _with_arms_back(pool, name, exchanged) or _reason(printed, values, twins)
            yield finding("total_differs", pool.row, name, numbers)


def _with_arms_back(pool: AuditedPool, name: str, exchanged: Collection[int]) -> dict[str, str]:
    """Return the trials whose exchanged arms explain a total, empty where they do not."""
    what, _, arm = name.rpartition("_")
    other = f"{what}_{'control' if arm == 'intervention' else 'intervention'}"
    rows = [row for row in pool.trials if row.line in exchanged]
    cells = [getattr(row.record, other if row in rows else name) for row in pool.trials]
    if not rows or None in cells or sum(cells) != getattr(pool.row.record, name):
        return {}
    return {"with_back": " and ".join(row.record.label for row in rows)}


def _reason(
    printed: int, values: Sequence[tuple[AuditedRow, int]], twins: Collection[int]
) -> dict[str, str]:
    """Return the trial that was left out or counted twice, else a slip of the pen, if any.

    ``twins``: lines of trials that are in the table twice: the paper may have counted them once.
    """
    total = sum(value for _, value in values)
    apart = printed - total
    rows = [row for row, value in values if value and value == abs(apart)]
    if rows:
        what = "counted_twice" if apart > 0 else "left_out"
        return {what: " or ".join(row.record.label for row in rows)}
    once = total - sum(value for row, value in values if row.line in twins)
    for meant in dict.fromkeys((total, once)):
        slip = next((name for name, text in slips(meant, 0) if float(text) == printed), "")
        if slip:
            return {"slip": SLIP_WORDS[slip], "meant": str(meant)}
    return {}


def twin_findings(rows: Sequence[AuditedRow]) -> Iterator[AuditFindingRow]:
    """Yield trials with one label, with the same numbers, or with one control arm."""
    for place, row in enumerate(rows):
        for other in rows[:place]:
            rule = _alike(row, other)
            if rule:
                numbers = {"other": other.record.label, "other_line": str(other.line)}
                column = "n_control" if rule == "control_shared" else "label"
                yield finding(rule, row, column, numbers)
                break


def _alike(row: AuditedRow, other: AuditedRow) -> str:
    if any(_same(row, other, names) for names in TWINS):
        return TWICE
    if _plain(row) == _plain(other):
        return "label_twice"
    of_control = tuple(name for name in ARM_TOTALS if name.endswith("control"))
    is_shared = _first_word(row) == _first_word(other) and _same(row, other, of_control)
    return "control_shared" if is_shared else ""


def _same(row: AuditedRow, other: AuditedRow, names: Sequence[str]) -> bool:
    cells = [row.cell(name) for name in names]
    digits = max((sum(map(str.isdigit, cell.lstrip("0."))) for cell in cells), default=0)
    return all(cells) and digits >= FEWEST_DIGITS and cells == [other.cell(name) for name in names]


def _plain(row: AuditedRow) -> str:
    return " ".join(row.record.label.casefold().split())


def _first_word(row: AuditedRow) -> str:
    return _plain(row).partition(" ")[0]
