"""Whether each dose question can be asked of the tables: analysis, columns, trials, target."""

from collections.abc import Iterator, Sequence
from math import isfinite

from liftproof.reviews.checks.check_keys import Tables
from liftproof.reviews.files.settings_file import SettingsFile
from liftproof.reviews.files.yaml_record import KeyPath, YamlRecord
from liftproof.reviews.model.choice import (
    Chosen,
    chosen,
    columns_to_select,
    selected,
    value_of,
    variant_of,
)
from liftproof.reviews.model.dose_choice import asked_of
from liftproof.reviews.model.dose_question import INTERVALS, LOG, DoseQuestion
from liftproof.reviews.model.effect_sources import is_complete
from liftproof.reviews.model.problems import Problem
from liftproof.reviews.model.review_tables import Outcome, Study
from liftproof.reviews.model.settings import Analysis
from liftproof.suggest import did_you_mean
from liftproof.vocabulary.models import MODELS


def check_doses(file: SettingsFile, tables: Tables) -> Iterator[Problem]:
    """Yield what stands in the way of each question under ``dose``."""
    analyses = {analysis.id: analysis for analysis in file.settings.analyses}
    for asked in file.doses:
        question = asked.record
        yield from _target(asked, tables)
        if question.analysis not in analyses:
            if question.analysis:
                wrong, remedy = "no such analysis", did_you_mean(question.analysis, analyses)
                yield _problem(asked, ("analysis",), wrong, question.analysis, remedy)
            continue
        analysis = analyses[question.analysis]
        yield from _methods(asked, analysis)
        if tables.has_every_trial and tables.has_every_result:
            yield from _columns(asked, analysis, tables)
            yield from _trials(asked, analysis, tables)


def _target(asked: YamlRecord[DoseQuestion], tables: Tables) -> Iterator[Problem]:
    question = asked.record
    known = list(dict.fromkeys(row.record.target for row in tables.published))
    if question.target and question.target not in known:
        wrong, remedy = "published.csv has no such target", did_you_mean(question.target, known)
        yield _problem(asked, ("target",), wrong, question.target, remedy)


def _methods(asked: YamlRecord[DoseQuestion], analysis: Analysis) -> Iterator[Problem]:
    question = asked.record
    allowed = INTERVALS.get(analysis.model)
    if allowed is None:
        wrong = "the analysis pools counts and has no effects to regress"
        remedy = "name an analysis by inverse variance"
        yield _problem(asked, ("analysis",), wrong, question.analysis, remedy)
        return
    if question.interval and question.interval not in allowed:
        wrong = f"model {analysis.model} gives slopes no such interval"
        remedy = did_you_mean(question.interval, allowed)
        yield _problem(asked, ("interval",), wrong, question.interval, remedy)
    estimators = MODELS[analysis.model].estimators
    if estimators and question.tau2 and question.tau2 not in estimators:
        wrong = f"model {analysis.model} has no such estimator"
        remedy = did_you_mean(question.tau2, estimators)
        yield _problem(asked, ("tau2",), wrong, question.tau2, remedy)


def _columns(
    asked: YamlRecord[DoseQuestion], analysis: Analysis, tables: Tables
) -> Iterator[Problem]:
    question = asked.record
    known = list(columns_to_select(*_records(tables)))
    rows = _rows(question, analysis, tables)
    cells: dict[str, list[str]] = {}
    for column in question.all_columns:
        key = "adjusted_by" if column == question.adjusted_by else "dose"
        if column not in known:
            wrong, remedy = "no table has such a column", did_you_mean(column, known)
            yield _problem(asked, (key,), wrong, column, remedy)
            continue
        cells[column] = [value_of(column, *row) for row in rows]
        for cell in dict.fromkeys(filter(None, cells[column])):
            if not _is_dose(cell, question.form):
                kind = "a number above 0" if question.form == LOG else "a number"
                wrong, remedy = f"{column} is not {kind} everywhere", "correct or empty the cell"
                yield _problem(asked, (key,), wrong, cell, remedy)
    if len(cells) == len(question.all_columns) and not any(
        all(of_row) for of_row in zip(*cells.values(), strict=True)
    ):
        remedy = "fill the column in, or name another"
        wrong = "no trial of the analysis has this dose"
        yield _problem(asked, ("dose",), wrong, question.name, remedy)


def _is_dose(cell: str, form: str) -> bool:
    try:
        value = float(cell)
    except ValueError:
        return False
    return isfinite(value) and (form != LOG or value > 0)


def _trials(
    asked: YamlRecord[DoseQuestion], analysis: Analysis, tables: Tables
) -> Iterator[Problem]:
    question = asked.record
    studies, outcomes = _records(tables)
    known = [study.study for study in studies]
    variants: dict[str, set[str]] = {}
    for trial, outcome in selected(asked_of(question, analysis), studies, outcomes):
        variants.setdefault(trial.study, set()).add(variant_of(outcome))
    for key, names in (("without", question.without), ("variants", tuple(question.variants))):
        for study in names:
            if study not in variants:
                wrong = "the analysis has no such trial"
                remedy = did_you_mean(study, variants or known)
                yield _problem(asked, (key, study), wrong, study, remedy)
    for study, variant in question.variants.items():
        if study in variants and variant not in variants[study]:
            wrong, remedy = f"{study} has no such variant", did_you_mean(variant, variants[study])
            yield _problem(asked, ("variants", study), wrong, variant, remedy)


def _rows(question: DoseQuestion, analysis: Analysis, tables: Tables) -> Sequence[Chosen]:
    """Return the rows whose effects are regressed."""
    rows = chosen(asked_of(question, analysis), *_records(tables))
    return [
        (study, outcome)
        for study, outcome in rows
        if is_complete(outcome) and study.study not in question.without
    ]


def _records(tables: Tables) -> tuple[tuple[Study, ...], tuple[Outcome, ...]]:
    """Return the trials and the results without their lines."""
    return tables.trials, tables.results


def _problem(
    asked: YamlRecord[DoseQuestion], place: KeyPath, wrong: str, found: str, remedy: str
) -> Problem:
    return asked.problem(place, f"dose question {asked.record.id}: {wrong}", remedy, found=found)
