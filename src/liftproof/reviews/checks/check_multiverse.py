"""Whether the names in ``multiverse`` exist: columns, values, trials, variants."""

from collections.abc import Iterator, Mapping, Sequence

from liftproof.reviews.checks.check_keys import Tables
from liftproof.reviews.files.settings_file import SettingsFile
from liftproof.reviews.files.yaml_record import YamlRecord
from liftproof.reviews.model.choice import columns_to_select, same, value_of, variant_of
from liftproof.reviews.model.problems import Problem
from liftproof.reviews.model.review_tables import Outcome, Study
from liftproof.reviews.model.settings import Analysis
from liftproof.suggest import did_you_mean

KEY = "multiverse"


def check_multiverse(file: SettingsFile, tables: Tables) -> Iterator[Problem]:
    """Yield the names under ``multiverse`` that the tables do not have."""
    studies = [row.record for row in tables.studies]
    outcomes = [row.record for row in tables.outcomes]
    for asked in file.analyses:
        yield from _doubtful(asked, studies, outcomes)
        if tables.has_every_trial and tables.has_every_result:
            yield from _variants(asked, outcomes)


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
