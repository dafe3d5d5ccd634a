"""Sentences that several analyses of a review share: each stands once, with their titles."""

from collections.abc import Sequence
from dataclasses import dataclass

from liftproof.pages.estimates.cautions import cautions
from liftproof.pages.inputs import ReviewInputs
from liftproof.rows.result_rows import EstimateRow
from liftproof.words.methods import methods

MOST_NAMED = 3
"""Analyses whose titles stand in a sentence; more are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """A sentence on several analyses; ``about`` names them, empty if it is all.

    Where they are many ``about`` counts them, and ``titles`` has them; else that is empty.
    """

    text: str
    about: str
    titles: tuple[str, ...] = ()


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
    return tuple(_named(text, named, all_titles) for text, named in titles.items())


def _named(text: str, named: Sequence[str], all_titles: Sequence[str]) -> Shared:
    """Return a sentence that names analyses, by the exceptions where these are fewer."""
    others = [title for title in all_titles if title not in named]
    if not others:
        return Shared(text=text, about="")
    is_but = len(others) < len(named)
    if min(len(others), len(named)) > MOST_NAMED:
        number = f"{len(named)} of {len(all_titles)} analyses"
        return Shared(text=text, about=number, titles=tuple(named))
    about = f"All analyses but: {'; '.join(others)}" if is_but else "; ".join(named)
    return Shared(text=text, about=about)
