"""The extractions of each trial that could stand in an analysis, the settled one first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from liftproof.analysis.trial_data import own_measure
from liftproof.reviews.model.choice import (
    Chosen,
    chosen,
    group_of,
    same,
    selected,
    value_of,
    variant_of,
)
from liftproof.reviews.model.effect_sources import complete_groups, is_complete, source_in
from liftproof.reviews.model.review import Review
from liftproof.reviews.model.review_tables import PRIMARY, Outcome, Study
from liftproof.reviews.model.settings import Analysis
from liftproof.vocabulary.measures import STAND_INS, taken_for

RATIOS = taken_for("RR")
"""Ratios of how often something happens, which can be taken for one another."""
DOUBTFUL = {"inclusion_status": ("doubtful", "candidate_weak")}
"""Rows that may as well be left out, where the review does not say which."""
LEFT_OUT = "left out"


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """One way to read a trial's results: ``label`` for readers, and the rows with what is used.

    ``sources``: for each row the group of columns that its effect is computed from. No row: the
    trial is left out.
    """

    label: str
    rows: tuple[Outcome, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Readings:
    """A trial, and every extraction of it that could be used; the settled one comes first."""

    study: Study
    extractions: tuple[Extraction, ...]


def readings(review: Review, analysis: Analysis) -> tuple[Readings, ...]:
    """Return the trials of an analysis with their extractions, in the order of the tables.

    A trial whose settled row awaits data is left out or read by a complete variant. An extraction
    must give every result (outcome and arm) that the settled one gives.
    """
    let_in = selected(analysis, review.studies, review.outcomes)
    found = (
        Readings(study=study, extractions=tuple(_extractions(analysis, study, list(rows))))
        for study, rows in groupby(let_in, key=lambda pair: pair[0])
    )
    return tuple(each for each in found if any(one.rows for one in each.extractions))


def _extractions(analysis: Analysis, study: Study, rows: Sequence[Chosen]) -> Iterator[Extraction]:
    settled = _complete(analysis, rows)
    needed = {group_of(row) for row in settled}
    if not settled:
        yield Extraction(label=LEFT_OUT)
    offered: list[Extraction] = []
    for variant in _variants(analysis, study, rows):
        own = replace(analysis, variants={**analysis.variants, study.study: variant})
        read = _complete(own, rows)
        if read and needed <= {group_of(row) for row in read}:
            offered += _by_source(analysis, variant, read)
    yield from sorted(
        offered, key=lambda each: each.label.endswith(tuple(STAND_INS))
    )  # stable: variants first
    if settled:
        yield from _without_doubtful(analysis, study, settled)


def _complete(analysis: Analysis, rows: Sequence[Chosen]) -> tuple[Outcome, ...]:
    studies = list(dict.fromkeys(study.study for study, _ in rows))
    of_study = [study for study, _ in rows if study.study in studies][:1]
    read = chosen(analysis, of_study, [row for _, row in rows])
    return tuple(row for _, row in read if is_complete(row))


def _variants(analysis: Analysis, study: Study, rows: Sequence[Chosen]) -> Iterator[str]:
    """Yield the names of a trial's variants, that of the settled analysis first."""
    present = dict.fromkeys(variant_of(row) for _, row in rows)
    named = analysis.variants.get(study.study, PRIMARY)
    settled = named if named in present else PRIMARY
    wanted = analysis.multiverse.variants.get(study.study, tuple(present))
    yield settled
    yield from (name for name in present if name in wanted and name != settled)


def _by_source(analysis: Analysis, variant: str, rows: tuple[Outcome, ...]) -> Iterator[Extraction]:
    """Yield the variant as it is preferred, then from raw numbers that stand beside an estimate."""
    usual = [_preferred(analysis, row) for row in rows]
    if all(usual):
        yield _extraction(analysis, variant, rows, tuple(usual))
    for source in STAND_INS if analysis.measure in RATIOS else ():
        if any(each != source for each in usual) and all(
            source in complete_groups(row) for row in rows
        ):
            yield _extraction(analysis, f"{variant}, {source}", rows, (source,) * len(rows))


def _preferred(analysis: Analysis, row: Outcome) -> str:
    """Return what a row's effect is computed from, raw numbers of another ratio last; or ""."""
    source = source_in(row, analysis)
    if source or analysis.measure not in RATIOS:
        return source
    return next((each for each in STAND_INS if each in complete_groups(row)), "")


def _extraction(
    analysis: Analysis, label: str, rows: tuple[Outcome, ...], sources: tuple[str, ...]
) -> Extraction:
    pairs = zip(rows, sources, strict=True)
    measures = dict.fromkeys(own_measure(row, source, analysis.measure) for row, source in pairs)
    others = " and ".join(code for code in measures if code not in (analysis.measure, "GEN"))
    taken = f" ({others} taken as {analysis.measure})" if others else ""
    return Extraction(label=f"{label}{taken}", rows=rows, sources=sources)


def _without_doubtful(
    analysis: Analysis, study: Study, settled: tuple[Outcome, ...]
) -> Iterator[Extraction]:
    """Yield the settled extraction without its doubtful rows, where it has any."""
    wanted = analysis.multiverse.doubtful
    columns = DOUBTFUL if wanted is None else wanted
    kept = tuple(row for row in settled if not _is_doubtful(columns, study, row))
    if len(kept) < len(settled):
        label = f"without {len(settled) - len(kept)} of {len(settled)} results"
        sources = tuple(_preferred(analysis, row) for row in kept)
        yield Extraction(label=label if kept else LEFT_OUT, rows=kept, sources=sources)


def _is_doubtful(columns: Any, study: Study, row: Outcome) -> bool:
    return any(
        same(value, value_of(column, study, row))
        for column, values in columns.items()
        for value in values
    )
