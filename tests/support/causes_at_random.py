"""Small reviews by chance, each with the specification that it states."""

import numpy as np

from liftproof.analysis.specification import Specification
from liftproof.analysis.trial_data import trials_of


def counts(random):
    """Return sparse counts of two arms, the first without events in one."""
    k = random.integers(4, 7)
    n1, n2 = random.integers(20, 120, (2, k))
    risk = random.uniform(0.03, 0.3, k)
    ratio = np.exp(random.normal(-0.4, 0.5, k))
    a, c = random.binomial(n1, np.minimum(risk * ratio, 0.9)), random.binomial(n2, risk)
    a[0], c[0] = 0, max(c[0], 2)
    measure = random.choice(["RR", "OR", "RD"]).item()
    usual = Specification(measure=measure, tau2="DL", interval="wald")
    return trials_of(source="counts", numbers=[a, n1, c, n2]), usual


def means(random):
    """Return means of arms of 5 to 19 people."""
    k = random.integers(3, 7)
    n1, n2 = random.integers(5, 20, (2, k))
    sd = random.uniform(2, 6, k)
    sd1, sd2 = sd * random.uniform(0.8, 1.2, (2, k))
    m1 = 10 + random.normal(0.6, 0.5, k) * sd
    usual = Specification(measure="SMD", tau2="DL", interval="wald")
    return trials_of(source="means", numbers=[m1, sd1, n1, np.full(k, 10.0), sd2, n2]), usual


def given(random):
    """Return effects with standard errors of 0.1 to 0.45."""
    k = random.integers(4, 9)
    se = random.uniform(0.1, 0.45, k)
    y = random.normal(0.3, 0.25, k) + random.normal(0, se)
    return trials_of(y=y, v=se**2), Specification(measure="GEN", tau2="DL", interval="wald")
