"""The sections on estimates and on what other software makes of them."""

from dataclasses import dataclass

from liftproof.pages.estimates.contrast_tables import contrast_sentences, contrasts_table
from liftproof.pages.estimates.engine_words import checked_by
from liftproof.pages.estimates.estimate_tables import (
    engines_table,
    estimates_table,
    heterogeneity_table,
)
from liftproof.pages.estimates.shared_sentences import Shared, shared_cautions
from liftproof.pages.inputs import ReviewInputs
from liftproof.pages.table import PageTable
from liftproof.rows.result_rows import EngineRow


@dataclass(frozen=True, slots=True, kw_only=True)
class EstimatesSection:
    """The pooled estimates, whether groups of them differ, and what they do not show."""

    estimates: PageTable
    heterogeneity: PageTable
    contrasts: PageTable
    contrast_sentences: tuple[str, ...]
    cautions: tuple[Shared, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EnginesSection:
    """Second opinions: how far they agree, in words and in a table."""

    checked: str
    engines: PageTable


def estimates_section(inputs: ReviewInputs) -> EstimatesSection:
    """Return the estimates of a review."""
    return EstimatesSection(
        estimates=estimates_table(inputs),
        heterogeneity=heterogeneity_table(inputs),
        contrasts=contrasts_table(inputs),
        contrast_sentences=contrast_sentences(inputs),
        cautions=shared_cautions(inputs),
    )


def engines_section(inputs: ReviewInputs) -> EnginesSection:
    """Return the second opinions on a review's estimates."""
    return EnginesSection(
        checked=checked_by(inputs.rows(EngineRow), inputs.title_of), engines=engines_table(inputs)
    )
