"""An analysis that readers can turn over: the effects of its trials under every choice.

The choices are those of the multiverse: extractions of each trial, and what holds for all trials.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from liftproof.analysis.effects import columns_behind, used_beside
from liftproof.analysis.multiverse.conditions import (
    ReadingEffects,
    consequential,
    reading_effects,
)
from liftproof.analysis.multiverse.extractions import Extraction, Readings, readings
from liftproof.analysis.multiverse.targets import is_of_effects
from liftproof.analysis.multiverse.universe import different
from liftproof.analysis.specification import Specification, specification_of
from liftproof.reviews.model.provenance import marks
from liftproof.reviews.model.review import Review
from liftproof.reviews.model.review_tables import Outcome, Study
from liftproof.reviews.model.settings import Analysis
from liftproof.statistics.checks import Array
from liftproof.vocabulary.measures import MEASURES

CLUSTERING = "clustering"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExploredResult:
    """One result of an extraction of a trial.

    ``marks``: by treatment of clusters, in their order, the kinds of numbers that carry a mark
    among those that its effect rests on, sorted.
    """

    outcome: Outcome
    source: str
    marks: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExploredExtraction:
    """One way to read a trial: ``label`` as in the multiverse; no result where it is left out."""

    label: str
    results: tuple[ExploredResult, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ExploredTrial:
    """A trial with its extractions, the settled one first.

    ``effects``: y and v, analysis scale, shape (conditions, extractions, results, 2); NaN where a
    result does not enter. Conditions are all combinations of the choices that hold for all trials,
    the last running fastest.
    """

    study: Study
    extractions: tuple[ExploredExtraction, ...]
    effects: Array


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ExploredAnalysis:
    """An analysis with its choices; ``specification``: as settled.

    ``choices``: by choice that holds for all trials its options, two or more, the settled one
    first.
    """

    analysis: Analysis
    specification: Specification
    choices: Mapping[str, tuple[str, ...]]
    trials: tuple[ExploredTrial, ...]


def explored_analyses(review: Review) -> Iterator[ExploredAnalysis]:
    """Yield the analyses of a review that pool effects, of which any can be exchanged or left out.

    One that has no trial is not among them.
    """
    for analysis in review.settings.analyses:
        if can_be_explored(analysis):
            explored = explored_analysis(review, analysis)
            if explored.trials:
                yield explored


def can_be_explored(analysis: Analysis) -> bool:
    """Say whether an analysis pools effects of trials with two arms, one by one.

    Models of counts do not, nor measures of one group, nor formulas in which a trial's variance
    rests on others.
    """
    return is_of_effects(analysis) and not MEASURES[analysis.measure].is_of_one_group


def explored_analysis(review: Review, analysis: Analysis) -> ExploredAnalysis:
    """Return an analysis with the effects of its trials under every choice.

    An extraction that gives the same effects as one before it, whatever else is chosen, is left
    out, and so are options without consequence.
    """
    trials = readings(review, analysis)
    options, tables = consequential(analysis, trials) if trials else ({}, [])
    behind = _Behind(review, analysis, reading_effects(analysis, trials), options)
    return ExploredAnalysis(
        analysis=analysis,
        specification=specification_of(analysis),
        choices={name: each for name, each in options.items() if len(each) > 1},
        trials=tuple(
            _trial(trial, places, table, behind)
            for trial, places, table in zip(trials, behind.effects.places, tables, strict=True)
        ),
    )


class _Behind:
    """What the effects of results rest on."""

    def __init__(
        self,
        review: Review,
        analysis: Analysis,
        effects: ReadingEffects,
        options: Mapping[str, Sequence[str]],
    ) -> None:
        self.review, self.effects = review, effects
        self.specification = specification_of(analysis)
        treatments = options.get(CLUSTERING, ())
        self.inflated = [effects.data.clusters.inflation(each) != 1 for each in treatments]

    def marks(self, outcome: Outcome, source: str, place: int) -> tuple[tuple[str, ...], ...]:
        """Return the marks of a result by treatment of clusters; ``place``: among all results."""
        beside = used_beside(source, self.specification)
        found = {
            is_inflated: marks(
                self.review, outcome, columns_behind(source, beside, is_inflated=is_inflated)
            )
            for is_inflated in (False, True)
        }
        return tuple(tuple(sorted(found[bool(each[place])])) for each in self.inflated)


def _trial(
    trial: Readings, places: NDArray[np.int_], table: Array, behind: _Behind
) -> ExploredTrial:
    labels, kept = different(trial, table)
    return ExploredTrial(
        study=trial.study,
        extractions=tuple(
            ExploredExtraction(
                label=label, results=_results(trial.extractions[place], places[place], behind)
            )
            for label, place in zip(labels, kept, strict=True)
        ),
        effects=table[:, kept],
    )


def _results(
    extraction: Extraction, places: NDArray[np.int_], behind: _Behind
) -> tuple[ExploredResult, ...]:
    rows = zip(extraction.rows, extraction.sources, places, strict=False)  # places are padded
    return tuple(
        ExploredResult(
            outcome=outcome, source=source, marks=behind.marks(outcome, source, int(place))
        )
        for outcome, source, place in rows
    )
