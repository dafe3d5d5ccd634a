"""Mixed models of counts, from the columns of a table to a fit; counts (k,), moderators (k, p)."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from liftproof.errors import InputError
from liftproof.statistics.checks import Array, choose, floats
from liftproof.statistics.effects.checked_arms import whole_rates_of, whole_table_of
from liftproof.statistics.effects.counts import log_odds_ratios
from liftproof.statistics.effects.effect import Effects
from liftproof.statistics.effects.rates import log_rate_ratios
from liftproof.statistics.effects.two_arm_tables import FOR_EFFECTS, Rates, Table
from liftproof.statistics.moderators import independent_columns, moderators
from liftproof.statistics.sparse.families import Binomial, Poisson
from liftproof.statistics.sparse.glmm_fit import Fitted, fit_model
from liftproof.statistics.sparse.glmm_models import (
    FROM_RATES,
    FROM_TABLES,
    RANDOM_STUDIES,
    one_column,
    own_binomial,
    require_bounded,
    require_events,
)
from liftproof.statistics.sparse.glmm_options import Options

ONE_EFFECT, TWO_EFFECTS, EXACT = 7, 1, 15
"""Nodes of the quadrature for one random effect and for two, as in metafor; and for CM.EL from
2x2 tables, where metafor integrates adaptively."""
ONE_GROUP = "one group"
"""What the model of one group's counts is called: there is only one."""


def odds_ratio_fit(
    arms: Sequence[ArrayLike], options: Options, *, drop00: bool, x: Array | None = None
) -> Fitted:
    """Fit a binomial-normal model to events and participants of two arms. Raises InputError."""
    build = choose(FROM_TABLES, options.model, "model for odds ratios")
    whole = whole_table_of(*arms)
    nobody, everybody = whole.events == 0, whole.b + whole.d == 0
    used = _used(_one_dimension(whole.a), nobody | everybody, options, drop00=drop00)
    table = Table(
        a=whole.a[used], b=whole.b[used], c=whole.c[used], d=whole.d[used], kept=whole.kept[used]
    )
    require_bounded(table, options.model)
    columns, back = _scaled(x, used)
    default = EXACT if options.model == "CM.EL" else _metafor_nodes(options)
    setup = build(table, options.terms(columns, default))
    fit = fit_model("OR", options, setup, log_odds_ratios(table.treated(FOR_EFFECTS)))
    return _of_raw_columns(fit, back)


def rate_ratio_fit(
    arms: Sequence[ArrayLike], options: Options, *, drop00: bool, x: Array | None = None
) -> Fitted:
    """Fit a Poisson-normal model to events and person-time of two arms. Raises InputError."""
    build = choose(FROM_RATES, options.model, "model for rate ratios")
    whole = whole_rates_of(*arms)
    used = _used(_one_dimension(whole.x1), whole.events == 0, options, drop00=drop00)
    rates = Rates(
        x1=whole.x1[used],
        t1=whole.t1[used],
        x2=whole.x2[used],
        t2=whole.t2[used],
        kept=whole.kept[used],
    )
    require_events(rates)
    columns, back = _scaled(x, used)
    setup = build(rates, options.terms(columns, _metafor_nodes(options)))
    fit = fit_model("IRR", options, setup, log_rate_ratios(rates.treated(FOR_EFFECTS)))
    return _of_raw_columns(fit, back)


