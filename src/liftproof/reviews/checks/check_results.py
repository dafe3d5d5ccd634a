"""Whether an outcome row makes one complete result, or says what it awaits."""

from collections.abc import Iterator
from functools import cache

from liftproof.reviews.files.sheet_rows import SheetRow
from liftproof.reviews.model.effect_sources import GROUPS, complete_groups, missing
from liftproof.reviews.model.problems import Problem
from liftproof.reviews.model.review_tables import Outcome
from liftproof.vocabulary.printed_forms import PRINTED_FORMS
from liftproof.vocabulary.sources import OF_ESTIMATES, OF_ONE_GROUP, RAW

_SHARED = ("means", "rates", "changes")
"""Groups that share columns with counts."""
ARMS = ("intervention", "control")
_READ = frozenset(name for names in GROUPS.values() for name in names)
_HALVES = ("given", "reported", "standard_error", "changes")
"""Groups of which a part may stand beside a whole result."""
_ESTIMATES, _EVENTS = frozenset(OF_ESTIMATES), frozenset(("counts", "rates"))
_PRINTED = frozenset(name for form in PRINTED_FORMS.values() for name in form.columns)
_PEOPLE = ("n_intervention", "n_control")


def check_result(row: SheetRow[Outcome]) -> Iterator[Problem]:
    """Yield what keeps a row from being one result, if its numbers could be read."""
    if not row.bad.isdisjoint(_READ | _PRINTED):
        return
    complete = complete_groups(row.record)
    if complete:
        yield from _too_much(row, complete)
        yield from _left_over(row, complete)
        yield from _unnamed(row, complete)
        yield from _reversed(row, complete)
    elif row.record.awaits:
        wrong, remedy = (
            "the result awaits data",
            f"fill in {_names(lacking(row.record))} when known",
        )
        yield row.problem("awaits", wrong, remedy, rule="awaits")
    else:
        yield _incomplete(row)


def _too_much(row: SheetRow[Outcome], complete: tuple[str, ...]) -> Iterator[Problem]:
    """Yield two results in one row. Counts beside rates are one: both describe the same events."""
    if row.record.y is not None and row.record.estimate is not None:
        wrong, remedy = "both y and estimate are given", "keep one, or make two variants of them"
        yield row.problem("estimate", wrong, remedy)
    raw = [group for group in RAW if group in complete]
    if "means" in raw and len(raw) > 1:
        wrong, remedy = f"both means and {raw[0]} are given", "make them two outcomes"
        yield row.problem("mean_intervention", wrong, remedy)
    if row.record.awaits:
        wrong, remedy = "the result is complete but still awaits data", "empty the cell"
        yield row.problem("awaits", wrong, remedy, rule="awaits_nothing")


def _unnamed(row: SheetRow[Outcome], complete: tuple[str, ...]) -> Iterator[Problem]:
    """Warn of a reported estimate that does not say of what: it is read as the review's measure."""
    if not row.record.measure and not _ESTIMATES.isdisjoint(complete):
        wrong = "an estimate without its measure is read as the review's"
        remedy = "say which it is: RR, OR, IRR, HR, ..."
        yield row.problem("measure", wrong, remedy, rule="measure_unsaid")


def _left_over(row: SheetRow[Outcome], complete: tuple[str, ...]) -> Iterator[Problem]:
    """Warn of half an effect beside a whole result: it is not used.

    Numbers of participants alone are no half: they describe the arms.
    """
    if all(getattr(row.record, name) is None for name in _beside(complete)):
        return
    used = set(_columns_of(complete)).union(*row.record.derived_from.values())
    if row.record.y is not None and row.record.estimate is None:
        used.add("se")  # of y: v is made from it, or held against it
    for group in _HALVES:
        absent = missing(row.record, group)
        own = [name for name in GROUPS[group] if name not in (*used, *absent)]
        used.update(own)
        if group not in complete and own:
            present = own[0]
            wrong = f"not used, because {_names(absent)} {_is(absent)} missing"
            remedy = f"fill in {_names(absent)}, or leave it at that"
            yield row.problem(present, wrong, remedy, rule="not_used")


@cache
def _columns_of(complete: tuple[str, ...]) -> frozenset[str]:
    """Return the columns of groups, and those that describe arms."""
    return frozenset(name for group in (*complete, "counts") for name in GROUPS[group])


