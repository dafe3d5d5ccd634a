"""What a trial would do: its rows, its effects and weights, estimates before and after."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from liftproof.adding.addition import Addition
from liftproof.analysis.entries import TrialEntries, trial_entries
from liftproof.analysis.estimates import PooledAnalysis, pool_analysis
from liftproof.reviews.checks.check_membership import nearest_membership
from liftproof.reviews.model.review import Review
from liftproof.reviews.model.settings import Analysis
from liftproof.rows.result_rows import EffectRow, EstimateRow, drawn_limits
from liftproof.words import numbers
from liftproof.words.entry_words import entry_line


def preview(addition: Addition) -> Iterator[str]:
    """Yield the lines of a preview."""
    yield from _rows(addition)
    entries = next(
        each for each in trial_entries(addition.after) if each.study.study == addition.entry.key
    )
    others = _other_methods(addition.after.settings.analyses)
    told = tuple(each for each in entries.memberships if each.analysis not in others)
    again = [name for name in entries.enters if name in others]
    entries = replace(entries, memberships=told)
    yield entry_line(entries)
    for analysis in entries.enters:
        yield from _in_analysis(addition, analysis)
    if again:
        yield f"not told again, the same rows by other methods: {', '.join(again)}"
    yield from _nowhere(entries)


def _other_methods(analyses: Sequence[Analysis]) -> Sequence[str]:
    """Return the analyses that pool the rows of one before them, as the same effects."""
    seen: list[Analysis] = []
    others = []
    for each in analyses:
        rows = replace(each, **{name: getattr(_PLAIN, name) for name in OF_METHOD})
        if rows in seen:
            others.append(each.id)
        seen.append(rows)
    return others


_PLAIN = Analysis(id="", title="", measure="RR")
OF_METHOD = (
    *("id", "title", "tau2", "interval", "prediction", "model", "subgroup", "multiverse"),
    *("baseline_risk", "population", "line"),
)
"""What of an analysis says how its effects are pooled and told, not which they are."""


def _rows(addition: Addition) -> Iterator[str]:
    entry = addition.entry
    yield f"studies.csv: {_cells(entry.study)}"
    yield f"outcomes.csv: {_cells(entry.outcome)}"
    source = entry.source
    place = ", ".join(part for part in (source.source, source.location) if part)
    yield f"provenance.csv: {len(entry.provenance)} numbers, {source.kind}: {place}"
    for file, names in addition.widened.items():
        yield f"{Path(file).name} gets the columns {', '.join(names)}, empty in the rows above"


def _cells(cells: Mapping[str, str]) -> str:
    return ", ".join(f"{name} {value}" for name, value in cells.items())


def _in_analysis(addition: Addition, name: str) -> Iterator[str]:
    """Yield the trial's effects in one analysis, and the estimate before and after."""
    after = _pooled(addition.after, name)
    for row in after.effects:
        if row.study == addition.entry.key:
            yield f"{name}: its {row.measure} is {_effect(row)}, weight {_weight(row)}"
    before = _pooled(addition.before, name).estimate
    yield f"{name}: {_estimate(before)} becomes {_estimate(after.estimate)}"


def _pooled(review: Review, name: str) -> PooledAnalysis:
    return pool_analysis(review, review.settings.analysis(name))


def _effect(row: EffectRow) -> str:
    return numbers.estimate_text(row.estimate, *drawn_limits(row))


def _weight(row: EffectRow) -> str:
    return (
        "not told by the model"
        if row.weight_percent is None
        else (numbers.percent(row.weight_percent, 1))
    )


def _estimate(row: EstimateRow) -> str:
    if not row.k:
        return "no estimate (k = 0)"
    return f"{numbers.estimate_text(row.estimate, row.ci_low, row.ci_high)} (k = {row.k})"


def _nowhere(entries: TrialEntries) -> Iterator[str]:
    """Yield what a trial that enters no analysis would need, nearest first."""
    if entries.enters or not entries.memberships:
        return
    near = nearest_membership(entries.memberships)
    yield f"the nearest analysis is {near.analysis}: {near.why}"
    cells = [
        f"--set {each.column}={each.wanted[0]}"
        for each in near.mismatches
        if not each.is_left_out and each.wanted
    ]
    if cells:
        yield f"to enter it: {' '.join(cells)}"
