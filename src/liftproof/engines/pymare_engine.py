"""The opinion of PyMARE."""

import warnings
from importlib.metadata import version
from typing import Any

import numpy as np

from liftproof.engines.opinion import Opinion, Question, heard, no_opinion, number, spelt_out
from liftproof.vocabulary.models import INVERSE_VARIANCE

with warnings.catch_warnings():
    # PyMARE leaves a file of its own open while it is imported; nothing of ours hangs on it.
    warnings.simplefilter("ignore", ResourceWarning)
    from pymare import Dataset
    from pymare.estimators import (
        DerSimonianLaird,
        VarianceBasedLikelihoodEstimator,
        WeightedLeastSquares,
    )

NAME = "PyMARE"
VERSION = version("pymare")

CORRECTIONS = {
    "wald": "wald",
    "hksj": "knapp-hartung",
    "hksj_adhoc": "knapp-hartung-conservative",
}
"""PyMARE's names of the intervals; "conservative" floors the scale factor at 1, as adhoc does."""

SEARCH = {"xtol": 1e-10, "ftol": 1e-15, "maxiter": 200}
"""PyMARE's defaults stop where the likelihood is flat to 1e-12, with tau² still some 1e-6 off."""

ESTIMATORS: dict[str, tuple[Any, dict[str, Any]]] = {
    "FE": (WeightedLeastSquares, {"tau2": 0.0}),
    "DL": (DerSimonianLaird, {}),
    "ML": (VarianceBasedLikelihoodEstimator, {"method": "ML", **SEARCH}),
    "REML": (VarianceBasedLikelihoodEstimator, {"method": "REML", **SEARCH}),
}
ITERATIVE = ("ML", "REML")
MODELS = (INVERSE_VARIANCE,)


def ask(question: Question) -> Opinion:
    """Pool with PyMARE, by the estimator of tau² and the interval that ``question`` names.

    Paule-Mandel is not among PyMARE's methods; the answer then holds a note and no number.
    """
    if question.tau2_method not in ESTIMATORS:
        return no_opinion(f"PyMARE has no {question.tau2_method} estimator")
    if question.interval not in CORRECTIONS:
        return no_opinion(f"PyMARE has no {question.interval} interval")
    estimator, own = ESTIMATORS[question.tau2_method]
    options: dict[str, Any] = {
        **own,
        "weight_scheme": "individual",
        "rho": None,
        "small_sample_correction": CORRECTIONS[question.interval],
    }
    kind = "iterative" if question.tau2_method in ITERATIVE else "closed_form"
    method = spelt_out(estimator.__name__, options)
    with heard() as warned:
        data = Dataset(  # type: ignore[no-untyped-call]
            y=question.y, v=question.v, X=np.ones((len(question.y), 1)), add_intercept=False
        )
        result = estimator(**options).fit_dataset(data).summary()
        fixed = result.get_fe_stats(alpha=1 - question.level)
    return Opinion(
        method=method,
        kind=kind,
        estimate=number(fixed["est"]),
        ci_low=number(fixed["ci_l"]),
        ci_high=number(fixed["ci_u"]),
        tau2=number(result.tau2),
        note="; ".join(warned),
    )
