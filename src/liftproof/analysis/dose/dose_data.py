"""What a dose question is answered from: the effects of its analysis, and the dose of each."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from liftproof.analysis.effects import TrialEffect, numbers_behind
from liftproof.analysis.estimates import entering
from liftproof.reviews.model.dose_choice import asked_of, dose_of
from liftproof.reviews.model.dose_question import DoseQuestion
from liftproof.reviews.model.provenance import kind_of, marks
from liftproof.reviews.model.review import Review
from liftproof.reviews.model.review_tables import MARKED_KINDS
from liftproof.reviews.model.settings import Analysis
from liftproof.statistics.checks import Array
from liftproof.vocabulary.models import THREE_LEVEL


@dataclass(frozen=True, slots=True, kw_only=True)
class Dosed:
    """One result and its dose, None where none is known. ``marks``: of its numbers and dose."""

    effect: TrialEffect
    amount: float | None
    marks: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class DoseMaterial:
    """The results of one question, those with a dose in ``dosed``."""

    review: str
    question: DoseQuestion
    analysis: Analysis
    results: tuple[Dosed, ...]

    @property
    def dosed(self) -> tuple[Dosed, ...]:
        """The results that are regressed."""
        return tuple(result for result in self.results if result.amount is not None)

    @property
    def studies(self) -> tuple[str, ...]:
        """The trials with a dose, each once."""
        return tuple(dict.fromkeys(result.effect.study.study for result in self.dosed))

    @property
    def trials_without(self) -> int:
        """How many trials give no dose."""
        every = {result.effect.study.study for result in self.results}
        return len(every.difference(self.studies))

    @property
    def is_three_level(self) -> bool:
        """Whether several results of a trial are regressed by the three-level model."""
        return self.analysis.model == THREE_LEVEL and len(self.studies) < len(self.dosed)

    def arrays(self) -> tuple[Array, Array, Array, list[str]]:
        """Return y, v and doses (k,), analysis scale, and the trial of each."""
        dosed = self.dosed
        return (
            np.array([result.effect.y for result in dosed]),
            np.array([result.effect.v for result in dosed]),
            np.array([result.amount for result in dosed], dtype=float),
            [result.effect.study.study for result in dosed],
        )

    def without(self, study: str) -> "DoseMaterial":
        """Return the material without one trial."""
        rest = tuple(each for each in self.results if each.effect.study.study != study)
        return replace(self, results=rest)

    def marked(self, kind: str) -> str:
        """Say whether any result that is regressed rests on a number of this kind."""
        return "yes" if any(kind in result.marks for result in self.dosed) else "no"


def dose_material(review: Review, question: DoseQuestion) -> DoseMaterial:
    """Gather the results of a question, trials that it leaves out gone."""
    named = next(each for each in review.settings.analyses if each.id == question.analysis)
    analysis = asked_of(question, named)
    effects = [
        effect
        for effect in entering(review, analysis)
        if effect.study.study not in question.without
    ]
    return DoseMaterial(
        review=review.name,
        question=question,
        analysis=analysis,
        results=tuple(_dosed(review, question, effect) for effect in effects),
    )


def _dosed(review: Review, question: DoseQuestion, effect: TrialEffect) -> Dosed:
    amount = dose_of(question, effect.study, effect.outcome)
    of_effect = marks(review, effect.outcome, numbers_behind(effect))
    of_dose = () if amount is None else _kinds(review, effect, question.all_columns)
    found = of_effect.union(of_dose).intersection(MARKED_KINDS)
    return Dosed(effect=effect, amount=amount, marks=frozenset(found))


def _kinds(review: Review, effect: TrialEffect, columns: Sequence[str]) -> set[str]:
    """Return how the numbers of a dose are known, each from the table that holds it."""
    outcome = effect.outcome
    return {
        kind_of(review, outcome.study, outcome if _is_own(effect, name) else None, name)
        for name in columns
    }


def _is_own(effect: TrialEffect, name: str) -> bool:
    """Say whether a column's value stands in the row of the result, not of the trial."""
    return bool(effect.outcome.moderators.get(name) or getattr(effect.outcome, name, None))
