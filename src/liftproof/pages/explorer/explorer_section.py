"""The section of the explorer: what the page's script needs to pool as the reader chooses."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from liftproof.analysis.explored import ExploredAnalysis, explored_analyses
from liftproof.pages.explorer.explored_map import explored_map
from liftproof.pages.explorer.explored_numbers import (
    EffectList,
    choice_options,
    packed_trials,
    shortest,
)
from liftproof.pages.explorer.explored_prints import explored_prints, verdict_rules
from liftproof.pages.inputs import ReviewInputs
from liftproof.rows.multiverse_rows import ChoiceRow, CurveRow
from liftproof.rows.result_rows import EstimateRow, ReproductionRow
from liftproof.vocabulary.estimators import ESTIMATORS
from liftproof.vocabulary.intervals import INTERVALS, IntervalRecord
from liftproof.vocabulary.levels import level_text
from liftproof.vocabulary.measures import MEASURES
from liftproof.vocabulary.models import INVERSE_VARIANCE, MODELS
from liftproof.vocabulary.predictions import PREDICTIONS, PredictionRecord
from liftproof.words import numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplorerSection:
    """The explorer of a review; ``data``: JSON for the page's script, safe within an element.

    ``not_offered``: titles of analyses whose results are not pooled from effects one by one.
    ``printed``: some analysis has printed numbers that follow from what is chosen.
    """

    key: str
    data: Markup
    not_offered: tuple[str, ...]
    printed: bool


def explorer_section(inputs: ReviewInputs) -> ExplorerSection | None:
    """Return the explorer of a review; None where no analysis can be turned over."""
    explored = tuple(explored_analyses(inputs.review))
    if not explored:
        return None
    offered = {each.analysis.id for each in explored}
    data = explorer_data(inputs, explored)
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return ExplorerSection(
        key=f"review-{inputs.review.name}-explorer-tool",
        data=Markup(text.replace("<", "\\u003c")),  # so that no text ends the element
        not_offered=tuple(
            each.title for each in inputs.review.settings.analyses if each.id not in offered
        ),
        printed=any(each["prints"] for each in data["analyses"]),
    )


def explorer_data(
    inputs: ReviewInputs, explored: tuple[ExploredAnalysis, ...]
) -> Mapping[str, Any]:
    """Return all that the script pools and shows: analyses, effects, methods, rules of verdicts."""
    effects = EffectList()
    estimates = {row.analysis: row for row in inputs.rows(EstimateRow)}
    return {
        "analyses": [
            _analysis(inputs, each, effects, estimates.get(each.analysis.id)) for each in explored
        ],
        "effects": shortest(effects.numbers),
        "estimators": [[code, record.name] for code, record in ESTIMATORS.items()],
        "intervals": [_method(record) for record in INTERVALS.values()],
        "predictions": [
            [*_method(record), record.fewest_trials] for record in PREDICTIONS.values()
        ],
        **verdict_rules(),
    }


def _method(record: IntervalRecord | PredictionRecord) -> list[Any]:
    """Return code, name, and the estimators of τ² that it is derived for, none for any."""
    return [record.code, record.name, list(record.tau2)]


def _analysis(
    inputs: ReviewInputs,
    explored: ExploredAnalysis,
    effects: EffectList,
    estimate: EstimateRow | None,
) -> dict[str, Any]:
    analysis, specification = explored.analysis, explored.specification
    measure = MEASURES[analysis.measure]
    return {
        "id": analysis.id,
        "title": analysis.title,
        "measure": measure.name,
        "isLog": measure.is_log,
        "level": specification.level,
        "levelText": numbers.level(specification.level),
        "sides": list(inputs.review.settings.favours(analysis.id)),
        "settled": {
            "tau2": specification.tau2,
            "interval": specification.interval,
            "prediction": specification.prediction,
        },
        "otherModel": _other_model(specification.model, specification.level, estimate),
        "choices": choice_options(explored),
        "map": explored_map(
            explored,
            [row for row in inputs.rows(ChoiceRow) if row.analysis == analysis.id],
            [row for row in inputs.rows(CurveRow) if row.analysis == analysis.id],
        ),
        "trials": packed_trials(explored, effects, inputs.review.settings),
        "prints": explored_prints(
            inputs.review, inputs.rows(ReproductionRow), analysis.id, analysis.measure
        ),
    }


def _other_model(model: str, level: float, estimate: EstimateRow | None) -> str:
    """Say of an analysis with another model what it is and gives; empty for inverse variance."""
    if model == INVERSE_VARIANCE:
        return ""
    gives = ""
    if estimate is not None:
        limits = (estimate.estimate, estimate.ci_low, estimate.ci_high)
        gives = f", which gives {numbers.estimate_text(*limits)}, {level_text(level)} limits"
    return f"{MODELS[model].name}{gives}"
