"""Verdicts on printed numbers, as readers see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log10

from liftproof.reviews.model.printed_number import printed_number
from liftproof.rows.result_rows import ReproductionRow, counted_here
from liftproof.vocabulary.print_verdicts import VERDICTS
from liftproof.vocabulary.quantities import QUANTITIES
from liftproof.words import numbers
from liftproof.words.marks import UNVERIFIED
from liftproof.words.names import review_called
from liftproof.words.text import counted, minus

REPRISE = {
    "": "does not apply",
    "within_10_percent": f"within {numbers.percent(10)}",
    "beyond_10_percent": f"beyond {numbers.percent(10)}",
    "meaningful_change": "meaningful change",
}

_INTERVALS = (
    ("estimate", "ci_low", "ci_high", "estimate (limits)"),
    ("reduction", "reduction_low", "reduction_high", "reduction (limits), %"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedResult:
    """A printed result beside the computed one: an estimate with its limits, or one number.

    ``verdict`` is the worst of its numbers; ``rows`` are they. ``see``: what holds it, of a print
    that another review holds.
    """

    name: str
    quantity: str
    printed: str
    computed: str
    verdict: str
    rows: tuple[ReproductionRow, ...]
    see: str = ""


def verdict_text(verdict: str) -> str:
    """Return "✓ reproduced".

    >>> verdict_text("same_conclusion")
    '~ same conclusion'
    """
    return f"{VERDICTS[verdict].symbol} {VERDICTS[verdict].name}"


def row_verdict(verdict: str, see: str) -> str:
    """Return the verdict of a row, with the review that it comes from where it is another's.

    >>> row_verdict("close", "lauersen2018/main")
    '≈ close, in the report “Lauersen 2018”'
    """
    return verdict_text(verdict) + (f", in {report_of(see)}" if see else "")


def report_of(see: str) -> str:
    """Return what the report that holds a print is called.

    >>> report_of("nordic/ripley2021_main")
    'the report “Nordic”'
    """
    return f"the report “{review_called(see.partition('/')[0])}”"


UNSEEN = f"{UNVERIFIED} seen in no source, or computed from a trial with such a number"
"""What the mark beside a printed or a computed number means."""


def printed_text(row: ReproductionRow) -> str:
    """Return the number as printed, marked where it is itself unverified."""
    return minus(row.printed) + UNVERIFIED * (row.kind == "unverified")


def computed_text(row: ReproductionRow) -> str:
    """Return the computed number, marked where it rests on an unverified one.

    It is shown with one digit more than was printed; counts as they are.
    """
    if row.computed is None:
        return "—"
    return _rounded(row, row.computed) + UNVERIFIED * (row.unverified == "yes")


def _rounded(row: ReproductionRow, computed: float) -> str:
    printed = printed_number(row.printed)
    if printed is None:
        return minus(numbers.effect(computed))
    if QUANTITIES[row.quantity].counts:
        return numbers.decimal(computed, 0)
    digits = max(0, 1 - round(log10(printed.unit)))
    smallest = 10.0**-digits
    if QUANTITIES[row.quantity].is_p and computed < smallest:
        return f"<{smallest:.{digits}f}"
    return minus(numbers.decimal(computed, digits))


def printed_results(rows: Sequence[ReproductionRow]) -> tuple[PrintedResult, ...]:
    """Gather the numbers of each printed result: an estimate and its limits stand together."""
    targets: dict[tuple[str, str], list[ReproductionRow]] = {}
    for row in rows:
        targets.setdefault((row.review, row.target), []).append(row)
    return tuple(result for members in targets.values() for result in _printed_results(members))


def verdict_tally(rows: Sequence[ReproductionRow]) -> str:
    """Return how many numbers were printed and how many got each verdict, in words.

    Prints that another review holds are counted there.
    """
    own = counted_here(rows)
    counts = [(sum(row.verdict == code for row in own), code) for code in VERDICTS]
    parts = [f"{count} {VERDICTS[code].name}" for count, code in counts if count]
    elsewhere = held_in_words(len(rows) - len(own))
    if not parts:
        nothing = "The review's printed numbers are not recorded, so nothing could be compared."
        return elsewhere or nothing
    tally = f"{counted(len(own), 'printed number')} compared: {', '.join(parts)}."
    return f"{tally} {elsewhere}".strip()


def held_in_words(count: int) -> str:
    """Say how many prints another review holds; nothing where there is none.

    >>> held_in_words(1)
    '1 more print is held by another review, and counted there.'
    """
    if not count:
        return ""
    verb = "is" if count == 1 else "are"
    return f"{counted(count, 'more print')} {verb} held by another review, and counted there."


def complaints(rows: Sequence[ReproductionRow]) -> tuple[str, ...]:
    """Return what the review owes its readers: explanations missing, or no longer needed."""
    return tuple(
        _COMPLAINTS[row.explanation].format(
            where=f"{described(row)}, {QUANTITIES[row.quantity].name}",
            printed=row.printed,
            computed=computed_text(row),
            verdict=VERDICTS[row.verdict].name,
        )
        for row in rows
        if row.explanation in _COMPLAINTS
    )


_COMPLAINTS = {
    "missing": "{where}: printed {printed}, computed {computed}, {verdict}, and no explanation.",
    "unnecessary": "{where}: printed {printed}, computed {computed}, {verdict}: the explanation "
    "that stands in published.csv is no longer needed.",
}


def _printed_results(members: Sequence[ReproductionRow]) -> list[PrintedResult]:
    by_quantity = {row.quantity: row for row in members}
    found = []
    for centre, low, high, quantity in _INTERVALS:
        limits = [by_quantity[name] for name in (low, high) if name in by_quantity]
        if centre in by_quantity:
            found.append(
                _printed_result((by_quantity.pop(centre), *limits), quantity if limits else "")
            )
            by_quantity = {name: row for name, row in by_quantity.items() if row not in limits}
    return found + [_printed_result((row,), "") for row in by_quantity.values()]


def _printed_result(rows: tuple[ReproductionRow, ...], quantity: str) -> PrintedResult:
    order = list(VERDICTS)
    return PrintedResult(
        name=described(rows[0]),
        quantity=quantity or QUANTITIES[rows[0].quantity].name,
        printed=_with_limits([printed_text(row) for row in rows]),
        computed=_with_limits([computed_text(row) for row in rows]),
        verdict=max((row.verdict for row in rows), key=order.index),
        rows=rows,
        see=rows[0].see,
    )


def _with_limits(texts: Sequence[str]) -> str:
    """Return "0.338 (0.238 to 0.480)", a mark of any at the end; one dash for nothing computed."""
    if len(texts) == 1 or set(texts) == {"—"}:
        return texts[0]
    first, *limits = (text.removesuffix(UNVERIFIED) for text in texts)
    mark = UNVERIFIED * any(text.endswith(UNVERIFIED) for text in texts)
    return f"{first} ({' to '.join(limits)}){mark}"


def described(row: ReproductionRow) -> str:
    """Return what the review printed, in words, or its key where there are none."""
    return row.description or row.target.replace("_", " ")
