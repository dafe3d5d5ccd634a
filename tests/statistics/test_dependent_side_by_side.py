"""Three-level fits of many sets of data at once: each is bit for bit the fit that it is alone."""

from dataclasses import fields

import numpy as np
import pytest

from liftproof.errors import ConvergenceError, InputError, LiftproofError
from liftproof.statistics.dependent import newton
from liftproof.statistics.dependent.three_level import (
    ThreeLevel,
    ThreeLevelAsked,
    three_level,
    three_levels,
)

SIZES = {
    "two clusters": [4, 2],
    "single results but one": [2, *[1] * 9],
    "one dominant cluster": [1, 1, 30, 2],
    "usual": [3, 1, 4, 2, 2, 5, 1, 3],
}
NUMBERS = ("y", "v", "study", "x", "method", "test", "level")


def variances(kind, k, generator):
    """Return sampling variances that are equal, next to 0 for some, or as is usual."""
    if kind == "equal":
        return np.full(k, 0.04)
    if kind == "ten decades":
        return 10.0 ** generator.uniform(-9.9, 0, k)
    return generator.uniform(0.01, 0.3, k)


def of_one_shape(name, kind, method, moderators=0):
    """Return ten sets of data whose studies have the same sizes, with components 0 or not."""
    generator, asked = np.random.default_rng(len(name)), []
    study = np.repeat(np.arange(len(SIZES[name])), SIZES[name])
    for spread in np.tile([0.0, 0.0, 0.3, 1.0, 3.0], 2):
        v = variances(kind, study.size, generator)
        shared = generator.normal(0, spread, study.max() + 1)[study]
        y = shared + generator.normal(0, np.sqrt(v) + generator.choice([0, 0.3]))
        x = generator.normal(size=(study.size, moderators)) if moderators else None
        asked.append(ThreeLevelAsked(y=y, v=v, study=study, x=x, method=method))
    return asked


def alone(asked):
    """Return the fit of one set of data, or its error."""
    try:
        return three_level(**{name: getattr(asked, name) for name in NUMBERS})
    except LiftproofError as error:
        return error


def is_same(one, other):
    """Say whether all numbers of two fits are the same to the last bit, or both are one error."""
    if isinstance(one, LiftproofError) or isinstance(other, LiftproofError):
        return (type(one), str(one)) == (type(other), str(other))
    names = [field.name for field in fields(one) if field.name not in ("data", "dropped")]
    return all(
        np.array_equal(getattr(one, name), getattr(other, name), equal_nan=True)
        for name in names
        if not isinstance(getattr(one, name), str)
    )


@pytest.mark.parametrize("method", ["REML", "ML"])
@pytest.mark.parametrize("kind", ["usual", "equal", "ten decades"])
@pytest.mark.parametrize("name", SIZES)
def test_sets_side_by_side_have_the_bits_that_they_have_alone(name, kind, method):
    asked = of_one_shape(name, kind, method)
    fits = three_levels(asked)
    assert all(is_same(fit, alone(each)) for fit, each in zip(fits, asked, strict=True))
    ended = [fit for fit in fits if not isinstance(fit, LiftproofError)]
    assert len({fit.log_likelihood for fit in ended}) == len(ended) > len(asked) / 2


@pytest.mark.parametrize("moderators", [1, 2])
def test_so_have_those_with_moderators(moderators):
    asked = of_one_shape("usual", "usual", "REML", moderators)
    fits = three_levels(asked)
    assert all(is_same(fit, alone(each)) for fit, each in zip(fits, asked, strict=True))


def test_sets_of_unlike_shapes_methods_and_covariances_keep_their_places():
    every = [one for name in SIZES for one in of_one_shape(name, "usual", "REML")]
    every += of_one_shape("usual", "usual", "ML")
    together = np.equal.outer(every[-1].study, every[-1].study)
    v = np.where(together, 0.02, 0) + np.diag(every[-1].v)
    every.append(ThreeLevelAsked(y=every[-1].y, v=v, study=every[-1].study))
    mixed = [every[place] for place in np.random.default_rng(1).permutation(len(every))]
    fits = three_levels(mixed)
    assert all(is_same(fit, alone(each)) for fit, each in zip(fits, mixed, strict=True))


def test_an_error_stands_in_the_place_of_its_set_alone():
    good = of_one_shape("usual", "usual", "REML")[:2]
    bad = [
        ThreeLevelAsked(y=good[0].y, v=-good[0].v, study=good[0].study),
        ThreeLevelAsked(y=good[0].y, v=good[0].v, study=np.arange(good[0].y.size)),
        ThreeLevelAsked(y=good[0].y, v=good[0].v, study=good[0].study, level=95),
    ]
    fits = three_levels([bad[0], good[0], bad[1], good[1], bad[2]])
    assert [isinstance(fit, InputError) for fit in fits] == [True, False, True, False, True]
    assert "Variances must be positive" in str(fits[0])
    assert "model with one component" in str(fits[2])
    assert is_same(fits[1], alone(good[0]))
    assert three_levels([]) == []


@pytest.mark.parametrize("steps", [1, 4])
def test_a_climb_without_end_is_said_of_its_set_alone(monkeypatch, steps):
    asked = of_one_shape("usual", "usual", "REML")
    monkeypatch.setattr(newton, "MOST_STEPS", steps)
    fits = three_levels(asked)
    assert all(is_same(fit, alone(each)) for fit, each in zip(fits, asked, strict=True))
    kinds = {type(fit) for fit in fits}
    assert kinds == {ConvergenceError, ThreeLevel}


def test_a_set_asked_for_twice_is_fitted_twice_alike_at_other_levels():
    [one, *_] = of_one_shape("usual", "usual", "REML")
    wide = ThreeLevelAsked(y=one.y, v=one.v, study=one.study, level=0.99)
    usual, other = three_levels([one, wide])
    assert usual.sigma2_study == other.sigma2_study
    assert other.ci_low < usual.ci_low
