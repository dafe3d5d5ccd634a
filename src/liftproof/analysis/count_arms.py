"""The arms whose numbers a model of counts is fitted to."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from liftproof.analysis.effect_rules import left_out_under
from liftproof.analysis.specification import AS_DEFINED, Specification
from liftproof.analysis.trial_data import TrialData
from liftproof.errors import InputError
from liftproof.statistics.checks import Array
from liftproof.vocabulary.measures import source_of_counts
from liftproof.vocabulary.models import COUNT_MODELS
from liftproof.vocabulary.suitability import require_counts


def needs_arms(specification: Specification) -> bool:
    """Say whether a pool takes the numbers of arms beside, or in place of, effects."""
    return bool(specification.q_about) or specification.model in COUNT_MODELS


def arms_under(trials: TrialData, specification: Specification) -> Sequence[Array]:
    """Return the numbers of both arms of the trials that enter, none for a model of effects.

    Events and participants, or person-time, of one arm and of the other, exchanged where the
    direction is inverted. A trial that says nothing of a ratio is left out of the counts as it is
    of the effects, so that the trials pooled are those that readers see: of the Mantel-Haenszel
    risk ratio metafor lets a trial in which everybody has an event count. Rules for empty cells are
    of effects; counts stay as they are. Raises UsageError where the model does not fit the measure
    or a trial that enters has an estimate alone, and InputError where no trial enters.
    """
    if not needs_arms(specification):
        return ()
    if specification.q_about:
        return _behind_effects(trials, specification)
    enters = left_out_under(trials, replace(specification, zero_cells=AS_DEFINED)) == ""
    if not enters.any():
        raise InputError("No trial is left to pool: every effect is missing.")
    raw = trials.raw.get(source_of_counts(specification.measure))
    known = set(raw.trials.tolist()) if raw else set()
    without = [trials.study[place] for place in np.flatnonzero(enters) if place not in known]
    names = [trials.names.get(study, study) for study in without]
    require_counts(specification.model, specification.measure, names)
    if raw is None:
        return ()
    return _turned(raw.numbers[:, enters[raw.trials]], specification)


def _behind_effects(trials: TrialData, specification: Specification) -> Sequence[Array]:
    """Return the counts behind the effects that enter, none where an effect has none.

    For Q about the Mantel-Haenszel estimate of the very trials that are pooled.
    """
    raw = trials.raw.get(source_of_counts(specification.measure))
    if raw is None or len(raw.trials) < len(trials.study):
        return ()
    enters = left_out_under(trials, specification) == ""
    return _turned(raw.numbers[:, enters[raw.trials]], specification)


def _turned(numbers: Array, specification: Specification) -> Sequence[Array]:
    """Return the columns of both arms, exchanged where the direction is inverted."""
    arms = tuple(numbers)
    return (*arms[2:], *arms[:2]) if specification.direction else arms
