"""The random-effects pool that programs call "Mantel-Haenszel, random".

Q is about the Mantel-Haenszel estimate instead of the mean by inverse variance; τ², I² and H²
follow from that Q, and the effects are pooled by weights 1/(v + τ²).
"""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from liftproof.statistics.checks import Array, choose
from liftproof.statistics.effects.two_arm_tables import FOR_POOLING, ZeroCells
from liftproof.statistics.heterogeneity import typical_variance
from liftproof.statistics.sparse.mantel_haenszel import odds_ratio, risk_difference, risk_ratio
from liftproof.statistics.sparse.mantel_haenszel_result import MantelHaenszel

HALVES = ZeroCells(add=0.5, to="only0", drop00=False)
CENTRES: Mapping[str, ZeroCells] = {"mantel_haenszel": HALVES, "mantel_haenszel_exact": FOR_POOLING}
"""What Q is taken about, with what is added to the counts of its estimate first.

``mantel_haenszel``: 1/2 to all four cells of a trial with an empty one, as Review Manager 5 and
meta's metabin do; ``mantel_haenszel_exact``: nothing, as metabin with ``MH.exact=TRUE``.
"""
ESTIMATES: Mapping[str, Callable[..., MantelHaenszel]] = {
    "RR": risk_ratio,
    "OR": odds_ratio,
    "RD": risk_difference,
}


def centre(measure: str, arms: Sequence[Array], name: str, *, raw_risks: bool = False) -> Array:
    """Return the Mantel-Haenszel estimate of counts (..., k), analysis scale, shape (...).

    ``arms``: events and participants, intervention first. ``name``: in CENTRES. ``raw_risks``:
    whether the risks of a difference stay as they are, and its weights alone are of the sums, as
    with metabin. Raises InputError.

    >>> arms = [np.array(x) for x in ([4, 6, 0], [123, 306, 50], [11, 29, 2], [139, 303, 50])]
    >>> round(float(centre("RR", arms, "mantel_haenszel")), 6)
    -1.365363
    """
    estimate = choose(ESTIMATES, measure, "Mantel-Haenszel estimate of two arms' counts")
    rule = choose(CENTRES, name, "centre of Q")
    options = {"raw_risks": True} if raw_risks and measure == "RD" else {}
    return np.asarray(estimate(*arms, pooling=rule, **options).estimate)


def q_about_centre(y: Array, v: Array, about: Array) -> Array:
    """Return Q = Σ(y - centre)²/v; effects (..., k), ``about`` (...).

    Source: Deeks & Higgins 2010, Statistical algorithms in Review Manager 5. meta:
    ``metabin(method="MH", method.tau="DL", Q.Cochrane=TRUE)$Q``.

    >>> float(q_about_centre(np.array([0.0, 2.0]), np.ones(2), np.array(0.5)))
    2.5
    """
    return np.asarray(((y - np.asarray(about)[..., None]) ** 2 / v).sum(axis=-1))


def tau2_from_q(q: Array, v: Array) -> Array:
    """Return τ² = max(0, (Q - (k - 1)) / (Σw - Σw²/Σw)), w = 1/v, for a Q about any centre.

    ``v`` (..., k), ``q`` (...). A single trial has none: 0.

    Source: DerSimonian & Laird 1986, whose
    Q is about the mean by inverse variance; Deeks & Higgins 2010. meta: ``metagen(TE.tau=)$tau2``.

    >>> round(float(tau2_from_q(np.array(2.5), np.ones(2))), 6)
    1.5
    """
    df = v.shape[-1] - 1
    if not df:
        return np.zeros_like(q)
    return np.asarray(np.maximum(0.0, (q - df) / df) * typical_variance(v))
