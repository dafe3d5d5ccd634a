"""Whether ``multiverse`` suits its model, and the names in it exist: columns, values, trials."""

from collections.abc import Iterator, Mapping, Sequence

from liftproof.reviews.checks.check_keys import Tables
from liftproof.reviews.files.settings_file import SettingsFile
from liftproof.reviews.files.yaml_record import YamlRecord
from liftproof.reviews.model.choice import columns_to_select, same, value_of, variant_of
from liftproof.reviews.model.problems import Problem
from liftproof.reviews.model.review_tables import Outcome, Study
from liftproof.reviews.model.settings import Analysis
from liftproof.suggest import did_you_mean
from liftproof.vocabulary.models import MODELS
from liftproof.vocabulary.smd_formulas import (
    DEFENSIBLE_SMD,
    RESTS_ON_ALL,
    SMD_FORMULAS,
    USUAL_SMD,
)

KEY = "multiverse"


def check_multiverse(file: SettingsFile, tables: Tables) -> Iterator[Problem]:
    """Yield what the model does not take and the names that the tables do not have."""
    studies, outcomes = tables.trials, tables.results
    for asked in file.analyses:
        yield from _methods(asked)
        yield from _doubtful(asked, studies, outcomes)
        if tables.has_every_trial and tables.has_every_result:
            yield from _variants(asked, outcomes)


def _methods(asked: YamlRecord[Analysis]) -> Iterator[Problem]:
    """Yield the key of a model without combinations, and options that a model does not take."""
    options, model = asked.record.multiverse, MODELS[asked.record.model]
    if options.is_asked and SMD_FORMULAS[asked.record.smd or USUAL_SMD].rests_on_all:
        wrong = f"choices of smd {asked.record.smd} are not gone through: {RESTS_ON_ALL}"
        remedy = f"delete the key, or use smd {' or '.join(DEFENSIBLE_SMD)}"
        yield asked.problem((KEY,), wrong, remedy, found=asked.record.smd)
    if options.smd and asked.record.measure != "SMD":
        wrong, remedy = "only SMD has such formulas", "delete the key, or use measure SMD"
        yield asked.problem((KEY, "smd"), wrong, remedy, found=", ".join(options.smd), column="smd")
    if model.is_of_counts and options.is_asked:
        wrong = f"choices of model {model.code} are not gone through"
        yield asked.problem((KEY,), wrong, "delete the key, or use model IV", found=model.code)
        return
    for key, named, known in (
        ("tau2", options.tau2, model.estimators),
        ("interval", options.interval, model.intervals),
    ):
        for option in named if known else ():
            if option not in known:
                places = ((KEY, key, option), (KEY, key), (KEY,))
                place = next(each for each in places if each in asked.lines)
                wrong, remedy = f"model {model.code} has no such {key}", did_you_mean(option, known)
                yield asked.problem(place, wrong, remedy, found=option, column=key)


def _doubtful(
    asked: YamlRecord[Analysis], studies: Sequence[Study], outcomes: Sequence[Outcome]
) -> Iterator[Problem]:
    known = list(columns_to_select(studies, outcomes))
    of_study = {study.study: study for study in studies}
    rows = [(of_study[row.study], row) for row in outcomes if row.study in of_study]
    for column, values in (asked.record.multiverse.doubtful or {}).items():
        key = (KEY, "doubtful", column)
        if column not in known:
            remedy = did_you_mean(column, known)
            yield asked.problem(key, "no table has such a column", remedy, found=column)
            continue
        cells = {value_of(column, *row) for row in rows} - {""}
        for value in values:
            if not any(same(value, cell) for cell in cells):
                remedy = did_you_mean(value, sorted(cells)) if cells else "fill the column in"
                wrong = f"no row has this value in {column}"
                yield asked.problem((*key, value), wrong, remedy, found=value)


def _variants(asked: YamlRecord[Analysis], outcomes: Sequence[Outcome]) -> Iterator[Problem]:
    known: dict[str, set[str]] = {}
    for row in outcomes:
        known.setdefault(row.study, set()).add(variant_of(row))
    named: Mapping[str, Sequence[str]] = asked.record.multiverse.variants
    for study, variants in named.items():
        key = (KEY, "variants", study)
        if study not in known:
            remedy = did_you_mean(study, sorted(known))
            yield asked.problem(key, "no such trial has a result", remedy, found=study)
            continue
        for variant in variants:
            if variant not in known[study]:
                remedy = did_you_mean(variant, sorted(known[study]))
                wrong = f"{study} has no such variant"
                yield asked.problem((*key, variant), wrong, remedy, found=variant)
