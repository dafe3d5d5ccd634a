"""Sentences that several analyses of a review share: each stands once, with their titles."""

from collections.abc import Sequence
from dataclasses import dataclass

from liftproof.pages.estimates.cautions import cautions
from liftproof.pages.inputs import ReviewInputs
from liftproof.rows.result_rows import EstimateRow
from liftproof.words.methods import methods


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """A sentence on several analyses; ``about`` names them, empty if it is all."""

    text: str
    about: str


def shared_cautions(inputs: ReviewInputs) -> tuple[Shared, ...]:
    """Return what the estimates of a review do not show."""
    said = [
        (text, row.title)
        for row in inputs.rows(EstimateRow)
        for text in cautions(row, inputs.effects_of(row.analysis))
    ]
    return _shared(said, [row.title for row in inputs.rows(EstimateRow)])


def shared_methods(inputs: ReviewInputs) -> tuple[Shared, ...]:
    """Return the methods of a review, sentence by sentence."""
    settings = {analysis.id: analysis for analysis in inputs.review.settings.analyses}
    said = [
        (sentence, row.title)
        for row in inputs.rows(EstimateRow)
        for sentence in methods(row, inputs.effects_of(row.analysis), settings[row.analysis])
    ]
    return _shared(said, [row.title for row in inputs.rows(EstimateRow)])


def _shared(pairs: Sequence[tuple[str, str]], all_titles: Sequence[str]) -> tuple[Shared, ...]:
    """Gather the titles of the analyses under each text, in the order in which texts occur."""
    titles: dict[str, list[str]] = {}
    for text, title in pairs:
        titles.setdefault(text, []).append(title)
    return tuple(
        Shared(text=text, about=_about(named, all_titles)) for text, named in titles.items()
    )


def _about(named: Sequence[str], all_titles: Sequence[str]) -> str:
    """Name analyses, by the exceptions where these are fewer."""
    others = [title for title in all_titles if title not in named]
    if not others:
        return ""
    if len(others) < len(named):
        return f"All analyses but: {'; '.join(others)}"
    return "; ".join(named)
