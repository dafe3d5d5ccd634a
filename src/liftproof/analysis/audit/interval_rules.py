"""Rules on an estimate, its limits and its p value: no data are needed to see them broken."""

from collections.abc import Iterator, Mapping

from liftproof.analysis.causes.contradictions import contradiction
from liftproof.analysis.causes.implied import implied
from liftproof.analysis.causes.presentations import SLIP_WORDS
from liftproof.analysis.causes.question import PrintQuestion, read_print
from liftproof.reviews.audited_table import AuditedRow
from liftproof.reviews.model.audited_line import POOL
from liftproof.reviews.model.effect_sources import GROUPS
from liftproof.reviews.model.printed_number import Printed
from liftproof.rows.audit_rows import AuditFindingRow
from liftproof.vocabulary.levels import USUAL_LEVEL
from liftproof.vocabulary.measures import MEASURES

LARGEST_SMD = 3.0
"""A standardised difference beyond it is rare enough to be looked up: mostly an SE for an SD."""
LIMITS = GROUPS["reported"]
POINTS = (-1, 1, -2, 2)
"""Places by which a decimal point is looked for elsewhere."""
FEWEST_DIGITS = 2
"""A number of one digit would fit in many places."""


def finding(rule: str, row: AuditedRow, column: str, numbers: Mapping[str, str]) -> AuditFindingRow:
    """Return what a rule found in a row."""
    return AuditFindingRow(
        rule=rule, line=row.line, label=row.record.label, cell=column, numbers=dict(numbers)
    )


def interval_findings(row: AuditedRow, measure: str) -> Iterator[AuditFindingRow]:
    """Yield what is wrong with an effect as printed. Limits out of order hide what follows."""
    record, printed = row.record, _printed(row)
    if measure == "SMD" and record.estimate is not None and abs(record.estimate) > LARGEST_SMD:
        yield finding("smd_large", row, "estimate", printed)
    if MEASURES[measure].is_log and any(read_print(text).value <= 0 for text in printed.values()):
        yield finding("ratio_not_positive", row, "estimate", printed)
        return
    if record.ci_low is None or record.ci_high is None:
        return
    if record.ci_low >= record.ci_high:
        yield finding("limits_swapped", row, "ci_low", printed)
        return
    if record.estimate is None:
        return
    yield from _off_centre(row, printed, measure)
    yield from _other_p(row, printed, measure)


def _printed(row: AuditedRow) -> dict[str, str]:
    return {name: row.cell(name) for name in LIMITS if row.cell(name)}


def _off_centre(
    row: AuditedRow, printed: Mapping[str, str], measure: str
) -> Iterator[AuditFindingRow]:
    """Yield an estimate that is not in the middle of its limits, or beyond them.

    Of the three prints that one is named which a single slip of the pen would mend, if any.
    """
    is_log, level = MEASURES[measure].is_log, row.record.ci_level or USUAL_LEVEL
    span = implied("estimate", printed, is_log=is_log, level=level)
    if span is None or span.allows(read_print(printed["estimate"])):
        return
    numbers = {**printed, "centre": f"{span.centre:.3g}"}
    slips = (
        (name, slip)
        for name in LIMITS
        for slip in [_slip(name, printed, level, is_log=is_log)]
        if slip
    )
    at, slip = next(slips, ("estimate", {}))
    numbers |= slip
    is_inside = (row.record.ci_low or 0) <= (row.record.estimate or 0) <= (row.record.ci_high or 0)
    rule = "limits_not_symmetric" if is_inside else "limits_do_not_bracket"
    yield finding(rule, row, at, numbers)


def _slip(name: str, printed: Mapping[str, str], level: float, *, is_log: bool) -> dict[str, str]:
    """Return the slip of one print that would bring all three in line, and what was meant.

    A point moved with all its digits kept goes first: 7.1 for 0.71.
    """
    others = {other: text for other, text in printed.items() if other != name}
    question = PrintQuestion(quantity=name, printed=printed[name], others=others, level=level)
    span = implied(name, others, is_log=is_log, level=level)
    number = question.number
    digits = len(printed[name].replace(".", "").strip("-0"))
    for places in POINTS if span and digits >= FEWEST_DIGITS else ():
        moved = Printed(
            value=number.value * 10.0**places, unit=number.unit * 10.0**places, bound=""
        )
        if span and span.allows(moved):
            meant = f"{moved.value:.{max(0, question.decimals - places)}f}"
            return {"slip": SLIP_WORDS["point"], "meant": meant}
    slip = contradiction(question, is_log=is_log)
    if slip is None:
        return {}
    likeliest = min(slip.candidates, key=lambda one: abs(one.gives - slip.computed))
    meant = f"{likeliest.gives:.{question.decimals}f}"
    return {"slip": slip.candidates[0].words, "meant": meant}


def _other_p(
    row: AuditedRow, printed: Mapping[str, str], measure: str
) -> Iterator[AuditFindingRow]:
    """Yield a p value that estimate and limits do not imply by the normal distribution.

    Not of differences of means of single trials, nor of limits that are not Wald's: theirs is t.
    """
    record = row.record
    is_pool = record.kind == POOL
    by_t = record.interval not in ("", "wald") if is_pool else MEASURES[measure].is_of_means
    if not record.p or by_t:
        return
    span = implied(
        "p", printed, is_log=MEASURES[measure].is_log, level=record.ci_level or USUAL_LEVEL
    )
    if span is None:
        return
    number = read_print(record.p)
    # The likeliest p lies at an end where the estimate may be that of no effect.
    low, high = _with_no_effect(row, span.low, span.high, measure)
    half = number.unit / 2
    fits = low < number.value if number.bound else low - half <= number.value <= high + half
    if not fits:
        yield finding(
            "p_does_not_fit",
            row,
            "p",
            {**printed, "p": record.p, "low": f"{low:.2g}", "high": f"{high:.2g}"},
        )


def _with_no_effect(row: AuditedRow, low: float, high: float, measure: str) -> tuple[float, float]:
    """Return the bounds of p, up to 1 where an estimate that rounds to the print is no effect."""
    number = read_print(row.cell("estimate"))
    none = MEASURES[measure].no_effect
    return (low, 1.0) if abs(number.value - none) <= number.unit / 2 else (low, high)
