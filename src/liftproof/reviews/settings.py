"""The contents of ``review.yaml``: what a review asks, and by which methods."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """One pooled analysis.

    ``select``: column of studies.csv or outcomes.csv to the values that are let in.
    ``variants``: trial to the extraction used where it is not ``primary``.
    ``model``: IV, or a method for counts, which has no use for ``tau2`` and ``interval``.
    ``subgroup``: column by which the forest plot groups its trials; empty for none.
    """

    id: str
    title: str
    measure: str
    tau2: str = "REML"
    interval: str = "hksj_adhoc"
    model: str = "IV"
    clustering: str = "as_extracted"
    subgroup: str = ""
    select: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    variants: Mapping[str, str] = field(default_factory=dict)
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
