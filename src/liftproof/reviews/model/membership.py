"""Of each trial, which analyses it enters, and of each that it does not enter, why."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from liftproof.reviews.model.by_identity import kept_by_identity
from liftproof.reviews.model.choice import Accepted, by_trial, value_of, variant_of
from liftproof.reviews.model.effect_sources import is_complete
from liftproof.reviews.model.review_tables import PRIMARY, Outcome, Study
from liftproof.reviews.model.settings import Analysis
from liftproof.suggest import nearest

ALIKE = 0.8
"""How alike a cell and a value that is asked for are before the cell looks misspelt."""
PLAIN_ANSWERS = ("yes", "no")
"""Values that mean nothing without their column: found in another one they tell nothing."""


OTHER_TRIALS = "it is of other trials by their keys"
"""Why an analysis that selects by ``study`` does not take a trial: nothing of it could change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mismatch:
    """A column that keeps a result out of an analysis.

    ``wanted``: the values of ``select``, or, where ``is_left_out``, those of ``leave_out``.
    ``near``: what looks like a slip, in words; empty where nothing does.
    """

    column: str
    cell: str
    wanted: tuple[str, ...]
    is_left_out: bool = False
    near: str = ""

    @property
    def held(self) -> str:
        """What the cell holds, as "category is `strength`"."""
        return f"{self.column} is {f'`{self.cell}`' if self.cell else 'empty'}"

    def sentence(self, analysis: str) -> str:
        """Return why the result does not enter the analysis."""
        verb = "leaves out" if self.is_left_out else "takes"
        near = f" ({self.near})" if self.near else ""
        return f"{self.held}; `{analysis}` {verb} {listed(self.wanted)}{near}"

    @property
    def change(self) -> str:
        """What would have to be otherwise."""
        otherwise = "other than " if self.is_left_out else ""
        return f"{self.column} would have to be {otherwise}{' or '.join(_quoted(self.wanted))}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """One trial and one analysis.

    ``mismatches``: of the result that comes nearest; none where a result passes ``select``.
    ``reason``: why a trial whose results pass, or that has none, does not enter; else empty.
    """

    study: Study
    analysis: str
    mismatches: tuple[Mismatch, ...] = ()
    reason: str = ""

    @property
    def enters(self) -> bool:
        """Whether the analysis pools a result of the trial."""
        return not self.mismatches and not self.reason

    @property
    def in_short(self) -> str:
        """Why the trial does not enter: the first reason, without what the analysis takes."""
        return self.reason or self.mismatches[0].held

    @property
    def why(self) -> str:
        """Why the trial does not enter, with what the analysis takes."""
        return self.reason or " and ".join(each.sentence(self.analysis) for each in self.mismatches)


def listed(values: Sequence[str]) -> str:
    """Return values as a list of code words.

    >>> listed(["yes", "mixed"])
    '`yes`, `mixed`'
    """
    return ", ".join(_quoted(values))


@kept_by_identity
def memberships(
    analyses: Sequence[Analysis], studies: Sequence[Study], outcomes: Sequence[Outcome]
) -> tuple[tuple[Membership, ...], ...]:
    """Return of each trial, in the order of the table, one membership an analysis."""
    by_study = by_trial(outcomes)
    selecting = {column for each in analyses for column in (*each.select, *each.leave_out)}
    every = [_Question(analysis=each, asked=_asked(each), selecting=selecting) for each in analyses]
    return tuple(
        tuple(_membership(each, study, by_study.get(study.study, ())) for each in every)
        for study in studies
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Question:
    """An analysis, what it asks of cells, and the columns that all analyses select by.

    ``asked``: of each column, the values, whether a cell has one of them, and whether it must not.
    """

    analysis: Analysis
    asked: tuple[tuple[str, tuple[str, ...], Accepted, bool], ...]
    selecting: Collection[str]


def _asked(analysis: Analysis) -> tuple[tuple[str, tuple[str, ...], Accepted, bool], ...]:
    return tuple(
        (column, values, Accepted(values), is_left_out)
        for key, is_left_out in ((analysis.select, False), (analysis.leave_out, True))
        for column, values in key.items()
    )


def _membership(question: _Question, study: Study, rows: Sequence[Outcome]) -> Membership:
    analysis = question.analysis
    if not rows:
        reason = "it has no row in outcomes.csv"
        return Membership(study=study, analysis=analysis.id, reason=reason)
    found = [(tuple(_mismatches(question, study, row)), row) for row in rows]
    passing = [row for mismatches, row in found if not mismatches]
    if not passing:
        mismatches, _ = min(found, key=lambda each: len(each[0]))
        if any(each.column == "study" for each in mismatches):
            return Membership(study=study, analysis=analysis.id, reason=OTHER_TRIALS)
        return Membership(study=study, analysis=analysis.id, mismatches=mismatches)
    return Membership(study=study, analysis=analysis.id, reason=_kept_out(analysis, passing))


def _kept_out(analysis: Analysis, passing: Sequence[Outcome]) -> str:
    """Return why results that pass ``select`` are not pooled; empty where one is."""
    asked = analysis.variants.get(passing[0].study, PRIMARY)
    if any(variant_of(row) == asked and is_complete(row) for row in passing):
        return ""
    have = [variant_of(row) for row in passing]
    used = asked if asked in have else PRIMARY
    rows = [row for row in passing if variant_of(row) == used]
    if not rows:
        return (
            f"its variants are {listed(list(dict.fromkeys(have)))}; `{analysis.id}` takes `{used}`"
        )
    if not any(is_complete(row) for row in rows):
        missing = next((row.awaits for row in rows if row.awaits), "")
        return "it awaits data" + (f" ({missing})" if missing else "")
    return ""


def _mismatches(question: _Question, study: Study, row: Outcome) -> Iterator[Mismatch]:
    for column, values, asked, is_left_out in question.asked:
        cell = value_of(column, study, row)
        if asked[cell] is not is_left_out:
            continue
        near = "" if is_left_out else _near(cell, values)
        if not (cell or is_left_out):
            near = near or _elsewhere(study, row, values, question.selecting)
        yield Mismatch(column=column, cell=cell, wanted=values, is_left_out=is_left_out, near=near)


@lru_cache(maxsize=4096)
def _near(cell: str, wanted: tuple[str, ...]) -> str:
    """Return that a cell looks like a value that is asked for; empty where it does not."""
    close = nearest(cell.strip(), wanted, ALIKE) if cell else None
    return f"did you mean `{close}`?" if close else ""


def _elsewhere(
    study: Study, row: Outcome, wanted: Sequence[str], selecting: Collection[str]
) -> str:
    """Return which column that no analysis selects by holds a value that is asked for."""
    cells = {**study.moderators, **row.moderators}
    for column in sorted({*cells, "category", "outcome_class"} - set(selecting)):
        cell = value_of(column, study, row)
        if cell in wanted and cell not in PLAIN_ANSWERS:
            return f"{column} is `{cell}`, but no analysis selects by it"
    return ""


def _quoted(values: Sequence[str]) -> list[str]:
    return [f"`{value}`" if value else "empty" for value in values]
