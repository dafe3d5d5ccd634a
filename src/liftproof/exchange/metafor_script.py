"""R scripts in which metafor pools each analysis by the same methods, and says where it differs.

One goes beside an exported table, one beside the results of a review. They differ in where the
trials and our numbers are read, and in nothing else.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files

from liftproof.analysis.specification import Specification
from liftproof.rows.result_rows import EstimateRow
from liftproof.vocabulary.estimators import ESTIMATORS
from liftproof.vocabulary.intervals import INTERVALS
from liftproof.vocabulary.measures import MEASURES
from liftproof.vocabulary.models import INVERSE_VARIANCE, THREE_LEVEL

KNOWN_TAU2 = ("FE", "DL", "HE", "HS", "HSk", "SJ", "ML", "REML", "EB", "PM", "PMM", "DLIT", "SJIT")
"""Estimators that metafor finds from effects and variances alone."""
IN_ONE_STEP = ("FE", "DL", "HE", "HS", "HSk", "SJ")
"""Those that need no search."""
OF_TESTS = ("wald", "t", "hksj", "hksj_adhoc")
"""Intervals that metafor has."""
LEAST = 2
"""Trials without which nothing is pooled."""

_FROM_OTHERS = {
    "hksj_hybrid": ("knha", "if (width(fit) < width({z})) fit <- {z}\n"),
    "hksj_iqwig": ("knha", "if (width(fit) < width({dl})) fit <- {t}\n"),
}
"""Intervals that follow from several of metafor's: the first fit, and what may take its place."""
_AS_THE_LIMITS = "sqrt(fit$tau2 + fit$se[1]^2)"
_BY_WEIGHTS = "sqrt(fit$tau2 + of_weights(fit)^2)"
_BY_KNHA = "sqrt(fit$tau2 + {knha}$se[1]^2)"
_PREDICTIONS = {
    "riley": (_AS_THE_LIMITS, "fit$k - 2"),
    "t": (_AS_THE_LIMITS, "fit$k - 1"),
    "simple": ("sqrt(fit$tau2)", "Inf"),
    "HTS": (_BY_WEIGHTS, "fit$k - 2"),
    "V": (_BY_WEIGHTS, "fit$k - 1"),
    "S": (_BY_WEIGHTS, "Inf"),
    "HK": (_BY_KNHA, "fit$k - 1"),
    "HK-PR": (_BY_KNHA, "fit$k - 2"),
}
"""By convention, the standard deviation and the degrees of freedom, in R."""
_OF_METAFOR = "with(predict(fit), c(pi.lb, pi.ub))"
_NONE = "NULL"
_NO_PREDICTION = "# metafor has no prediction interval {prediction}: its limits are not compared.\n"

HEAD = """\
# Pools {what} again by metafor, and holds its numbers against those of Liftproof.
# Needs the R package metafor. Run it in its folder: Rscript {script}
# It prints both numbers of each quantity, and ends with an error where they differ.
library(metafor)

"""
_ONE_LEVEL = (
    'rma(yi, vi, data = {trials}, method = "{method}", test = "{test}", level = {level}{control})'
)
_THREE_LEVELS = """\
likeliest(function(sigma2) rma.mv(
  yi, vi, random = ~ 1 | study/row, data = {trials}, sigma2 = sigma2,
  method = "{method}", test = "{test}", level = {level}, control = precise_too
))"""
_FIT = """\
{note}fit <- {call}
{instead}compare("{analysis}", fit, {natural}, {prediction})
"""
_GROUPS = """\
for (group in groups_of("{analysis}")) {{
{lines}}}
"""
_OF_GROUP = ", group)\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptedPool:
    """What a script says of an analysis: its choices and its row; whether its groups are pooled."""

    asked: Specification
    row: EstimateRow
    has_groups: bool = False


NATURAL = {
    "none": "identity",
    "log": "exp",
    "logit": "plogis",
    "probit": "pnorm",
    "arcsine": "function(x) sin(pmin(pmax(x, 0), pi / 2))^2",
    "root": "function(x) pmax(x, 0)^2",
    "fisher_z": "tanh",
}
"""By code of ``scales.SCALES``, the way back to the natural scale in R."""


