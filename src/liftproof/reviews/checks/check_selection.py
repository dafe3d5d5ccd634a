"""Whether the names in an analysis exist: columns, values, trials, variants."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from liftproof.reviews.checks.check_keys import Tables
from liftproof.reviews.files.yaml_record import YamlRecord
from liftproof.reviews.model.choice import columns_to_select, same, selected, value_of, variant_of
from liftproof.reviews.model.problems import Problem
from liftproof.reviews.model.review_tables import Outcome, Study
from liftproof.reviews.model.settings import Analysis
from liftproof.reviews.model.shown_columns import MADE_COLUMNS
from liftproof.suggest import did_you_mean


def check_names(asked: YamlRecord[Analysis], tables: Tables) -> Iterator[Problem]:
    """Yield the names in one analysis that the tables do not have."""
    studies, outcomes = tables.trials, tables.results
    for key in ("select", "leave_out"):
        yield from check_selection(asked, key, getattr(asked.record, key), studies, outcomes)
    yield from _columns(asked, studies, outcomes)
    if tables.has_every_trial:
        yield from _variants(asked, tables)


def check_selection(
    asked: YamlRecord[Any],
    key: str,
    selection: Mapping[str, Sequence[str]],
    studies: Sequence[Study],
    outcomes: Sequence[Outcome],
) -> Iterator[Problem]:
    """Yield the columns and values below a key that no table has.

    A value that no row has loses nothing but where it selects, and there while there are trials.
    """
    known = list(columns_to_select(studies, outcomes))
    for column, values in selection.items():
        if column not in known:
            wrong, remedy = "no table has such a column", did_you_mean(column, known)
            yield asked.problem((key, column), wrong, remedy, found=column)
            continue
        cells = _cells(column, studies, outcomes)
        for value in values:
            if not any(same(value, cell) for cell in cells):
                wrong = f"no row has this value in {column}"
                remedy = did_you_mean(value, sorted(cells - {""})) if cells - {""} else "fill it in"
                place = (key, column, value)
                rule = "value_unknown" if key != "select" or not studies else ""
                yield asked.problem(place, wrong, remedy, found=value, rule=rule)


def _cells(column: str, studies: Sequence[Study], outcomes: Sequence[Outcome]) -> set[str]:
    """Return the values of a column in either table, also of trials without an outcome."""
    blank = Outcome(study="", outcome="")
    by_key = {study.study: study for study in studies}
    return {value_of(column, study, blank) for study in studies} | {
        value_of(column, by_key[outcome.study], outcome)
        for outcome in outcomes
        if outcome.study in by_key
    }


def _columns(
    asked: YamlRecord[Analysis], studies: Sequence[Study], outcomes: Sequence[Outcome]
) -> Iterator[Problem]:
    """Yield the columns to group by or to show that no table has."""
    known = list(columns_to_select(studies, outcomes))
    subgroup = asked.record.subgroup
    if subgroup and subgroup not in known:
        wrong, remedy = "no table has such a column", did_you_mean(subgroup, known)
        yield asked.problem(("subgroup",), wrong, remedy, found=subgroup)
    for column in asked.record.columns:
        if column not in (*known, *MADE_COLUMNS):
            wrong = "no table has such a column"
            remedy = did_you_mean(column, [*known, *MADE_COLUMNS])
            yield asked.problem(("columns",), wrong, remedy, found=column)


def _variants(asked: YamlRecord[Analysis], tables: Tables) -> Iterator[Problem]:
    if not asked.record.variants:
        return
    studies, outcomes = tables.trials, tables.results
    known = [study.study for study in studies]
    rows = [outcome for _, outcome in selected(asked.record, studies, outcomes)]
    for study, variant in asked.record.variants.items():
        key = ("variants", study)
        have = sorted({variant_of(row) for row in outcomes if row.study == study})
        let_in = {variant_of(row) for row in rows if row.study == study}
        if study not in known:
            wrong, remedy = "studies.csv has no such trial", did_you_mean(study, known)
            yield asked.problem(key, wrong, remedy, found=study)
        elif variant not in have:
            wrong, remedy = f"{study} has no such variant", did_you_mean(variant, have)
            yield asked.problem(key, wrong, remedy, found=variant)
        elif tables.has_every_result and let_in and variant not in let_in:
            wrong = f"no selected result of {study} has this variant"
            remedy = "correct select, or leave the trial out of variants"
            yield asked.problem(key, wrong, remedy, found=variant)
