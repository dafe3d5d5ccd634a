"""The choices that hold for all trials of an analysis, and the effects of its trials under them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from liftproof.analysis.effect_rules import any_empty_cell, offered_zero_cells
from liftproof.analysis.effects import review_effects
from liftproof.analysis.multiverse.extractions import Readings
from liftproof.analysis.specification import Specification, specification_of
from liftproof.analysis.trial_data import TrialData, trial_data
from liftproof.reviews.model.defensible import OTHER_MEASURES
from liftproof.reviews.model.review_tables import Outcome, Study
from liftproof.reviews.model.settings import Analysis
from liftproof.statistics.checks import Array
from liftproof.statistics.clustering import ASSUMED_ICC
from liftproof.vocabulary.measures import MEASURES
from liftproof.vocabulary.sources import OF_MEANS
from liftproof.vocabulary.zero_cells import USUAL_ZERO_CELLS, ZERO_CELLS

ICCS = (0.01, 0.02, 0.05)
"""Tried where the review states none."""
FIELDS: Mapping[str, str] = {
    "measure": "measure",
    "clustering": "clusters",
    "zero_cells": "zero_cells",
    "smd": "smd",
    "other_measures": "other_measures",
}
"""By choice that holds for all trials, the field of the specification."""
Options = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ReadingEffects:
    """Every extraction of every trial, and its effects under any choices.

    ``places``: by trial, where the results of its extractions stand in ``data``, shape
    (extractions, results), -1 where an extraction has fewer.
    """

    settled: Specification
    data: TrialData
    places: tuple[NDArray[np.int_], ...]

    def tables(self, options: Options) -> list[Array]:
        """Return y and v of each trial, shape (conditions, extractions, results, 2).

        Conditions are all combinations of the options, the last choice running fastest. NaN where
        a result does not enter.
        """
        each = [replace(self.settled, **one) for one in _combinations(options)]
        y, v = review_effects(self.data, each)
        pairs = np.full((len(each), len(self.data.study) + 1, 2), np.nan)
        pairs[:, :-1, 0], pairs[:, :-1, 1] = y, v
        return [pairs[:, places] for places in self.places]


def reading_effects(analysis: Analysis, trials: Sequence[Readings]) -> ReadingEffects:
    """Return the extractions of trials as arrays."""
    rows: list[tuple[Study, Outcome]] = []
    sources: list[str] = []
    places = []
    for trial in trials:
        own = [
            [(trial.study, outcome) for outcome in extraction.rows]
            for extraction in trial.extractions
        ]
        table = np.full((len(own), max(map(len, own))), -1)
        for place, each in enumerate(own):
            table[place, : len(each)] = np.arange(len(rows), len(rows) + len(each))
            rows += each
            sources += trial.extractions[place].sources
        places.append(table)
    return ReadingEffects(
        settled=specification_of(analysis),
        data=trial_data(rows, analysis.measure, sources, better=analysis.better),
        places=tuple(places),
    )


def consequential(
    analysis: Analysis, trials: Sequence[Readings]
) -> tuple[dict[str, tuple[str, ...]], list[Array]]:
    """Return the options that change an effect, and the effects of each trial under all of them.

    An effect table is one of :meth:`ReadingEffects.tables`.
    """
    effects = reading_effects(analysis, trials)
    options = conditions(analysis, effects)
    settled = {name: each[:1] for name, each in options.items()}
    for name, each in options.items():
        if len(each) == 1:
            continue
        tables = effects.tables(settled | {name: each})
        found: dict[bytes, str] = {}
        for place, option in enumerate(each):
            found.setdefault(b"".join(table[place].tobytes() for table in tables), option)
        options = options | {name: tuple(found.values())}
    return options, effects.tables(options)


def conditions(analysis: Analysis, effects: ReadingEffects) -> dict[str, tuple[str, ...]]:
    """Return the options of each choice that holds for all trials, the settled one first.

    Without an empty cell in any extraction there is nothing to choose about them, unless the review
    asks for it.
    """
    asked = analysis.multiverse
    treatments = asked.clustering or ("ignore", "design_effect")
    icc = ICCS if asked.icc is None else asked.icc
    offered = offered_zero_cells(effects.data, analysis.measure)
    usual = offered if any_empty_cell(effects.data) else ()
    zero_cells = asked.zero_cells or [code for code in usual if ZERO_CELLS[code].is_defensible]
    assumed = (f"{ASSUMED_ICC}{x:g}" for x in icc)
    return {
        "measure": _first(analysis.measure, _measures(analysis)),
        "clustering": _first(analysis.clustering, (*treatments, *assumed)),
        "zero_cells": _first(USUAL_ZERO_CELLS, [code for code in zero_cells if code in offered]),
        "smd": _first(effects.settled.smd, _formulas(analysis, effects)),
        "other_measures": _first(OTHER_MEASURES[0], asked.other_measures),
    }


def _measures(analysis: Analysis) -> tuple[str, ...]:
    """Return the measures that counts can be read as in the place of the analysis's."""
    codes = tuple(code for code, measure in MEASURES.items() if measure.is_departure)
    return (analysis.multiverse.measure or codes) if analysis.measure in codes else ()


def _formulas(analysis: Analysis, effects: ReadingEffects) -> tuple[str, ...]:
    """Return the formulas that the review asks to be tried, where any is used."""
    has_means = analysis.measure == "SMD" and not set(OF_MEANS).isdisjoint(effects.data.raw)
    return analysis.multiverse.smd if has_means else ()


def _first(settled: str, options: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((settled, *options)))


def _combinations(options: Options) -> Iterator[dict[str, Any]]:
    """Yield the fields of the specification for each combination of options."""
    names = [FIELDS[name] for name in options]
    for values in product(*options.values()):
        yield dict(zip(names, values, strict=True))
