"""The results that trim and fill adds to a funnel, as diagnostics hold them, and what is said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from liftproof.rows.result_rows import DiagnosticRow, EstimateRow
from liftproof.vocabulary.measures import MEASURES
from liftproof.words.numbers import estimate_text
from liftproof.words.text import counted

METHOD = "trim_and_fill_l0"
"""Its usual estimator of how many are missing, also metafor's."""
_LIMITS = ("pooled.estimate", "pooled.ci_low", "pooled.ci_high")


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledTrials:
    """``places``: effect on the natural scale and standard error of each result added.

    ``sentence``: how many were added, where, and what is pooled with them; empty where trim and
    fill does not apply.
    """

    places: tuple[tuple[float, float], ...] = ()
    sentence: str = ""


def filled_trials(row: EstimateRow, diagnostics: Sequence[DiagnosticRow]) -> FilledTrials:
    """Return what trim and fill adds to an analysis; ``diagnostics``: its rows."""
    values = {
        each.quantity: each.value
        for each in diagnostics
        if each.method == METHOD and each.value is not None
    }
    if "k0" not in values:
        return FilledTrials()
    natural = MEASURES[row.measure].natural
    places = tuple(
        (natural(values[f"filled_y[{place}]"]), values[f"filled_v[{place}]"] ** 0.5)
        for place in range(round(values["k0"]))
    )
    return FilledTrials(places=places, sentence=_sentence(row, values, len(places)))


def _sentence(row: EstimateRow, values: Mapping[str, float], many: int) -> str:
    """Say how many results are added.

    A side that is not the left one is the right one.
    """
    if not many:
        return "Trim and fill (L0) adds no result."
    natural = MEASURES[row.measure].natural
    pooled = estimate_text(*(natural(values[name]) for name in _LIMITS))
    side = "left" if "side_left" in values else "right"
    return (
        f"Trim and fill (L0) adds {counted(many, 'result')} on the {side}, which no trial "
        f"observed; the pooled effect with {'it' if many == 1 else 'them'}: {pooled}."
    )
