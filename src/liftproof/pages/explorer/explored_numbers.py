"""The effects of an analysis under every choice, packed as the page's script unpacks them."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from liftproof.analysis.explored import (
    ExploredAnalysis,
    ExploredExtraction,
    ExploredResult,
    ExploredTrial,
)
from liftproof.reviews.model.settings import Settings
from liftproof.words.marks import MARKS
from liftproof.words.option_names import option_name
from liftproof.words.text import outcome_names


class EffectList:
    """Every different effect of a review once, y and v in turn; the first is none at all."""

    def __init__(self) -> None:
        self.numbers: list[float | None] = [None, None]
        self._places: dict[bytes, int] = {}

    def place(self, pair: Any) -> int:
        """Return where an effect stands, shape (2,), as y and v; 0 for none."""
        if not np.isfinite(pair).all():
            return 0
        key = pair.tobytes()
        if key not in self._places:
            self._places[key] = len(self.numbers) // 2
            self.numbers += pair.tolist()
        return self._places[key]


def packed_trials(
    explored: ExploredAnalysis, effects: EffectList, settings: Settings
) -> list[dict[str, Any]]:
    """Return the trials of an analysis; their effects are added to the list.

    ``picks``: places in the list, by condition, extraction and result, the last running fastest.
    """
    return [
        {
            "study": trial.study.study,
            "label": trial.study.label,
            "year": trial.study.year,
            "extractions": [_extraction(each, trial, settings) for each in trial.extractions],
            "picks": [effects.place(pair) for pair in trial.effects.reshape(-1, 2)],
            "results": trial.effects.shape[2],
        }
        for trial in explored.trials
    ]


def choice_options(explored: ExploredAnalysis) -> list[dict[str, Any]]:
    """Return the choices that hold for all trials, each option with its code and its name."""
    return [
        {"kind": kind, "options": [[code, option_name(kind, code, {})] for code in options]}
        for kind, options in explored.choices.items()
    ]


def _extraction(
    extraction: ExploredExtraction, trial: ExploredTrial, settings: Settings
) -> list[Any]:
    outcomes = {each.outcome.outcome for other in trial.extractions for each in other.results}
    return [
        option_name("trial", extraction.label, settings.names),
        [[_told_apart(each, outcomes, settings), _signs(each)] for each in extraction.results],
    ]


def _told_apart(result: ExploredResult, outcomes: set[str], settings: Settings) -> str:
    """Return what tells a result from the others of its trial, empty for nothing."""
    outcome = result.outcome
    what = outcome.detail or outcome_names(settings.named(outcome.outcome))
    parts = (settings.named(outcome.arm), what if len(outcomes) > 1 else "")
    return ", ".join(part for part in parts if part)


def _signs(result: ExploredResult) -> str | list[str]:
    """Return the marks of a result; by treatment of clusters where they depend on it."""
    signs = ["".join(sign for kind, sign in MARKS if kind in each) for each in result.marks]
    return signs[0] if len(set(signs)) == 1 else signs


def shortest(numbers: Sequence[float | None]) -> list[float | int | None]:
    """Return numbers as JSON writes them shortest: whole ones without a point."""
    return [int(each) if each is not None and each.is_integer() else each for each in numbers]
