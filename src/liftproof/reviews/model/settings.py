"""The contents of ``review.yaml``: what a review asks, and by which methods."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from liftproof.reviews.files.certainty_keys import BaselineRisk
from liftproof.reviews.model.defensible import Defensible
from liftproof.reviews.model.dose_question import DoseQuestion


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """One pooled analysis.

    ``select``: column of studies.csv or outcomes.csv to the values that are let in.
    ``variants``: trial to the extraction used where it is not ``primary``.
    ``model``: IV, three-level, or a method for counts, which has no use for ``tau2`` and
    ``interval``.
    ``prediction``: convention of the prediction interval; empty for that of the model, which is
    riley where τ² is estimated.
    ``subgroup``: column by which the forest plot groups its trials; empty for none.
    ``multiverse``: the choices that its multiverse runs through.
    ``baseline_risk``: at which absolute effects are told; None for that of its control arms.
    ``population``: column to the values that tell trials of the question's population.
    """

    id: str
    title: str
    measure: str
    tau2: str = "REML"
    interval: str = "hksj_adhoc"
    prediction: str = ""
    model: str = "IV"
    clustering: str = "as_extracted"
    subgroup: str = ""
    select: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    variants: Mapping[str, str] = field(default_factory=dict)
    multiverse: Defensible = field(default_factory=Defensible)
    baseline_risk: BaselineRisk | None = None
    population: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """A whole ``review.yaml``. ``intervention`` and ``control`` name the arms for readers."""

    title: str
    citation: str = ""
    doi: str = ""
    measure: str = "RR"
    intervention: str = "intervention"
    control: str = "control"
    analyses: tuple[Analysis, ...] = ()
    dose: tuple[DoseQuestion, ...] = ()
