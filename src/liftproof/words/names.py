"""What the estimator and the model of a pooled row are called in figures and captions."""

import re

from liftproof.rows.result_rows import EstimateRow
from liftproof.vocabulary.estimators import ESTIMATORS, WITH_GIVEN_WEIGHTS, EstimatorRecord
from liftproof.vocabulary.models import COUNT_MODELS, MODELS, THREE_LEVEL, ModelRecord
from liftproof.words.text import capital

_YEAR = re.compile(r"(?<=[a-z])(?=\d{4}$)")


def review_called(name: str) -> str:
    """Return what another review is called where its name alone is known.

    >>> review_called("lauersen2018"), review_called("running_economy")
    ('Lauersen 2018', 'Running economy')
    """
    return capital(_YEAR.sub(" ", name.replace("_", " ")))


def estimator(code: str) -> str:
    """Return what an estimator of τ² is called.

    >>> estimator("DL")
    'DerSimonian-Laird'
    """
    return _record(code).name


def _record(code: str) -> EstimatorRecord:
    return WITH_GIVEN_WEIGHTS[code] if code in WITH_GIVEN_WEIGHTS else ESTIMATORS[code]


def count_model(row: EstimateRow) -> ModelRecord | None:
    """Return the model of counts that a row comes from; None where effects were pooled."""
    return MODELS[row.model] if row.model in COUNT_MODELS else None


def pooled_by(row: EstimateRow) -> str:
    """Return what the pooled line of a figure is called, such as "Random effects"."""
    counts = count_model(row)
    if counts is not None:
        return capital(counts.name.partition(",")[0])
    if row.model == THREE_LEVEL:
        return capital(MODELS[THREE_LEVEL].name)
    return "Fixed effect" if has_common_effect(row) else "Random effects"


def has_common_effect(row: EstimateRow) -> bool:
    """Say whether a row comes from one true effect for all trials."""
    return (count_model(row) or _record(row.tau2_method)).is_common_effect


def i2_source(row: EstimateRow) -> str:
    """Return what I² of a row is made from: ``tau2``, ``q`` or nothing."""
    counts = count_model(row)
    if counts is not None:
        return counts.i2
    return "q" if has_common_effect(row) else "tau2"
