"""Whether ``grade.csv`` names analyses and judgements that exist, and ``population`` values."""

from collections.abc import Iterable, Iterator, Mapping

from liftproof.reviews.checks.check_keys import Tables
from liftproof.reviews.files.settings_file import SettingsFile
from liftproof.reviews.files.sheet_rows import SheetRow
from liftproof.reviews.model.choice import columns_to_select, same, value_of
from liftproof.reviews.model.grade import DOMAINS, Grade
from liftproof.reviews.model.problems import Problem
from liftproof.suggest import did_you_mean
from liftproof.vocabulary.measures import MEASURES

POPULATION = "population"


def check_grades(rows: Iterable[SheetRow[Grade]], analyses: Mapping[str, str]) -> Iterator[Problem]:
    """Yield analyses that ``review.yaml`` does not have, and judgements of another domain.

    ``analyses``: measures by analysis; one of one group compares nothing that could be certain.
    """
    known = [name for name in analyses if name]
    for row in rows:
        name, domain, judgement = row.record.analysis, row.record.domain, row.record.judgement
        if name and known and name not in known:
            wrong = "review.yaml has no such analysis"
            yield row.problem("analysis", wrong, did_you_mean(name, known))
        measure = MEASURES.get(analyses.get(name, ""))
        if measure and not measure.has_null:
            wrong = f"{measure.code} is of one group: its certainty as an effect is not judged"
            yield row.problem("analysis", wrong, "delete the row, or name another analysis")
        if judgement and judgement not in DOMAINS.get(domain, (judgement,)):
            wrong, remedy = f"no judgement on {domain}", did_you_mean(judgement, DOMAINS[domain])
            yield row.problem("judgement", wrong, remedy)


def check_population(file: SettingsFile, tables: Tables) -> Iterator[Problem]:
    """Yield the columns and values under ``population`` that no row has."""
    studies = {row.record.study: row.record for row in tables.studies}
    outcomes = tables.results
    known = list(columns_to_select(studies.values(), outcomes))
    for asked in file.analyses:
        for column, values in asked.record.population.items():
            if column not in known:
                remedy = did_you_mean(column, known)
                wrong = "no table has such a column"
                yield asked.problem((POPULATION, column), wrong, remedy, found=column)
                continue
            pairs = [(studies[row.study], row) for row in outcomes if row.study in studies]
            cells = {value_of(column, *pair) for pair in pairs} - {""}
            for value in values:
                if not any(same(value, cell) for cell in cells):
                    wrong = f"no row has this value in {column}"
                    remedy = did_you_mean(value, sorted(cells)) if cells else "fill the column in"
                    yield asked.problem((POPULATION, column, value), wrong, remedy, found=value)