def log_odds_fit(
    events: ArrayLike, n: ArrayLike, options: Options, x: Array | None = None
) -> Fitted:
    """Fit a binomial-normal model to events and participants of one group. Raises InputError."""
    column = whole_table_of(events, n, np.zeros_like(floats("Events", events)), 1.0)
    a, b = _one_dimension(column.a), column.b
    for count, what in ((a, "has"), (b, "is free of")):
        if not count.sum() > 0:
            raise InputError(f"The log odds have no finite estimate: nobody {what} an event.")
    family = Binomial(events=a[:, None], n=(a + b)[:, None], offset=np.zeros((1, 1)))
    start = float(np.log(a.sum() / b.sum()))
    columns, back = _scaled(x, np.ones(a.shape, dtype=np.bool_))
    setup = one_column(family, own_binomial(family), start, options.terms(columns, ONE_EFFECT))
    add = np.where((a == 0) | (b == 0), FOR_EFFECTS.add, 0.0)
    fit = fit_model("PLO", options, setup, _with_variances(1 / (a + add) + 1 / (b + add)))
    return _of_raw_columns(fit, back)


def log_rate_fit(
    events: ArrayLike, person_time: ArrayLike, options: Options, x: Array | None = None
) -> Fitted:
    """Fit a Poisson-normal model to events and person-time of one group. Raises InputError."""
    column = whole_rates_of(events, person_time, np.zeros_like(floats("Events", events)), 1.0)
    events, t = _one_dimension(column.x1), column.t1
    if not events.sum() > 0:
        raise InputError("The log rate has no finite estimate: nobody has an event.")
    family = Poisson(events=events[:, None], offset=np.log(t)[:, None])
    kept = events > 0
    some = np.where(kept, events, 1.0)
    own = Effects(y=np.where(kept, np.log(some / t), 0.0), v=1 / some, kept=kept)
    start = float(np.log(events.sum() / t.sum()))
    columns, back = _scaled(x, np.ones(events.shape, dtype=np.bool_))
    setup = one_column(family, own, start, options.terms(columns, ONE_EFFECT))
    variances = _with_variances(1 / np.where(kept, events, FOR_EFFECTS.add))
    return _of_raw_columns(fit_model("IRLN", options, setup, variances), back)


def _metafor_nodes(options: Options) -> int:
    """Return metafor's default: Laplace where there are two random effects, else seven nodes."""
    is_double = options.model == RANDOM_STUDIES and options.method == "ML"
    return TWO_EFFECTS if is_double else ONE_EFFECT


def _with_variances(v: Array) -> Effects:
    """Return effects of which only the variances are asked for."""
    return Effects(y=np.zeros_like(v), v=v, kept=np.ones(v.shape, dtype=np.bool_))


def _one_dimension(values: Array) -> Array:
    """Return ``values``, or raise InputError unless they are those of one data set."""
    if values.ndim != 1:
        raise InputError(f"A mixed model takes one data set of shape (k,), not {values.shape}.")
    return values


def _used(
    events: Array, tells_nothing: NDArray[np.bool_], options: Options, *, drop00: bool
) -> NDArray[np.bool_]:
    """Return which trials of the model enter it; InputError for none."""
    may_be_kept = options.model == RANDOM_STUDIES and not drop00
    used = np.ones(events.shape, dtype=np.bool_) if may_be_kept else ~tells_nothing
    if not used.any():
        raise InputError(
            "No trial informs the model: in each, nobody or everybody had an event in both arms."
        )
    return used


def _scaled(x: Array | None, used: NDArray[np.bool_]) -> tuple[Array, Array]:
    """Return columns (k, p) that are orthogonal with mean square 1, and the way back from theirs.

    ``x``: moderators of all trials, None for a mean alone. Raises InputError where a column says
    nothing of its own in the trials that are used, or there are too many of them.
    """
    k = int(used.sum())
    if x is None:
        return np.ones((k, 1)), np.eye(1)
    found = independent_columns(moderators(x[used], k).T[..., None])
    columns = np.stack([column[:, 0] for column in found.columns], axis=-1)
    root = np.sqrt(k)
    return columns * root, np.linalg.inv(found.triangle[..., 0]) * root


def _of_raw_columns(fit: Fitted, back: Array) -> Fitted:
    """Return the fit with the coefficients of the moderators as they were given."""
    return replace(
        fit, coefficients=back @ fit.coefficients, covariance=back @ fit.covariance @ back.T
    )