def script_of(pools: Iterable[ScriptedPool], head: str) -> str:
    """Return a script for the analyses that it can pool, a comment for the others.

    ``head``: R code that gives ``trials(analysis, group)``, a data frame with ``yi``, ``vi``,
    ``study`` and ``row``; ``estimates``, with our numbers; and, where a pool has groups,
    ``groups_of(analysis)``.
    """
    return "".join(
        [head, "\n", _code("metafor_compare.R"), *_parts(pools), _code("metafor_verdict.R")]
    )


def _parts(pools: Iterable[ScriptedPool]) -> Iterator[str]:
    for pool in pools:
        yield f"\n# {' '.join(pool.row.title.split())}\n"
        reason = why_not_in_script(pool.asked, pool.row.k)
        yield f"# Not pooled here: {reason}.\n" if reason else _fits(pool)


def why_not_in_script(asked: Specification, k: int) -> str:
    """Return why metafor cannot be asked for a pool of ``k`` trials; empty where it can."""
    if k < LEAST:
        return "fewer than two trials have an effect"
    if asked.model not in (INVERSE_VARIANCE, THREE_LEVEL):
        return f"the script does not know the model {asked.model}"
    if asked.tau2 not in KNOWN_TAU2:
        return f"the script does not know the estimator {asked.tau2}"
    if asked.interval not in (*OF_TESTS, *_FROM_OTHERS):
        return f"the script does not know the interval {asked.interval}"
    return ""


def _fits(pool: ScriptedPool) -> str:
    """Return the fit of an analysis, and that of each of its groups where it has any."""
    analysis = pool.row.analysis
    whole = _fit(pool, f'trials("{analysis}")')
    if not pool.has_groups:
        return whole
    fit = _fit(pool, f'trials("{analysis}", group)').removesuffix(")\n") + _OF_GROUP
    lines = "".join(f"  {line}\n" for line in fit.splitlines())
    return whole + _GROUPS.format(analysis=analysis, lines=lines)


def _fit(pool: ScriptedPool, trials: str) -> str:
    asked = pool.asked
    test, instead = _FROM_OTHERS.get(asked.interval, (_test_of(asked.interval), ""))
    others = {
        "z": _call(asked, trials, "z"),
        "t": _call(asked, trials, "t"),
        "knha": _call(asked, trials, "knha"),
        "dl": _call(asked, trials, "z", method="DL"),
    }
    return _FIT.format(
        note=_note_on(pool.row.prediction),
        call=_call(asked, trials, test),
        instead=instead.format(**others),
        analysis=pool.row.analysis,
        natural=NATURAL[MEASURES[asked.measure].scale],
        prediction=_prediction(pool).format(**others),
    )


def _test_of(interval: str) -> str:
    return INTERVALS[interval].metafor or interval


def _call(asked: Specification, trials: str, test: str, method: str = "") -> str:
    is_search = asked.tau2 not in IN_ONE_STEP
    return (_THREE_LEVELS if asked.model == THREE_LEVEL else _ONE_LEVEL).format(
        trials=trials,
        method=method or ESTIMATORS[asked.tau2].metafor or asked.tau2,
        test=test,
        level=f"{100 * asked.level:g}",
        control=", control = precise" if is_search and not method else "",
    )


def _note_on(prediction: str) -> str:
    """Return a comment where metafor has no such prediction interval; empty where it has."""
    known = ("", "metafor", THREE_LEVEL, *_PREDICTIONS)
    return "" if prediction in known else _NO_PREDICTION.format(prediction=prediction)


def _prediction(pool: ScriptedPool) -> str:
    """Return the prediction limits in R: metafor's own, those of a formula, or none."""
    if pool.row.prediction in ("metafor", THREE_LEVEL):
        return _OF_METAFOR
    if pool.row.prediction not in _PREDICTIONS:
        return _NONE
    sd, df = _PREDICTIONS[pool.row.prediction]
    return f"around(fit, {sd}, {df})"


def _code(name: str) -> str:
    return files("liftproof.exchange").joinpath(name).read_text(encoding="utf-8")
