"""Every choice behind a pooled number: one field a choice, so that one can be changed at a time."""

from dataclasses import dataclass

from liftproof.vocabulary.models import INVERSE_VARIANCE
from liftproof.vocabulary.predictions import DEFAULT_PREDICTION

AS_DEFINED = ""
"""The value of a choice where the measure or the model has a definition of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Specification:
    """How trials are turned into effects, and effects into printed numbers.

    ``measure``, ``model``, ``tau2``, ``interval``, ``prediction`` and ``level`` (of all limits) as
    in ``review.yaml``; other fields are empty, or hold the name of a departure from the usual:

    ``zero_cells``: a code of ``ZERO_CELLS``. ``dispersion``: ``pooled`` standard deviations
    for a mean difference, ``separate`` or ``control`` for a standardised one. ``correction``:
    ``none`` for an uncorrected difference or ratio of means. ``smd_variance``: a name in
    ``effects.SMD_VARIANCES``. ``misread``: ``se_as_sd`` or ``sd_as_se``, of the trial
    ``misread_study``, empty for all. ``limits_read``: the level, in percent, at which reported
    limits are read instead of their own. ``clusters``: ``ignored`` where no variance is inflated.
    ``rounding``: a name in ``effects.ROUNDINGS``. ``direction``: ``inverted`` for arms exchanged.
    ``variance``: of the Mantel-Haenszel risk difference, as named there; ``sato`` where empty.
    ``tau2_limits``: a name in ``between.LIMITS``; Q-profile where empty. ``search``: ``loose``
    where an iteration stops early. ``i2``: ``from_q``.
    """

    measure: str
    model: str = INVERSE_VARIANCE
    tau2: str = "REML"
    interval: str = "hksj_adhoc"
    prediction: str = DEFAULT_PREDICTION
    level: float = 0.95
    zero_cells: str = AS_DEFINED
    dispersion: str = AS_DEFINED
    correction: str = AS_DEFINED
    smd_variance: str = AS_DEFINED
    misread: str = AS_DEFINED
    misread_study: str = AS_DEFINED
    limits_read: str = AS_DEFINED
    clusters: str = AS_DEFINED
    rounding: str = AS_DEFINED
    direction: str = AS_DEFINED
    variance: str = AS_DEFINED
    tau2_limits: str = AS_DEFINED
    search: str = AS_DEFINED
    i2: str = AS_DEFINED
