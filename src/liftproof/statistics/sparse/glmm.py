"""Generalised linear mixed models of counts: the trials' distributions themselves are pooled.

No normal approximation within trials, and no addition to empty cells. What trials without events
tell depends on the model: nothing in UM.FS, CM.EL and CM.AL, which leave them out; in UM.RS they
inform the intercepts, and are kept where ``drop00`` is false.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from liftproof.errors import InputError
from liftproof.statistics.checks import Array, choose, floats
from liftproof.statistics.effects.checked_arms import whole_rates_of, whole_table_of
from liftproof.statistics.effects.counts import log_odds_ratios
from liftproof.statistics.effects.effect import Effects
from liftproof.statistics.effects.rates import log_rate_ratios
from liftproof.statistics.effects.two_arm_tables import FOR_EFFECTS, Rates, Table
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.sparse.families import Binomial, Poisson
from liftproof.statistics.sparse.glmm_fit import Glmm, Options, fit_model
from liftproof.statistics.sparse.glmm_models import (
    FROM_RATES,
    FROM_TABLES,
    RANDOM_STUDIES,
    one_column,
    own_binomial,
    require_bounded,
    require_events,
)

ONE_EFFECT, TWO_EFFECTS, EXACT = 7, 1, 15
"""Nodes of the quadrature for one random effect and for two, as in metafor; and for CM.EL from
2x2 tables, where metafor integrates adaptively."""


@of_one_index
def odds_ratio(
    events_intervention: ArrayLike,
    n_intervention: ArrayLike,
    events_control: ArrayLike,
    n_control: ArrayLike,
    *,
    model: str = "UM.FS",
    method: str = "ML",
    test: str = "z",
    level: float = 0.95,
    nodes: int | None = None,
    drop00: bool = True,
) -> Glmm:
    """Return the pooled log odds ratio of a binomial-normal model. Counts have shape (k,).

    ``UM.FS``: logit p = μᵢ ± (θ + τz)/2, a fixed intercept for each trial. ``UM.RS``: the same
    with μᵢ normally distributed. ``CM.EL``: the exact conditional likelihood, noncentral
    hypergeometric with log odds ratio θ + τz. ``CM.AL``: its binomial approximation for rare
    events, a of a + c with odds ψn₁/n₂. ``method``: ``ML``, or ``EE`` with τ = 0.

    ``nodes`` of the adaptive Gauss-Hermite quadrature: by default 7 for one random effect and 1
    (Laplace) for two, as metafor's ``nAGQ``; 15 for CM.EL. ``nodes=25`` is converged: seven are
    off by up to 3e-5 of τ² in the data sets tried, Laplace by 1 %. The last step of a search is
    below 1e-8 standard errors, or 4e-13 times the size of the log-likelihood where that is more
    (from 25,000 on): its rounding tells no more. τ is first searched on a grid from 0.01 to 20 and
    the highest maximum kept. Raises InputError and ConvergenceError.

    Source: Turner et al. 2000, Stat Med 19, 3417-3432; Stijnen, Hamza & Özdemir 2010, Stat Med 29,
    3046-3067; Jackson et al. 2018, Stat Med 37, 1059-1085. metafor: ``rma.glmm(measure="OR",
    model="UM.FS", method="ML")``. meta: ``metabin(method="GLMM", model.glmm="UM.FS")``.

    >>> fit = odds_ratio([4, 6, 3], [123, 306, 231], [11, 29, 11], [139, 303, 220], model="CM.AL")
    >>> round(fit.estimate, 6), round(fit.se, 6), fit.tau2, fit.at_boundary
    (-1.355437, 0.310789, 0.0, True)
    """
    build = choose(FROM_TABLES, model, "model for odds ratios")
    table = _table_used(
        whole_table_of(events_intervention, n_intervention, events_control, n_control),
        drop00=drop00 or model != RANDOM_STUDIES,
    )
    require_bounded(table, model)
    options = Options(model=model, method=method, test=test, level=level, nodes=nodes)
    default = EXACT if model == "CM.EL" else _metafor_nodes(options)
    setup = build(table, options.resolved_nodes(default))
    return fit_model("OR", options, setup, log_odds_ratios(table.treated(FOR_EFFECTS)))


@of_one_index
def rate_ratio(
    events_intervention: ArrayLike,
    person_time_intervention: ArrayLike,
    events_control: ArrayLike,
    person_time_control: ArrayLike,
    *,
    model: str = "UM.FS",
    method: str = "ML",
    test: str = "z",
    level: float = 0.95,
    nodes: int | None = None,
    drop00: bool = True,
) -> Glmm:
    """Return the pooled log rate ratio of a Poisson-normal model. Counts have shape (k,).

    ``UM.FS`` and ``UM.RS``: ln rate = μᵢ ± (θ + τz)/2. ``CM.EL``: x₁ of x₁ + x₂ binomial with odds
    t₁/t₂ exp(θ + τz). Otherwise as :func:`odds_ratio`.

    Source: as for :func:`odds_ratio`. metafor: ``rma.glmm(measure="IRR", model="UM.FS",
    method="ML")``. meta: ``metainc(method="GLMM", model.glmm="UM.FS")``.

    >>> fit = rate_ratio([9, 8, 3], [413, 263, 487], [19, 19, 13], [398, 245, 435], method="EE")
    >>> round(fit.estimate, 6), round(fit.se, 6)
    (-1.003272, 0.263855)
    """
    build = choose(FROM_RATES, model, "model for rate ratios")
    rates = _rates_used(
        whole_rates_of(
            events_intervention, person_time_intervention, events_control, person_time_control
        ),
        drop00=drop00 or model != RANDOM_STUDIES,
    )
    require_events(rates)
    options = Options(model=model, method=method, test=test, level=level, nodes=nodes)
    setup = build(rates, options.resolved_nodes(_metafor_nodes(options)))
    return fit_model("IRR", options, setup, log_rate_ratios(rates.treated(FOR_EFFECTS)))


@of_one_index
def log_odds(
    events: ArrayLike,
    n: ArrayLike,
    *,
    method: str = "ML",
    test: str = "z",
    level: float = 0.95,
    nodes: int | None = None,
) -> Glmm:
    """Return the pooled log odds of events in one group: logit p = θ + τz. Counts (k,).

    Otherwise as :func:`odds_ratio`. metafor: ``rma.glmm(measure="PLO", xi=, ni=)``.

    Source: Stijnen, Hamza & Özdemir 2010, Stat Med 29, 3046-3067.

    >>> fit = log_odds([11, 24, 179, 82], [29, 33, 326, 240], method="EE")
    >>> round(fit.estimate, 6), round(fit.se, 6)
    (-0.114776, 0.07994)
    """
    column = whole_table_of(events, n, np.zeros_like(floats("Events", events)), 1.0)
    a, b = _one_dimension(column.a), column.b
    for count, what in ((a, "has"), (b, "is free of")):
        if not count.sum() > 0:
            raise InputError(f"The log odds have no finite estimate: nobody {what} an event.")
    options = Options(model="one group", method=method, test=test, level=level, nodes=nodes)
    family = Binomial(events=a[:, None], n=(a + b)[:, None], offset=np.zeros((1, 1)))
    start = float(np.log(a.sum() / b.sum()))
    setup = one_column(family, own_binomial(family), start, options.resolved_nodes(ONE_EFFECT))
    add = np.where((a == 0) | (b == 0), FOR_EFFECTS.add, 0.0)
    return fit_model("PLO", options, setup, _with_variances(1 / (a + add) + 1 / (b + add)))


@of_one_index
def log_rate(
    events: ArrayLike,
    person_time: ArrayLike,
    *,
    method: str = "ML",
    test: str = "z",
    level: float = 0.95,
    nodes: int | None = None,
) -> Glmm:
    """Return the pooled log rate of events in one group: ln rate = θ + τz. Counts (k,).

    Otherwise as :func:`odds_ratio`. metafor: ``rma.glmm(measure="IRLN", xi=, ti=)``.

    Source: Stijnen, Hamza & Özdemir 2010, Stat Med 29, 3046-3067.

    >>> fit = log_rate([9, 8, 3], [413, 263, 487], method="EE")
    >>> round(fit.estimate, 6), round(fit.se, 6)
    (-4.063026, 0.223607)
    """
    column = whole_rates_of(events, person_time, np.zeros_like(floats("Events", events)), 1.0)
    x, t = _one_dimension(column.x1), column.t1
    if not x.sum() > 0:
        raise InputError("The log rate has no finite estimate: nobody has an event.")
    options = Options(model="one group", method=method, test=test, level=level, nodes=nodes)
    family = Poisson(events=x[:, None], offset=np.log(t)[:, None])
    kept = x > 0
    v = 1 / np.where(kept, x, 1.0)
    own = Effects(y=np.where(kept, np.log(np.where(kept, x, 1.0) / t), 0.0), v=v, kept=kept)
    start = float(np.log(x.sum() / t.sum()))
    setup = one_column(family, own, start, options.resolved_nodes(ONE_EFFECT))
    return fit_model(
        "IRLN", options, setup, _with_variances(1 / np.where(kept, x, FOR_EFFECTS.add))
    )


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


def _table_used(table: Table, *, drop00: bool) -> Table:
    """Return the trials that inform the model, as counts of shape (k,); InputError for none."""
    _one_dimension(table.a)
    nobody, everybody = table.events == 0, table.b + table.d == 0
    used = ~(drop00 & (nobody | everybody))
    _require_some(used)
    return Table(
        a=table.a[used], b=table.b[used], c=table.c[used], d=table.d[used], kept=table.kept[used]
    )


def _rates_used(rates: Rates, *, drop00: bool) -> Rates:
    """Return the trials that inform the model, of shape (k,); InputError for none."""
    _one_dimension(rates.x1)
    used = ~(drop00 & (rates.events == 0))
    _require_some(used)
    return Rates(
        x1=rates.x1[used],
        t1=rates.t1[used],
        x2=rates.x2[used],
        t2=rates.t2[used],
        kept=rates.kept[used],
    )


def _require_some(used: NDArray[np.bool_]) -> None:
    """Raise InputError where no trial is used."""
    if not used.any():
        raise InputError(
            "No trial informs the model: in each, nobody or everybody had an event in both arms."
        )
