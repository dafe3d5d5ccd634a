"""Bayesian, selection and three-level fits of random trials beside arithmetic of many digits.

Nothing is shared with the package but the formulas of the models: integrals by mpmath's quadrature,
covariances written out and inverted, derivatives by differences in 50 digits. By hand:
``python tests/support/exact_fits.py 200 1``, a count of each and a seed.
"""

import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path

import mpmath as mp
import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from liftproof.errors import StatisticsError
from liftproof.statistics.bayes import priors
from liftproof.statistics.bayes.posterior import posterior
from liftproof.statistics.bayes.probabilities import probability_that
from liftproof.statistics.bayes.random_effects import random_effects
from liftproof.statistics.small_study.selection.fit import selection_model
from support.exact_three_level import dense_errors

DIGITS, INTEGRATED = 50, 20
"""Of likelihoods, and of integrals over τ."""
PARTS = ("one", "mean", "square", "tau", "below")
"""What is integrated over τ: 1, the mean of μ and of its square, τ, and whether μ is below 0."""
STEP = 0.025
"""Of the selection models: one-sided p values up to it are favoured."""
MOST_WEIGHT = 100
"""The largest relative probability that a selection model may give to other trials."""

Errors = dict[str, float]
"""By what was compared, how far we are from it."""


def trials(chance: np.random.Generator, k: int) -> tuple[np.ndarray, np.ndarray]:
    """Return effects and variances of k made-up trials, of sizes that differ up to 30-fold."""
    v = 0.2 * np.exp(chance.normal(0, 0.9, k))
    tau = chance.choice([0.0, 0.1, 0.5, 1.5])
    return chance.normal(chance.normal(0, 0.6), np.sqrt(v + tau**2)), v


TAU_PRIORS: Mapping[str, tuple[Callable[[float], priors.TauPrior], Callable[..., mp.mpf]]] = {
    "half-normal": (priors.half_normal, lambda t, s: mp.exp(-((t / s) ** 2) / 2)),
    "half-Cauchy": (priors.half_cauchy, lambda t, s: 1 / (1 + (t / s) ** 2)),
    "exponential": (priors.exponential, lambda t, s: mp.exp(-t / s)),
}


def bayes_errors(chance: np.random.Generator) -> Errors:
    """Compare moments of μ and τ, and the probability that μ lies below 0, flat prior of μ."""
    y, v = trials(chance, int(chance.integers(3, 9)))
    name, scale = chance.choice(sorted(TAU_PRIORS)), float(chance.choice([0.2, 0.5, 1.0]))
    prior, density = TAU_PRIORS[name]
    found = random_effects(y, v, tau_prior=prior(scale), interval="central")
    of = posterior(y, v, tau_prior=prior(scale))
    below = float(probability_that(of, below=0.0))
    exact = _posterior(y, v, lambda t: density(t, mp.mpf(scale)), scale)
    sd = float(exact["sd"])
    return {
        "Bayes, mean of mu, in sd": abs(float(found.mu.mean) - float(exact["mean"])) / sd,
        "Bayes, sd of mu, relative": abs(float(found.mu.sd) / sd - 1),
        "Bayes, mean of tau, relative": abs(float(found.tau.mean) / float(exact["tau"]) - 1),
        "Bayes, P(mu < 0)": abs(below - float(exact["below"])),
    }


def _posterior(
    y: np.ndarray, v: np.ndarray, density: Callable[[mp.mpf], mp.mpf], scale: float
) -> dict[str, mp.mpf]:
    ys, vs = [mp.mpf(float(x)) for x in y], [mp.mpf(float(x)) for x in v]

    def at(tau: mp.mpf) -> dict[str, mp.mpf]:
        w = [1 / (each + tau**2) for each in vs]
        total = mp.fsum(w)
        mean = mp.fsum(a * b for a, b in zip(w, ys, strict=True)) / total
        q = mp.fsum(a * (b - mean) ** 2 for a, b in zip(w, ys, strict=True))
        height = mp.sqrt(mp.fprod(w) / total) * mp.exp(-q / 2) * density(tau)
        return {
            "one": height,
            "mean": height * mean,
            "square": height * (mean**2 + 1 / total),
            "tau": height * tau,
            "below": height * mp.ncdf(-mean * mp.sqrt(total)),
        }

    cuts = [0, scale / 20, scale / 4, scale, 4 * scale, 20 * scale, mp.inf]
    kept = cache(at)  # each point of τ is used by all integrals
    with mp.workdps(INTEGRATED):
        found = {name: mp.quad(lambda tau, name=name: kept(tau)[name], cuts) for name in PARTS}
    share = {name: value / found["one"] for name, value in found.items()}
    return {**share, "sd": mp.sqrt(share["square"] - share["mean"] ** 2)}


