"""What an engine is asked, and what it answers."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import isfinite

import numpy as np
from numpy.typing import NDArray

from liftproof.vocabulary.levels import USUAL_LEVEL
from liftproof.vocabulary.models import INVERSE_VARIANCE

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One pooling problem. ``y`` and ``v``, shape (k,), are on the analysis scale.

    ``tau2_method`` is FE, DL, PM, REML or ML; ``interval`` is wald, hksj or hksj_adhoc;
    ``prediction`` a convention of the prediction interval, empty for none. ``level``: of all
    limits. ``model`` and ``measure`` as in ``review.yaml``. ``studies``: the trial of each effect,
    (k,). ``arms``: events and people, intervention first, each of shape (k,), NaN where not known;
    empty for models of effects.
    """

    y: Array
    v: Array
    tau2_method: str
    interval: str
    prediction: str = ""
    level: float = USUAL_LEVEL
    model: str = INVERSE_VARIANCE
    measure: str = ""
    studies: tuple[str, ...] = ()
    arms: tuple[Array, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """An engine's answer, on the analysis scale; None where it gives no number.

    ``method`` is the call, every option spelt out; ``kind`` is closed_form, iterative or
    quadrature, an integral that is a sum of few terms in ours.
    """

    method: str
    kind: str
    estimate: float | None = None
    ci_low: float | None = None
    ci_high: float | None = None
    tau2: float | None = None
    pi_low: float | None = None
    pi_high: float | None = None
    note: str = ""


CLOSED_FORM, ITERATIVE, QUADRATURE = "closed_form", "iterative", "quadrature"


def no_opinion(note: str, kind: str = ITERATIVE) -> Opinion:
    """Return the answer of an engine that was not asked, or has no such method."""
    return Opinion(method="", kind=kind, note=note)


def number(value: object) -> float | None:
    """Return an engine's scalar, of whatever array type, as a float; None if it is not finite."""
    found = float(np.asarray(value, dtype=float).item())
    return found if isfinite(found) else None


def spelt_out(name: str, options: dict[str, object]) -> str:
    """Return a call as text.

    >>> spelt_out("combine_effects", {"method_re": "dl", "use_t": False})
    "combine_effects(method_re='dl', use_t=False)"
    >>> spelt_out("combine_effects", {"alpha": 1 - 0.95, "xtol": 1e-10})
    'combine_effects(alpha=0.05, xtol=1e-10)'
    """
    given = ", ".join(f"{key}={_without_noise(value)!r}" for key, value in options.items())
    return f"{name}({given})"


def _without_noise(value: object) -> object:
    """Return a number without what subtraction leaves behind its twelfth digit, all else as is."""
    return float(f"{value:.12g}") if isinstance(value, float) else value


@contextmanager
def heard() -> Iterator[list[str]]:
    """Yield a list that collects the texts of all warnings raised meanwhile.

    The engines warn of small samples and of divisions by zero. Such a warning belongs in the row
    of the estimate that caused it, not on the terminal of whoever runs the workflow.
    """
    texts: list[str] = []
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        yield texts
    texts.extend(dict.fromkeys(f"warned: {item.message}" for item in caught))
