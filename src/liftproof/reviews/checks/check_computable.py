"""Whether the effect of a row can be computed in an analysis, and what its reader should know."""

from collections.abc import Iterator
from dataclasses import dataclass

from liftproof.reviews.checks.check_odds import RULE as ODDS
from liftproof.reviews.checks.check_odds import odds_beside_risks
from liftproof.reviews.checks.number_limits import ARMS
from liftproof.reviews.files.sheet_rows import SheetRow
from liftproof.reviews.model.effect_sources import complete_groups, source_in, source_of
from liftproof.reviews.model.review_tables import Outcome, Study
from liftproof.reviews.model.settings import Analysis
from liftproof.vocabulary.measures import MEASURES, STAND_INS, USUAL, taken_for
from liftproof.vocabulary.sources import OF_ESTIMATES

GIVEN = "GEN"
"""The measure of effects given as y and v, of whatever kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowFinding:
    """A problem of one row; analyses that share it share one message."""

    row: SheetRow[Study] | SheetRow[Outcome]
    column: str
    wrong: str
    found: str
    remedy: str
    rule: str = ""


def measure_of(analysis: Analysis, outcome: Outcome, review_measure: str) -> str:
    """Return the measure of a row's effect in an analysis."""
    return _measure_from(source_in(outcome, analysis), analysis, outcome, review_measure)


def _measure_from(source: str, analysis: Analysis, outcome: Outcome, review_measure: str) -> str:
    """Return the measure of an effect from one source."""
    if source in OF_ESTIMATES:
        return outcome.measure or review_measure
    if source == "given" and outcome.measure not in ("", "GEN"):
        return outcome.measure
    is_other = source in STAND_INS and source not in MEASURES[analysis.measure].sources
    return STAND_INS[source] if is_other else analysis.measure


def computable(
    analysis: Analysis, row: SheetRow[Outcome], review_measure: str
) -> Iterator[RowFinding]:
    """Yield what rules the measure out in a row, and what of it is not used."""
    code, source = analysis.measure, source_in(row.record, analysis)
    own = _measure_from(source, analysis, row.record, review_measure)
    remedy = "choose another variant or selection"
    if not source:
        complete = complete_groups(row.record)
        found = ", ".join(complete)
        remedy = f"{_other_measure(row.record, found)}, or {remedy}"
        instead = [STAND_INS[name] for name in complete if STAND_INS.get(name) in taken_for(code)]
        if instead:
            remedy += f", or say pooled_with: [{instead[0]}] in the analysis"
        wrong = f"{code} cannot be computed from this row"
        yield RowFinding(row=row, column="measure", wrong=wrong, found=found, remedy=remedy)
    elif own not in taken_for(code):
        wrong = f"an effect of another measure than {code}"
        remedy = f"write measure: {own} in review.yaml, or {remedy}"
        yield RowFinding(row=row, column="measure", wrong=wrong, found=own, remedy=remedy)
    elif wrong := odds_beside_risks(analysis, row.record, own):
        remedy = "give counts or a ratio of the analysis's measure, or leave the trial out of it"
        yield RowFinding(
            row=row, column="measure", wrong=wrong, found=own, remedy=remedy, rule=ODDS
        )
    if source == "counts" and "rates" in complete_groups(row.record):
        yield _time_unused(row, code)
    for arm in ARMS if source == "means" or _has_time(row.record) else ():
        yield from _arm(row, arm, source, code)


def _has_time(outcome: Outcome) -> bool:
    times = (outcome.person_time_intervention, outcome.person_time_control)
    return any(time is not None for time in times)


def _other_measure(outcome: Outcome, found: str) -> str:
    """Return where numbers that an analysis cannot pool belong: ``found`` says of what they are."""
    able = [name for name in MEASURES if name != GIVEN and source_of(outcome, name)]
    named = " or ".join([name for name in USUAL if name in able] or able)
    if not named:
        return "write another measure"
    return (
        f"write measure: {named} in review.yaml where all trials of the analysis have {found}; "
        "else give this one another name in outcome, which an analysis of its own selects"
    )


def _time_unused(row: SheetRow[Outcome], code: str) -> RowFinding:
    """Return that a measure of people is computed where person-time is known too."""
    return RowFinding(
        row=row,
        column="person_time_intervention",
        wrong=f"person-time is not used: {code} takes events and participants",
        found=row.cell("person_time_intervention"),
        remedy="choose IRR for events and person-time, or leave it at that",
        rule="time_unused",
    )


def _arm(row: SheetRow[Outcome], arm: str, source: str, code: str) -> Iterator[RowFinding]:
    """Yield raw numbers of one arm that rule the measure out but are possible by themselves."""
    column, remedy = f"events_{arm}", "choose IRR, or count people injured"
    events, people = getattr(row.record, column), getattr(row.record, f"n_{arm}")
    has_time = getattr(row.record, f"person_time_{arm}") is not None
    if source == "counts" and has_time and events > people:
        wrong = f"more events than participants rule {code} out"
        yield RowFinding(row=row, column=column, wrong=wrong, found=row.cell(column), remedy=remedy)
    column, remedy = f"mean_{arm}", "choose MD or SMD"
    if source == "means" and code == "ROM" and getattr(row.record, column) <= 0:
        wrong = "a mean of 0 or below rules a ratio of means out"
        yield RowFinding(row=row, column=column, wrong=wrong, found=row.cell(column), remedy=remedy)


def is_uncorrected(analysis: Analysis, study: Study, outcome: Outcome) -> bool:
    """Say whether a cluster trial that is to be inflated by a design effect has none."""
    if analysis.clustering != "design_effect" or study.design != "cluster":
        return False
    sizes = (
        *(study.icc, study.clusters_intervention, study.clusters_control),
        *(outcome.n_intervention, outcome.n_control),
    )
    has_effect = outcome.design_effect is not None or study.design_effect is not None
    is_adjusted = source_in(outcome, analysis) in OF_ESTIMATES and (
        outcome.cluster_adjusted == "yes"
    )
    return not is_adjusted and not has_effect and None in sizes
