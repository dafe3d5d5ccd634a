"""What a funnel plot shows and says: trials against their precision, contours of p, asymmetry."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, sqrt
from statistics import NormalDist

from liftproof.pages.diagnostics.filled_trials import FilledTrials, filled_trials
from liftproof.pages.forest.forest_cells import text_of
from liftproof.pages.forest.forest_view import sides
from liftproof.reviews.model.settings import Settings
from liftproof.rows.result_rows import DiagnosticRow, EffectRow, EstimateRow, drawn_limits
from liftproof.vocabulary.measures import MEASURES
from liftproof.words import numbers
from liftproof.words.axis import Axis, axis_for
from liftproof.words.marks import MARKS, own_marks
from liftproof.words.text import capital, counted, minus

CONTOURS = (0.1, 0.05, 0.01)
"""Two-sided p of no effect, as in the diagnostics; nothing here imports NumPy."""
ENOUGH = 10
"""Trials from which on asymmetry is tested (Cochrane Handbook 13.3.5.4)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FunnelPoint:
    """A trial: its effect on the natural scale, its standard error on that of the pool."""

    label: str
    estimate: float
    se: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FunnelView:
    """Everything drawn. ``contours``: p and the number of standard errors from ``none``, no effect.

    ``filled``: the results that trim and fill adds. ``largest_se``: where the vertical axis ends.
    ``asymmetry``: what is known of it, in sentences.
    """

    key: str
    row: EstimateRow
    title: str
    subtitle: str
    axis: Axis
    none: float
    effect_label: str
    points: tuple[FunnelPoint, ...]
    filled: FilledTrials
    contours: tuple[tuple[float, float], ...]
    largest_se: float
    asymmetry: str
    notes: tuple[str, ...]

    def at(self, standard_errors: float, se: float, middle: float | None = None) -> float:
        """Return the effect so many standard errors from ``middle``, else from none."""
        distance = standard_errors * se
        start = self.none if middle is None else middle
        return start * exp(distance) if self.axis.is_log else start + distance


def funnel_view(
    settings: Settings,
    row: EstimateRow,
    effects: Sequence[EffectRow],
    diagnostics: Sequence[DiagnosticRow],
) -> FunnelView:
    """Return the funnel of an analysis; ``effects`` and ``diagnostics``: its rows."""
    measure = MEASURES[row.measure]
    points = tuple(_point(effect) for effect in effects if effect.v and not effect.left_out)
    filled = filled_trials(row, diagnostics)
    left, right = sides(measure, *settings.favours(row.analysis))
    limits = [
        (effect.ci_low, effect.ci_high)
        for effect in effects
        if effect.ci_low is not None and effect.ci_high is not None
    ]
    return FunnelView(
        key=f"{row.review}-{row.analysis}-funnel",
        row=row,
        title=settings.title,
        subtitle=row.title,
        axis=axis_for(
            [*(point.estimate for point in points), *(effect for effect, _ in filled.places)],
            limits,
            [],
            measure,
            left=left,
            right=right,
        ),
        none=measure.no_effect,
        effect_label=f"{capital(measure.name)}{', log scale' if measure.is_log else ''}",
        points=points,
        filled=filled,
        contours=tuple((p, NormalDist().inv_cdf(1 - p / 2)) for p in CONTOURS),
        largest_se=1.1 * max(point.se for point in points),
        asymmetry=f"{_asymmetry(len(points), diagnostics)} {filled.sentence}".strip(),
        notes=tuple(
            f"{sign} rests on {kind} numbers."
            for kind, sign in MARKS
            if any(sign in point.label for point in points)
        ),
    )


def funnel_alt_text(view: FunnelView) -> str:
    """Return the alternative text: what is drawn, where the trials lie, what follows."""
    outside = sum(_is_beyond(view, point) for point in view.points)
    return (
        f"Funnel plot of {counted(len(view.points), 'result')}: {view.effect_label} against its "
        f"standard error. In {outside} of them p of no effect is below 0.05. {view.asymmetry}"
    )


def funnel_description(view: FunnelView) -> str:
    """Return the long description for screen readers: one sentence a trial."""
    return "\n".join(
        [funnel_alt_text(view), *(f"{point.text}." for point in view.points), *view.notes]
    )


def funnel_caption(view: FunnelView) -> str:
    """Return the caption: what is drawn, how to read it, what is known of asymmetry."""
    hollow = " Hollow: added by trim and fill." if view.filled.places else ""
    return (
        f"{view.subtitle}: one mark a result, precise ones above. Shades: p of no effect. Small "
        "studies that are missing where p is large speak for selective reporting; missing where p "
        f"is small, for something else. Dashed: the pooled effect, and where 95 of 100 results "
        f"would lie if all were of it.{hollow} {view.asymmetry} "
        f"{' '.join(view.notes)}"
    ).strip()


def _point(effect: EffectRow) -> FunnelPoint:
    label = f"{effect.label}{own_marks(effect)}"
    se = sqrt(effect.v or 0.0)
    shown = text_of(effect.measure, effect.estimate, *drawn_limits(effect))
    return FunnelPoint(
        label=label,
        estimate=effect.estimate or 0.0,
        se=se,
        text=minus(f"{label}: {shown}, standard error {numbers.effect(se)}"),
    )


def _is_beyond(view: FunnelView, point: FunnelPoint) -> bool:
    z = dict(view.contours)[0.05]
    return not view.at(-z, point.se) <= point.estimate <= view.at(z, point.se)


def _asymmetry(k: int, diagnostics: Sequence[DiagnosticRow]) -> str:
    """Say what Egger's test finds; of few results, that nothing can be told."""
    if k < ENOUGH:
        return f"Of {counted(k, 'result')}, fewer than {ENOUGH}, no test can tell asymmetry."
    found = [
        row.value for row in diagnostics if row.method == "egger" and row.quantity == "p_value"
    ]
    if not found or found[0] is None:
        return "Its asymmetry was not tested."
    return f"Egger's test of asymmetry: {numbers.p_value(found[0])}."
