"""How trials are pooled: by inverse variance, several results a trial, or from their counts."""

from dataclasses import dataclass

from liftproof.vocabulary.plausibility import COMMON, DEFAULT
from liftproof.vocabulary.record import Record, by_code

INVERSE_VARIANCE = "IV"
THREE_LEVEL = "three-level"


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelRecord(Record):
    """One model of pooling; ``name``: the estimator or the pooled line of a figure is called so.

    ``source``: where it comes from, as the Methods text has it in brackets, with citations in
    braces. ``departure``: completes "the printed number follows with ...". ``measures``: that a
    model of counts estimates; empty for models of effects, which take any. ``why``: why it
    estimates no other. ``estimators``, ``intervals``: the only ones that it takes, empty for any.
    ``is_of_counts``: fitted to the trials' counts, with Wald's interval and no prediction.
    ``is_generalised``: one of the generalised linear mixed models, which differ in their trial
    effects or conditioning alone. ``is_common_effect``: one true effect for all trials.
    ``takes_empty_trials``: whether a trial without events tells it something. ``takes_parts``:
    whether counts may be fractions, as the parts of a divided arm are. ``i2``: what I² is made
    from, ``tau2``, ``q`` or nothing.
    """

    source: str = ""
    departure: str = ""
    measures: tuple[str, ...] = ()
    why: str = ""
    estimators: tuple[str, ...] = ()
    intervals: tuple[str, ...] = ()
    is_of_counts: bool = False
    is_generalised: bool = False
    is_common_effect: bool = False
    takes_empty_trials: bool = False
    takes_parts: bool = False
    i2: str = "tau2"


_LINKS = "the model's links are logit and log"

MODELS = by_code(
    ModelRecord(
        code=INVERSE_VARIANCE,
        plausibility=COMMON,
        name="inverse variance",
        departure="pooling by inverse variance",
        is_departure=True,
    ),
    ModelRecord(
        code=THREE_LEVEL,
        name="three-level random effects",
        source="{konstantopoulos2011}",
        estimators=("REML", "ML"),
        intervals=("wald", "t"),
    ),
    ModelRecord(
        code="MH",
        plausibility=DEFAULT,
        name="Mantel-Haenszel",
        source="MH in metafor, {viechtbauer2010}",
        departure="the Mantel-Haenszel method",
        measures=("OR", "RR", "RD", "IRR", "IRD"),
        why="Mantel-Haenszel pools counts or rates of two arms",
        is_of_counts=True,
        is_common_effect=True,
        takes_parts=True,
        i2="q",
        is_departure=True,
    ),
    ModelRecord(
        code="Peto",
        name="Peto",
        source="Peto in metafor, {viechtbauer2010}",
        departure="Peto's method",
        measures=("OR",),
        why="Peto's method is a step towards the odds ratio of two arms' counts",
        is_of_counts=True,
        is_common_effect=True,
        takes_parts=True,
        i2="q",
        is_departure=True,
    ),
    ModelRecord(
        code="UM.FS",
        name="generalised linear mixed model, fixed trial effects",
        source="UM.FS in metafor, {viechtbauer2010}",
        measures=("OR", "IRR"),
        why=_LINKS,
        is_of_counts=True,
        is_generalised=True,
    ),
    ModelRecord(
        code="UM.RS",
        name="generalised linear mixed model, random trial effects",
        source="UM.RS in metafor, {viechtbauer2010}",
        measures=("OR", "IRR"),
        why=_LINKS,
        is_of_counts=True,
        is_generalised=True,
        takes_empty_trials=True,
    ),
    ModelRecord(
        code="CM.EL",
        name="conditional mixed model, exact likelihood",
        source="CM.EL in metafor, {viechtbauer2010}",
        measures=("OR", "IRR"),
        why="conditioning on a trial's events leaves only the odds ratio or the rate ratio",
        is_of_counts=True,
        is_generalised=True,
    ),
    ModelRecord(
        code="CM.AL",
        name="conditional mixed model, approximate likelihood",
        source="CM.AL in metafor, {viechtbauer2010}",
        measures=("OR",),
        why="it approximates the conditional odds ratio; for rates CM.EL is exact",
        is_of_counts=True,
        is_generalised=True,
    ),
    ModelRecord(
        code="beta-binomial",
        name="beta-binomial model",
        source="one correlation for all trials and arms, fitted by maximum likelihood",
        measures=("OR", "RR", "RD"),
        why="the model is of participants with an event in two arms",
        is_of_counts=True,
        is_common_effect=True,
        takes_empty_trials=True,
        i2="",
    ),
)
GENERALISED = tuple(code for code, model in MODELS.items() if model.is_generalised)
"""Generalised linear mixed models."""
COUNT_MODELS = tuple(code for code, model in MODELS.items() if model.is_of_counts)
"""Models that are fitted to counts, by ways of their own."""
NOT_ONE_MODEL = {
    "GLMM": "GLMM stands for several models: write "
    f"{', '.join(GENERALISED[:-1])} or {GENERALISED[-1]}."
}
"""Names of metafor's that a review cannot use, and why."""