@cache
def _beside(complete: tuple[str, ...]) -> tuple[str, ...]:
    """Return the columns of which a part of another result would have one; there may be none."""
    halves = dict.fromkeys(name for group in _HALVES for name in GROUPS[group])
    return tuple(name for name in halves if name not in _columns_of(complete))


def _reversed(row: SheetRow[Outcome], complete: tuple[str, ...]) -> Iterator[Problem]:
    """Yield an outcome counted in events of which more is better."""
    if row.record.better == "higher" and not _EVENTS.isdisjoint(complete):
        wrong = "events of which more is better"
        remedy = "count those who lack them, and empty the cell"
        yield row.problem("better", wrong, remedy)


def _incomplete(row: SheetRow[Outcome]) -> Problem:
    absent, filled = lacking(row.record), _filled(row.record)
    present = list(dict.fromkeys(n for names in GROUPS.values() for n in names if n in filled))
    alone = next((arm for arm in ARMS if _is_of_one_arm(present, arm)), "")
    if alone:
        other = ARMS[1 - ARMS.index(alone)]
        second = tuple(name.replace(alone, other) for name in present)
        wrong = (
            f"the result of one group, the {alone} arm: an effect compares two, but "
            f"{_names(second)} {_is(second)} missing"
        )
        remedy = (
            f"fill in {_names(second)}, or say in awaits that there is no second arm, and the "
            "trial stands beside the pools"
        )
        return row.problem(second[0], wrong, remedy, found=", ".join(present))
    if not present:
        wrong = "the row holds no result"
        remedy = "fill in one (such as events and n of both arms), or say in awaits what is missing"
        return row.problem("row", wrong, remedy, found="")
    wrong = f"the result is incomplete: {_names(absent)} {_is(absent)} missing"
    remedy = f"fill in {_names(absent)}{_instead(row, absent)}, or say in awaits what is missing"
    return row.problem(absent[0], wrong, remedy, found=", ".join(present))


def _is_of_one_arm(present: list[str], arm: str) -> bool:
    """Say whether numbers are those of one arm, and more than how many people were in it."""
    own = [name for name in present if name.endswith(arm)]
    return len(own) == len(present) and any(name not in _PEOPLE for name in own)


def _instead(row: SheetRow[Outcome], absent: tuple[str, ...]) -> str:
    """Say what else makes a result where limits, or standard deviations, are missing."""
    if {"sd_intervention", "sd_control"}.intersection(absent):
        return (
            ", or give se_intervention and se_control (standard errors), medians with quartiles, "
            "t_value, f_value or p_value instead"
        )
    if absent == ("v",):
        return ", or se, whose square it is"
    if not {"ci_low", "ci_high"}.intersection(absent):
        return ""
    p = (
        ", the P value itself (a bound gives no standard error)"
        if row.record.p_value
        else ", p_value"
    )
    return f", give se{p} or y and v instead (v is the squared standard error)"


def lacking(outcome: Outcome) -> tuple[str, ...]:
    """Return the missing cells of the group that is begun and nearest to whole, else of counts.

    >>> lacking(Outcome(study="a", outcome="o", mean_control=2.1, mean_intervention=3, n_control=9))
    ('sd_intervention', 'n_intervention', 'sd_control')
    """
    filled = _filled(outcome)
    begun = [group for group in GROUPS if _own(group).intersection(filled)]
    if outcome.estimate is not None or outcome.awaits:
        begun = [group for group in begun if group != "p_value"]
    absent = [missing(outcome, group) for group in begun]
    return min(absent, key=len, default=missing(outcome, "counts"))


def _own(group: str) -> set[str]:
    """Return the columns that tell a group: n is of counts and means, events of rates too.

    Of one group n tells nothing either.

    An estimate is one with its limits, as long as nothing else is said of its precision.
    """
    if group in ("standard_error", "p_value"):
        return set(GROUPS[group][1:])
    if group in OF_ONE_GROUP:
        return set(GROUPS[group]).difference(("n",))
    shared = GROUPS["counts"] if group in _SHARED else _PEOPLE
    return set(GROUPS[group]).difference(shared)


def _filled(outcome: Outcome) -> set[str]:
    return {name for name in _READ if getattr(outcome, name) not in (None, "")}


def _names(columns: tuple[str, ...]) -> str:
    return ", ".join(columns[:-1]) + " and " + columns[-1] if len(columns) > 1 else columns[0]


def _is(columns: tuple[str, ...]) -> str:
    return "are" if len(columns) > 1 else "is"
