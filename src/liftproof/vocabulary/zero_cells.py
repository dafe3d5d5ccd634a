"""Rules for empty cells: what is done about a trial without an event in an arm, or with one in all.

Three switches are metafor's: ``add`` is added to cells, ``to`` says in which trials, and
``drop00`` leaves out trials in which nobody, or everybody, in both arms had an event. ``cells``
says to which cells of a trial.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from liftproof.vocabulary.plausibility import COMMON, KNOWN, RARE
from liftproof.vocabulary.record import Record, by_code


@dataclass(frozen=True, slots=True, kw_only=True)
class ZeroCellRecord(Record):
    """One rule for empty cells.

    ``add``, ``to``, ``drop00``: see above. ``cells``: by measure, the cells added to, a name in
    ``two_arm_tables.CELLS``; all where empty, else no other measure knows the rule.
    ``keeps_everybody``: whether a trial in which everybody has an event counts for a risk ratio.
    ``sentences``: by source, what the Methods text says of
    the rule, with citations in braces. ``departure``: completes "the printed number follows with
    ...". ``departure_code``: the rule in the results of the search for causes, empty for the usual
    one. ``is_defensible``: whether ``review.yaml`` may list it in a multiverse.
    ``needs_empty_cell``: whether it changes nothing unless a trial has one.
    """

    add: float
    to: str
    drop00: bool
    cells: Mapping[str, str] = field(default_factory=dict)
    keeps_everybody: bool = False
    sentences: Mapping[str, str] = field(default_factory=dict)
    departure: str = ""
    departure_code: str = ""
    is_defensible: bool = False
    needs_empty_cell: bool = True
    is_departure: bool = True


_METABIN: Mapping[str, str] = {"RR": "events", "RD": "variance"}
"""What meta's metabin adds to: events and participants of a risk ratio, not all four cells."""
_BY_METABIN = (
    "1/2 added as meta's metabin does, (a + 1/2)/(n + 1/2) for a risk and all cells for the "
    "variance of a difference alone,"
)
_ONLY0 = 'that trial and of no other (add = 1/2, to = "only0" in metafor, {viechtbauer2010})'

ZERO_CELLS = by_code(
    ZeroCellRecord(
        code="only_empty",
        name="1/2 added to the cells of trials with an empty one",
        add=0.5,
        to="only0",
        drop00=True,
        sentences={
            "counts": "Where an arm has no event, or nobody without one, 1/2 is added to all four "
            f"cells of {_ONLY0}",
            "rates": "Where an arm has no event, 1/2 is added to the events of both arms of "
            f"{_ONLY0}",
            "group_counts": "Where nobody, or everybody, has an event, 1/2 is added to those with "
            f"and to those without one in {_ONLY0}",
            "group_rates": f"Where there is no event, 1/2 is added to those of {_ONLY0}",
        },
        is_defensible=True,
        is_departure=False,
    ),
    ZeroCellRecord(
        code="all_if_any",
        name="1/2 added to all trials once one has an empty cell",
        add=0.5,
        to="if0all",
        drop00=True,
        departure="1/2 added to all trials once one has an empty cell",
        departure_code="half_to_all_if_any",
    ),
    ZeroCellRecord(
        code="all",
        name="1/2 added to the cells of every trial",
        add=0.5,
        to="all",
        drop00=True,
        departure="1/2 added to the cells of every trial",
        departure_code="half_to_all",
        is_defensible=True,
        needs_empty_cell=False,
    ),
    ZeroCellRecord(
        code="left_out",
        name="trials with an empty cell left out",
        add=0.0,
        to="none",
        drop00=True,
        departure="trials with an empty cell left out",
        departure_code="left_out",
        is_defensible=True,
    ),
    ZeroCellRecord(
        code="empty_trials_kept",
        name="trials without an event in either arm kept",
        add=0.5,
        to="only0",
        drop00=False,
        departure="trials without an event in either arm kept, with 1/2 added",
        departure_code="empty_trials_kept",
        plausibility=RARE,
    ),
    ZeroCellRecord(
        code="metabin",
        name="1/2 added as metabin does, where a cell is empty",
        add=0.5,
        to="only0",
        drop00=True,
        cells=_METABIN,
        keeps_everybody=True,
        departure=f"{_BY_METABIN} in trials with an empty cell",
        departure_code="metabin",
        plausibility=COMMON,
    ),
    ZeroCellRecord(
        code="metabin_all_if_any",
        name="1/2 added as metabin does, to all trials once one has an empty cell",
        add=0.5,
        to="if0all",
        drop00=True,
        cells=_METABIN,
        keeps_everybody=True,
        departure=f"{_BY_METABIN} in all trials once one has an empty cell",
        departure_code="metabin_to_all_if_any",
        plausibility=KNOWN / 2,
    ),
    ZeroCellRecord(
        code="metabin_all",
        name="1/2 added as metabin does, to every trial",
        add=0.5,
        to="all",
        drop00=True,
        cells=_METABIN,
        keeps_everybody=True,
        departure=f"{_BY_METABIN} in every trial",
        departure_code="metabin_to_all",
        needs_empty_cell=False,
        plausibility=KNOWN / 2,
    ),
    ZeroCellRecord(
        code="metabin_empty_trials_kept",
        name="1/2 added as metabin does, trials without an event kept",
        add=0.5,
        to="only0",
        drop00=False,
        cells={"RR": "events"},
        keeps_everybody=True,
        departure=f"{_BY_METABIN} and trials without an event in either arm kept",
        departure_code="metabin_empty_trials_kept",
        plausibility=RARE,
    ),
    ZeroCellRecord(
        code="empty_cell_only",
        name="1/2 added to the empty cell alone",
        add=0.5,
        to="only0",
        drop00=True,
        cells=dict.fromkeys(("RR", "OR", "RD"), "empty"),
        departure="1/2 added to the empty cell alone",
        departure_code="half_to_empty_cell_only",
        plausibility=RARE,
    ),
)
DEFENSIBLE_ZERO_CELLS = tuple(code for code, rule in ZERO_CELLS.items() if rule.is_defensible)
USUAL_ZERO_CELLS = "only_empty"
"""The rule of every analysis, and metafor's default."""
