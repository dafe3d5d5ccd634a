"""An analysis, with what every departure and every pair of them makes of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Any

from liftproof.analysis.causes.departure import Departure, is_rare
from liftproof.analysis.causes.departures import departures_from
from liftproof.analysis.causes.fits import Numbers, numbers_of_each
from liftproof.analysis.effects import behind_effects, effects_under
from liftproof.analysis.source_effects import Pair
from liftproof.analysis.specification import Specification
from liftproof.analysis.trial_data import TrialData
from liftproof.errors import LiftproofError


@dataclass(frozen=True, kw_only=True, eq=False)
class Pool:
    """An analysis with what each departure, and each pair, makes of it; made when first asked for.

    Departures that touch none of the ``quantities`` asked for are left out. ``with_methods``: False
    where the numbers are not of this pool, such as slopes, and no departure of method is tried.
    """

    trials: TrialData
    specification: Specification
    quantities: tuple[str, ...] = ()
    with_methods: bool = True

    @cached_property
    def effects(self) -> dict[tuple[Any, ...], Pair]:
        """Effects that were computed, by what they depend on."""
        return {}

    @cached_property
    def numbers(self) -> Numbers:
        """The numbers of the specification as it is."""
        if not self.with_methods:
            return {}
        return dict(self._of(iter([()]))).get((), {})

    @cached_property
    def singles(self) -> Mapping[tuple[Departure, ...], Numbers]:
        """Each departure and its numbers."""
        every = departures_from(self.specification, self.trials) if self.with_methods else ()
        return dict(self._of((one,) for one in every if self._touches(one)))

    @cached_property
    def pairs(self) -> Mapping[tuple[Departure, ...], Numbers]:
        """Each pair of departures on two axes that change different choices.

        Left out are those with a reading of one trial alone, of which there are so many that some
        give any print, and two rare ones at once.
        """
        single = [one for (one,) in self.singles]
        return dict(self._of(pair for pair in combinations(single, 2) if _may_pair(pair)))

    def _effects(self, specification: Specification) -> Pair | None:
        """Return the effects of a specification, computed once for all that share them."""
        key = behind_effects(specification)
        if key not in self.effects:
            try:
                self.effects[key] = effects_under(self.trials, specification)
            except LiftproofError:
                return None
        return self.effects[key]

    def _touches(self, departure: Departure) -> bool:
        asked = set(self.quantities)
        return not (asked and departure.quantities) or bool(asked & set(departure.quantities))

    def _of(
        self, sets: Iterator[tuple[Departure, ...]]
    ) -> Iterator[tuple[tuple[Departure, ...], Numbers]]:
        """Yield sets of departures and their numbers, without those that give none."""
        applied = ((each, _applied(self.specification, each)) for each in sets)
        asked = [
            (departures, (specification, effects))
            for departures, specification in applied
            if (effects := self._effects(specification)) is not None
        ]
        found = numbers_of_each(self.trials, [each for _, each in asked])
        for (departures, _), numbers in zip(asked, found, strict=True):
            if numbers is not None:
                yield departures, numbers


def _may_pair(pair: tuple[Departure, ...]) -> bool:
    first, second = pair
    if first.axis == second.axis or is_rare(pair) or any(one.is_of_one_trial for one in pair):
        return False
    return first.fields.isdisjoint(second.fields)


def _applied(specification: Specification, departures: Sequence[Departure]) -> Specification:
    for departure in departures:
        specification = departure.applied(specification)
    return specification
