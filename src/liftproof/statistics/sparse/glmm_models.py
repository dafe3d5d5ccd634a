"""The mixed models of metafor's rma.glmm, each as a family, designs and a start. Counts are (k,).

The effect θ is the first shared parameter, or one coefficient a moderator; deviations are the last.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

import numpy as np
from scipy.special import logit

from liftproof.errors import InputError
from liftproof.statistics.checks import Array
from liftproof.statistics.effects.counts import log_odds_ratios
from liftproof.statistics.effects.effect import Effects
from liftproof.statistics.effects.rates import log_rate_ratios
from liftproof.statistics.effects.two_arm_tables import FOR_POOLING, Rates, Table
from liftproof.statistics.sparse.families import Binomial, Family, Poisson
from liftproof.statistics.sparse.glmm_setup import (
    CODINGS,
    FIRST_ARM,
    HALF,
    CountTerms,
    Setup,
)
from liftproof.statistics.sparse.hypergeometric import Hypergeometric, hypergeometric
from liftproof.statistics.sparse.mixed_model import MixedModel, independent
from liftproof.statistics.sparse.newton import Points

ONES = np.ones((2, 1))

Unconditional = Callable[[Family, Array, Effects, CountTerms], Setup]


def fixed_study_effects(family: Family, rough: Array, own: Effects, terms: CountTerms) -> Setup:
    """UM.FS: each trial has its own fixed intercept; ``rough`` is where it starts."""
    model = MixedModel(
        family=family,
        fixed=np.hstack((ONES, CODINGS[HALF])),
        codes=independent(CODINGS[terms.coding]),
        has_own=True,
        nodes=terms.nodes,
        moderators=terms.moderators,
    )
    start = Points(own=rough[None, :, None], shared=np.zeros((1, terms.x.shape[1] + 1)))
    return Setup(model=model, x=terms.x, start=start, own=own, observations=2 * len(rough))


def random_study_effects(family: Family, rough: Array, own: Effects, terms: CountTerms) -> Setup:
    """UM.RS: intercepts of trials are normally distributed about a common one.

    As in metafor that is the intercept of second arms, and moderators are of first arms. A third
    deviation, where effects go with intercepts, is the part of the effect that follows the
    intercept: τ² is the sum of its square and the second's.
    """
    arms = CODINGS[terms.coding]
    codes = independent(np.hstack((ONES, arms)))
    if terms.is_correlated:
        codes = np.concatenate((codes, np.hstack((arms, np.zeros_like(arms)))[None]))
    model = MixedModel(
        family=family,
        fixed=np.hstack((FIRST_ARM, ONES)),
        codes=codes,
        has_own=False,
        nodes=terms.nodes,
        moderators=terms.moderators,
        is_correlated=terms.is_correlated,
    )
    shared = np.zeros((1, terms.x.shape[1] + 1 + len(codes)))
    shared[0, terms.x.shape[1]] = rough.mean()
    start = Points(own=np.zeros((1, len(rough), 0)), shared=shared)
    return Setup(model=model, x=terms.x, start=start, own=own, observations=2 * len(rough))


def interactions(setup: Setup) -> tuple[MixedModel, Points]:
    """Return the model of UM.RS in which each trial has an effect of its own, and its start.

    As in metafor that effect is added to the first arm alone. Where none or all there have an
    event it is infinite, the arm's likelihood 1: the arm is left out.
    """
    family = setup.model.family.without_infinite()
    model = replace(
        setup.model,
        family=family,
        codes=independent(ONES),
        has_own=True,
        moderators=None,
        is_correlated=False,
    )
    k, p = setup.x.shape
    return model, Points(own=np.zeros((1, k, 1)), shared=setup.start.shared[:, p : p + 2])


def one_column(family: Family, own: Effects, start: float, terms: CountTerms) -> Setup:
    """Models with one count a trial: η = θ + τz; θ is ``start`` at first, as far as x can be."""
    one = np.ones((1, 1))
    model = MixedModel(
        family=family,
        fixed=one,
        codes=independent(one),
        has_own=False,
        nodes=terms.nodes,
        moderators=terms.moderators,
    )
    k = family.shape[0]
    coefficients = np.linalg.lstsq(terms.x, np.full(k, start), rcond=None)[0]
    points = Points(own=np.zeros((1, k, 0)), shared=np.append(coefficients, 0.0)[None])
    return Setup(model=model, x=terms.x, start=points, own=own, observations=k)


def binomial_arms(table: Table) -> tuple[Binomial, Array]:
    """Return the counts of both arms, and roughly the log odds of each trial."""
    events = np.stack((table.a, table.c), axis=-1)
    n = np.stack((table.n1, table.n2), axis=-1)
    rough = np.asarray(logit((table.events + 0.5) / (table.n + 1)))
    return Binomial(events=events, n=n, offset=np.zeros((1, 1))), rough


def poisson_arms(rates: Rates) -> tuple[Poisson, Array]:
    """Return the counts of both arms, and roughly the log rate of each trial."""
    events = np.stack((rates.x1, rates.x2), axis=-1)
    offset = np.log(np.stack((rates.t1, rates.t2), axis=-1))
    return Poisson(events=events, offset=offset), np.log((rates.events + 0.5) / rates.t)


def approximate_table(table: Table) -> Binomial:
    """CM.AL: events of the first arm among all events, with odds ψn₁/n₂."""
    offset = np.log(table.n1 / table.n2)[:, None]
    return Binomial(events=table.a[:, None], n=table.events[:, None], offset=offset)


def conditional_rates(rates: Rates) -> Binomial:
    """CM.EL of rates: events of the first arm among all events, with odds ψt₁/t₂."""
    offset = np.log(rates.t1 / rates.t2)[:, None]
    return Binomial(events=rates.x1[:, None], n=rates.events[:, None], offset=offset)


def own_exact(family: Hypergeometric) -> Effects:
    """Return each trial's conditional log odds ratio and the variance its information gives."""
    eta, inside = family.own_maximum(), family.is_inside()[:, 0]
    information = family.slopes(eta)[1][:, 0]
    kept = inside & (information > 0)
    return Effects(y=eta[:, 0], v=1 / np.where(kept, information, 1.0), kept=kept)


