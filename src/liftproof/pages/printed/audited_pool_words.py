"""How the pools of an audited plot were made, and how far the rounding of their rows goes."""

import re
from collections.abc import Iterator, Mapping, Sequence

from liftproof.analysis.audit.audited_pool import AuditedPool, method_name
from liftproof.analysis.audit.audited_review import line_of
from liftproof.analysis.audit.audited_trial import source_for
from liftproof.analysis.audit.interval_rules import LIMITS
from liftproof.analysis.audit.whole_audit import Audit
from liftproof.reviews.audited_table import AuditedRow
from liftproof.rows.audit_rows import FloorRow, WeightsRow
from liftproof.vocabulary.print_verdicts import VERDICTS
from liftproof.words.text import minus

DOUBLE_STOP = re.compile(r"\.\.(?=\s|$)")
"""Where a reason that is a sentence, or a label such as One et al., ends a sentence."""
FLOORS: Mapping[str, str] = {
    "within": "Rows that round to the printed ones give the printed pool ({method}).",
    "outside": "No rows that round to the printed ones give the printed {beyond} ({method}): their "
    "estimates lie between {low} and {high}.",
    "not_found": "A search of {searched} sets of rows that round to the printed ones found none "
    "that gives the printed pool ({method}); estimates {what} {low} to {high}.",
    "not_asked": "The rounding of the rows is not followed through {method}: only of estimates, "
    "counts and mean differences, pooled by inverse variance.",
}
WEIGHTS: Mapping[str, str] = {
    "equal": "equal weights",
    "participants": "participants",
    "printed_tau2": "inverse variance with the printed τ²",
}


def pool_sentences(audit: Audit) -> Iterator[str]:
    """Yield how pools were made, which methods give their weights, and how far rounding goes."""
    for pool in audit.numbers.pools:
        sentence = method_sentence(pool, is_given=_gives_effect(audit, pool))
        yield f"line {pool.row.line}, {pool.row.record.label}: {sentence}"
    for weights in audit.weights:
        yield f"line {weights.line}, {weights.label}: {weights_sentence(weights)}"
    for floor in audit.floors:
        yield f"line {floor.line}, {floor.label}: {floor_sentence(floor)}"


def floor_sentence(row: FloorRow) -> str:
    """Return what was found of the rounding of a pool's rows."""
    low, high = (
        "" if end is None else minus(f"{end:.4g}") for end in (row.estimate_low, row.estimate_high)
    )
    return FLOORS[row.finding].format(
        method=row.method,
        beyond=row.beyond,
        low=low,
        high=high,
        searched=row.searched,
        what="lie between" if row.is_proved == "yes" else "ranged from",
    )


def weights_sentence(row: WeightsRow) -> str:
    """Return which methods give the printed weights, else the nearest and where it misses."""
    if row.fits:
        names = ", ".join(WEIGHTS.get(name, name) for name in row.fits.split("; "))
        return f"The printed weights follow by {names}, of {row.tried} methods tried."
    nearest = WEIGHTS.get(row.nearest, row.nearest)
    lines = row.off.replace(";", ",")
    return (
        f"None of {row.tried} methods gives all printed weights. The nearest is {nearest}, off on "
        f"line {lines} (by up to {row.farthest:.2g} points)."
    )


def _gives_effect(audit: Audit, pool: AuditedPool) -> bool:
    """Say whether a pool as it was made gives its printed estimate and limits."""
    return all(
        VERDICTS[row.verdict].reproduces
        for row in audit.numbers.rows
        if line_of(row) == pool.row.line and row.quantity in LIMITS
    )


def method_sentence(pool: AuditedPool, *, is_given: bool) -> str:
    """Return by which method a pool was computed, and whether the paper states it.

    ``is_given``: whether it gives the printed estimate and limits.
    """
    analysis = pool.analysis
    name = method_name(analysis.model, analysis.tau2)
    if pool.pooled is None:
        return DOUBLE_STOP.sub(".", f"Not pooled: {pool.missing}.")
    if pool.is_stated:
        if is_given:
            return f"{_as_stated(pool)}."
        said = f"{_as_stated(pool)}: the rows do not give its estimate and limits so."
    else:
        nearest = "gives most of the prints, or comes nearest" if is_given else "comes nearest"
        said = (
            f"{_open(pool)}; {name} with {analysis.interval} limits {nearest}. {_looked_at(pool)}"
        )
        if is_given:
            return said
    if all(source_for(row, analysis.measure) == "counts" for row in pool.trials):
        said += (
            " Counts have no rounding: rows, prints or method are others than those that belong "
            "together."
        )
    return said


def _as_stated(pool: AuditedPool) -> str:
    """Return how a pool was made, and which part of that the table states."""
    analysis = pool.analysis
    name = method_name(analysis.model, analysis.tau2)
    if pool.row.record.interval:
        return f"Pooled by {name}, {analysis.interval} limits, as stated"
    return f"Pooled by {name}, as stated, with {analysis.interval} limits, as none are stated"


def _open(pool: AuditedPool) -> str:
    """Return what a table that names no whole method leaves open."""
    if pool.row.record.model:
        return "Inverse variance is stated without a τ² method"
    return "No method is stated"


def _looked_at(pool: AuditedPool) -> str:
    """Return which methods were tried, which of them give what is printed, and which cannot be."""
    pooled = [one for one in pool.tried if one.pooled is not None]
    absent = ", ".join(one.name for one in pool.tried if one.pooled is None)
    parts = (
        f"Tried with these rows: {', '.join(one.name for one in pooled)}",
        _giving(pool.row, [one.name for one in pooled if one.gives_effect]),
        f"{absent} cannot be tried" if absent else "",
    )
    return f"{'; '.join(filter(None, parts))}."


def _giving(row: AuditedRow, names: Sequence[str]) -> str:
    """Return which methods give estimate and limits, as far as they are printed."""
    shown = {"estimate" if name == "estimate" else "limits" for name in LIMITS if row.cell(name)}
    if not shown:
        return ""
    follow = "follows" if shown == {"estimate"} else "follow"
    return f"{' and '.join(sorted(shown))} {follow} by {', '.join(names) or 'none of them'}"
