"""Whether each total can be counted: a name of its own, columns and values that exist."""

from collections.abc import Iterator

from liftproof.reviews.checks.check_keys import Tables
from liftproof.reviews.checks.check_selection import check_names
from liftproof.reviews.files.settings_file import SettingsFile
from liftproof.reviews.files.yaml_record import YamlRecord
from liftproof.reviews.model.problems import Problem
from liftproof.reviews.model.settings import Analysis


def check_totals(file: SettingsFile, tables: Tables) -> Iterator[Problem]:
    """Yield totals with the name of an analysis, and what they select by and no table has."""
    analyses = {analysis.id for analysis in file.settings.analyses}
    for asked in file.totals:
        total = asked.record
        if total.id in analyses:
            wrong, remedy = "an analysis has this name", "give the total another one"
            yield asked.problem(("id",), wrong, remedy, found=total.id)
        rows = Analysis(
            id=total.id,
            title=total.title,
            measure=file.settings.measure,
            select=total.select,
        )
        selecting = YamlRecord(path=asked.path, line=asked.line, lines=asked.lines, record=rows)
        yield from check_names(selecting, tables)