def own_binomial(family: Binomial) -> Effects:
    """Return each trial's logit less its offset, and 1/a + 1/(n - a); not kept where infinite."""
    a, n = family.events[:, 0], family.n[:, 0]
    kept = (a > 0) & (a < n)
    a, b = np.where(kept, a, 1.0), np.where(kept, n - a, 1.0)
    y = np.log(a / b) - np.broadcast_to(family.offset, family.shape)[:, 0]
    return Effects(y=np.where(kept, y, 0.0), v=1 / a + 1 / b, kept=kept)


def _unconditional(build: Unconditional, table: Table, terms: CountTerms) -> Setup:
    family, rough = binomial_arms(table)
    return build(family, rough, log_odds_ratios(table.treated(FOR_POOLING)), terms)


def _cm_el(table: Table, terms: CountTerms) -> Setup:
    family = hypergeometric(table)
    return one_column(family, own_exact(family), 0.0, terms)


def _cm_al(table: Table, terms: CountTerms) -> Setup:
    family = approximate_table(table)
    return one_column(family, own_binomial(family), 0.0, terms)


def _unconditional_rates(build: Unconditional, rates: Rates, terms: CountTerms) -> Setup:
    family, rough = poisson_arms(rates)
    return build(family, rough, log_rate_ratios(rates.treated(FOR_POOLING)), terms)


def _rates_cm_el(rates: Rates, terms: CountTerms) -> Setup:
    family = conditional_rates(rates)
    return one_column(family, own_binomial(family), 0.0, terms)


RANDOM_STUDIES = "UM.RS"
"""The model in which trials without events inform the estimate, and Q takes a search."""

FROM_TABLES: Mapping[str, Callable[[Table, CountTerms], Setup]] = {
    "UM.FS": partial(_unconditional, fixed_study_effects),
    RANDOM_STUDIES: partial(_unconditional, random_study_effects),
    "CM.EL": _cm_el,
    "CM.AL": _cm_al,
}
FROM_RATES: Mapping[str, Callable[[Rates, CountTerms], Setup]] = {
    "UM.FS": partial(_unconditional_rates, fixed_study_effects),
    RANDOM_STUDIES: partial(_unconditional_rates, random_study_effects),
    "CM.EL": _rates_cm_el,
}


def require_bounded(table: Table, model: str) -> None:
    """Raise InputError where the odds ratio's likelihood rises without end in one direction.

    The margins of each trial bound its events of the first arm; in UM.RS, which shares intercepts,
    only those of all trials together do.
    """
    events, n1, n2 = table.events, table.n1, table.n2
    if model == RANDOM_STUDIES:
        events, n1, n2 = events.sum(keepdims=True), n1.sum(keepdims=True), n2.sum(keepdims=True)
    a, smallest = table.a.sum(), np.maximum(0.0, events - n2).sum()
    largest = np.minimum(events, n1).sum()
    if not smallest < a < largest:
        where = "as few as" if a <= smallest else "as many as"
        raise InputError(
            f"The odds ratio has no finite estimate: every trial has {where} possible of its "
            "events in the intervention arm."
        )


def require_events(rates: Rates) -> None:
    """Raise InputError where an arm has no event in any trial."""
    for events, arm in ((rates.x1, "intervention"), (rates.x2, "control")):
        if not events.sum() > 0:
            raise InputError(f"The rate ratio has no finite estimate: no event in any {arm} arm.")