def selection_errors(chance: np.random.Generator) -> Errors:
    """Compare a one-step model's log-likelihood, and how far its end is from the top."""
    y, v = trials(chance, int(chance.integers(6, 16)))
    y = np.where(chance.random(len(y)) < 0.3, np.abs(y) + 2 * np.sqrt(v), y)
    found = selection_model(y, v, steps=[STEP])
    with mp.workdps(DIGITS):
        z = mp.sqrt(2) * mp.erfinv(1 - 2 * mp.mpf(STEP))
        data = [(mp.mpf(float(a)), mp.mpf(float(b))) for a, b in zip(y, v, strict=True)]

        def height(mu: mp.mpf, tau2: mp.mpf, delta: mp.mpf) -> mp.mpf:
            return mp.fsum(_selected(a, b, z, mu, tau2, delta) for a, b in data)

        weight = float(found.delta[1])
        end = [mp.mpf(found.estimate), mp.mpf(found.tau2), mp.mpf(weight)]
        free = [True, found.tau2 > 0, 0 < weight < MOST_WEIGHT]
        gap = abs(float(height(*end)) - found.log_likelihood)
        step = _newton(height, end, free)
        better = max(height(*_near(end, chance)) for _ in range(10)) - height(*end)
    return {
        "selection, log-likelihood": gap,
        "selection, Newton's step at the end, in se": step,
        "selection, how much higher another point is": max(0.0, float(better)),
    }


def _selected(y: mp.mpf, v: mp.mpf, z: mp.mpf, mu: mp.mpf, tau2: mp.mpf, delta: mp.mpf) -> mp.mpf:
    """Return the log-likelihood of one trial, seen with probability 1 up to the step, else δ."""
    s = mp.sqrt(v + tau2)
    favoured = mp.ncdf((mu - z * mp.sqrt(v)) / s)
    own = 1 if y >= z * mp.sqrt(v) else delta
    normal = -mp.log(2 * mp.pi * s**2) / 2 - ((y - mu) / s) ** 2 / 2
    return mp.log(own) + normal - mp.log(favoured + delta * (1 - favoured))


def _near(end: Sequence[mp.mpf], chance: np.random.Generator) -> list[mp.mpf]:
    mu, tau2, delta = end
    return [
        mu + mp.mpf(chance.normal(0, 0.5)),
        abs(tau2 * mp.mpf(np.exp(chance.normal())) + mp.mpf(chance.exponential(0.02))),
        min(MOST_WEIGHT, (delta + mp.mpf("1e-3")) * mp.mpf(np.exp(chance.normal()))),
    ]


def _newton(height: Callable[..., mp.mpf], end: Sequence[mp.mpf], free: Sequence[bool]) -> float:
    """Return the length of Newton's step in standard errors, by central differences."""
    places = [place for place, is_free in enumerate(free) if is_free]
    h = [mp.mpf(10) ** -15 * max(abs(each), mp.mpf("1e-3")) for each in end]

    def at(*moves: tuple[int, int]) -> mp.mpf:
        point = list(end)
        for place, way in moves:
            point[place] += way * h[place]
        return height(*point)

    slope = mp.matrix([(at((i, 1)) - at((i, -1))) / (2 * h[i]) for i in places])
    curve = mp.matrix(len(places))
    for a, i in enumerate(places):
        for b, j in enumerate(places):
            corners = (p * q * at((i, p), (j, q)) for p in (1, -1) for q in (1, -1))
            curve[a, b] = -mp.fsum(corners) / (4 * h[i] * h[j])
    return float(mp.sqrt(abs((slope.T * mp.lu_solve(curve, slope))[0])))


def three_level_errors(chance: np.random.Generator) -> Errors:
    """Compare a three-level model with dense covariances, up to four studies."""
    study = np.sort(chance.integers(0, 4, int(chance.integers(6, 11))))
    y, v = trials(chance, len(study))
    y += chance.normal(0, chance.choice([0.0, 0.5]), 4)[study]
    with mp.workdps(DIGITS):
        return dense_errors(y, v, study, str(chance.choice(["REML", "ML"])))


KINDS = {"bayes": bayes_errors, "selection": selection_errors, "three-level": three_level_errors}


def worst_of(kind: str, count: int, seed: int) -> tuple[Errors, Counter[str]]:
    """Return the largest error of each comparison over random sets, and what was refused."""
    worst: Errors = {}
    refused: Counter[str] = Counter()
    for number in range(count):
        try:
            errors = KINDS[kind](np.random.default_rng([seed, number]))
        except StatisticsError as error:
            refused[f"{type(error).__name__}: {str(error)[:60]}"] += 1
            continue
        worst = {name: max(error, worst.get(name, 0.0)) for name, error in errors.items()}
    return worst, refused


def main(count: int, seed: int) -> None:
    """Print the largest errors."""
    for kind in KINDS:
        worst, refused = worst_of(kind, count, seed)
        for name, error in worst.items():
            print(f"{name}: {error:.1e}", flush=True)
        print(f"{kind}: {count} sets, refused: {dict(refused)}", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
