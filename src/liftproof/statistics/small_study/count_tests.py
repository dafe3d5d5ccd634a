"""Regression tests of funnel asymmetry for trials with counts: no effect enters its own weight.

The standard error of a log odds ratio depends on the odds ratio, which makes Egger's test find
asymmetry where there is none. These tests replace the standard error, the effect, or both.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from liftproof.statistics.blocks import in_blocks
from liftproof.statistics.checks import Array, floats, require
from liftproof.statistics.labelled import of_one_index
from liftproof.statistics.shapes import in_one_shape
from liftproof.statistics.small_study.asymmetry import AsymmetryTest, asymmetry_test
from liftproof.statistics.small_study.counts import informative_counts
from liftproof.statistics.small_study.line import weighted_line


@of_one_index
@in_blocks()
def harbord(
    events_intervention: ArrayLike,
    n_intervention: ArrayLike,
    events_control: ArrayLike,
    n_control: ArrayLike,
) -> AsymmetryTest:
    """Return Harbord's test: the efficient score Z against its variance V.

    Z = a - n₁m/n and V = n₁n₂m(n - m)/(n²(n - 1)), m = a + c; the line of Z/V on 1/√V with
    weights V. Counts (..., k), k of 3 or more, none without events or with events only. ``bias``
    in standard errors, as in Egger's test. Raises InputError.

    Source: Harbord, Egger & Sterne 2006, Stat Med 25, 3443-3457. meta:
    ``metabias(metabin(sm="OR"), method.bias="Harbord")``.

    >>> test = harbord([4, 6, 3], [123, 306, 231], [11, 29, 11], [139, 303, 220])
    >>> round(float(test.bias), 4), round(float(test.p_value), 4)
    (1.8612, 0.4081)
    """
    counts = informative_counts(events_intervention, n_intervention, events_control, n_control)
    n, m = counts.n, counts.events
    score = counts.a - counts.n1 * m / n
    v = counts.n1 * counts.n2 * m * (n - m) / (n**2 * (n - 1))
    require(v > 0, v, "The variance of a trial's score must be positive")
    return asymmetry_test("Harbord", weighted_line(score / v, 1 / np.sqrt(v), v))


@of_one_index
@in_blocks()
def peters(
    y: ArrayLike,
    events_intervention: ArrayLike,
    n_intervention: ArrayLike,
    events_control: ArrayLike,
    n_control: ArrayLike,
) -> AsymmetryTest:
    """Return Peters' test: log odds ratios against 1/n, weights m(n - m)/n, m = a + c.

    ``y`` and counts (..., k), k of 3 or more; ``bias`` in units of y times participants. Raises
    InputError.

    Source: Peters et al. 2006, JAMA 295, 676-680. meta:
    ``metabias(metabin(sm="OR"), method.bias="Peters")``.

    >>> test = peters([-0.94, -1.67, -1.39], [4, 6, 3], [123, 306, 231], [11, 29, 11],
    ...               [139, 303, 220])
    >>> round(float(test.bias), 2), round(float(test.p_value), 4)
    (334.16, 0.078)
    """
    counts = informative_counts(events_intervention, n_intervention, events_control, n_control)
    n, m = counts.n, counts.events
    return asymmetry_test("Peters", weighted_line(y, 1 / n, m * (n - m) / n))


@in_blocks()
def macaskill(y: ArrayLike, v: ArrayLike, n: ArrayLike) -> AsymmetryTest:
    """Return Macaskill's test: effects against sample size n, weights 1/v.

    Arguments (..., k), k of 3 or more; ``bias`` in units of y per participant. Raises InputError.

    Source: Macaskill, Walter & Irwig 2001, Stat Med 20, 641-654 (method FIV). meta:
    ``metabias(method.bias="Macaskill")``.

    >>> test = macaskill([-0.94, -1.67, -1.39], [0.36, 0.21, 0.43], [262, 609, 451])
    >>> round(float(test.bias), 5), round(float(test.p_value), 4)
    (-0.00209, 0.0458)
    """
    v, n = floats("v", v), floats("n", n)
    require(v > 0, v, "v must be positive")
    require(n > 0, n, "n must be positive")
    return asymmetry_test("Macaskill", weighted_line(y, n, 1 / v))


@in_blocks()
def deeks(y: ArrayLike, n_intervention: ArrayLike, n_control: ArrayLike) -> AsymmetryTest:
    """Return Deeks' test: effects against 1/√ESS, weights ESS = 4n₁n₂/(n₁ + n₂).

    ESS is the effective sample size. Arguments (..., k), k of 3 or more; ``bias`` in units of y
    times √participants. Raises InputError.

    Source: Deeks, Macaskill & Irwig 2005, J Clin Epidemiol 58, 882-893. meta:
    ``metabias(metabin(sm="OR"), method.bias="Deeks")``.

    >>> test = deeks([-0.94, -1.67, -1.39], [123, 306, 231], [139, 303, 220])
    >>> round(float(test.bias), 3), round(float(test.p_value), 4)
    (34.188, 0.0612)
    """
    n1, n2 = _participants(n_intervention, n_control)
    size = 4 * n1 * n2 / (n1 + n2)
    return asymmetry_test("Deeks", weighted_line(y, 1 / np.sqrt(size), size))


@in_blocks()
def pustejovsky(
    y: ArrayLike, v: ArrayLike, n_intervention: ArrayLike, n_control: ArrayLike
) -> AsymmetryTest:
    """Return Pustejovsky and Rodgers' test: effects against √(1/n₁ + 1/n₂), weights 1/v.

    For standardised mean differences, whose own standard error grows with the effect. Arguments
    (..., k), k of 3 or more; ``bias`` in standard errors. Raises InputError.

    Source: Pustejovsky & Rodgers 2019, Res Synth Methods 10, 57-71. meta:
    ``metabias(metacont(sm="SMD"), method.bias="Pustejovsky")``; metafor:
    ``regtest(lm(y ~ sqrt(1/n1 + 1/n2), weights=1/v))``.

    >>> test = pustejovsky([0.1, 0.4, 0.6], [0.02, 0.05, 0.1], [100, 40, 20], [100, 40, 20])
    >>> round(float(test.bias), 3), round(float(test.p_value), 4)
    (3.034, 0.0891)
    """
    v = floats("v", v)
    require(v > 0, v, "v must be positive")
    n1, n2 = _participants(n_intervention, n_control)
    return asymmetry_test("Pustejovsky", weighted_line(y, np.sqrt(1 / n1 + 1 / n2), 1 / v))


def _participants(n_intervention: ArrayLike, n_control: ArrayLike) -> tuple[Array, ...]:
    """Return the participants of both arms in one shape, or raise InputError."""
    arms = floats("n", n_intervention), floats("n", n_control)
    for n in arms:
        require(n > 0, n, "n must be positive")
    return in_one_shape("The participants of both arms", *arms)
