"""The rows of ``data.csv``: what the figure of a kit draws, in full precision."""

from collections.abc import Iterator

from liftproof.blog.kit_facts import KitFacts
from liftproof.pages.forest.forest_labels import labelled_apart
from liftproof.pages.forest.forest_rows import SMALLEST_POOL
from liftproof.rows.drawn_rows import DrawnRow
from liftproof.rows.result_rows import EffectRow, EstimateRow, drawn_limits


def drawn_rows(facts: KitFacts) -> Iterator[DrawnRow]:
    """Yield the trials, the subgroups, the pool and the prediction interval, as far as drawn."""
    yield from (_trial(row) for row in labelled_apart(facts.effects, facts.review.settings.named))
    for group in facts.subgroups:
        if group.k >= SMALLEST_POOL:
            name = facts.review.settings.named(group.subgroup)
            yield _pool(group, "subgroup", f"Subtotal {name}", group.subgroup)
    pooled = facts.view.pooled
    if pooled is None:
        return
    yield _pool(facts.estimate, "pooled", pooled.label)
    for row in facts.view.rows:
        if row.kind == "prediction":
            yield DrawnRow(
                kind="prediction",
                label=row.label,
                measure=facts.estimate.measure,
                ci_low=facts.estimate.pi_low,
                ci_high=facts.estimate.pi_high,
                unverified=facts.estimate.unverified,
                reconstructed=facts.estimate.reconstructed,
            )


def _trial(row: EffectRow) -> DrawnRow:
    low, high = drawn_limits(row)
    return DrawnRow(
        kind="trial",
        label=row.label,
        subgroup=row.subgroup,
        measure=row.measure,
        estimate=row.estimate,
        ci_low=low,
        ci_high=high,
        weight_percent=row.weight_percent,
        events_intervention=row.events_intervention,
        n_intervention=row.n_intervention,
        events_control=row.events_control,
        n_control=row.n_control,
        events=row.events,
        n=row.n,
        person_time=row.person_time,
        unverified=row.unverified,
        reconstructed=row.reconstructed,
    )


def _pool(row: EstimateRow, kind: str, label: str, subgroup: str = "") -> DrawnRow:
    return DrawnRow(
        kind=kind,
        label=label,
        subgroup=subgroup,
        measure=row.measure,
        estimate=row.estimate,
        ci_low=row.ci_low,
        ci_high=row.ci_high,
        unverified=row.unverified,
        reconstructed=row.reconstructed,
    )
