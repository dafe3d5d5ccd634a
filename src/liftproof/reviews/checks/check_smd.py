"""Whether the formula of the SMD and its divisor of changes suit each analysis."""

from collections.abc import Iterator

from liftproof.reviews.checks.check_keys import Tables
from liftproof.reviews.checks.number_limits import ARMS
from liftproof.reviews.files.settings_file import SettingsFile
from liftproof.reviews.files.sheet_rows import SheetRow
from liftproof.reviews.files.yaml_record import YamlRecord
from liftproof.reviews.model.choice import chosen
from liftproof.reviews.model.effect_sources import source_in
from liftproof.reviews.model.problems import Problem
from liftproof.reviews.model.review_tables import Outcome
from liftproof.reviews.model.settings import Analysis
from liftproof.vocabulary.smd_formulas import CHANGE_SDS, USUAL_CHANGE_SD

OF_CHANGES = ("change_sd", "pre_post_correlation")
CORRELATION = "pre_post_correlation"


def check_smd(file: SettingsFile, tables: Tables) -> Iterator[Problem]:
    """Yield keys that no analysis can use, and numbers that they need and that are not known."""
    yield from _unused(file)
    reported: dict[tuple[int, str], tuple[SheetRow[Outcome], list[str]]] = {}
    for asked in file.analyses:
        yield from _unsuitable(asked)
        rows = _of_changes(asked.record, tables)
        if tables.has_every_result:
            yield from _without_changes(asked, rows)
        yield from _without_correlation(file, asked, rows)
        for row, column in _without_before(asked.record, rows):
            _, names = reported.setdefault((row.line, column), (row, []))
            names.append(asked.record.id)
    for (_, column), (row, names) in reported.items():
        wrong = f"not known, but changes are divided by it ({', '.join(names)})"
        yield row.problem(column, wrong, f"fill it in, or write change_sd: {USUAL_CHANGE_SD}")


def _is_smd(analysis: Analysis) -> bool:
    return analysis.measure == "SMD"


KEYS = ("smd", *OF_CHANGES)


def _unused(file: SettingsFile) -> Iterator[Problem]:
    """Yield keys of the review that none of its analyses can use."""
    for key in KEYS:
        if (key,) in file.lines and not any(_is_smd(each) for each in file.settings.analyses):
            yield Problem(
                path=file.path,
                line=file.lines[(key,)],
                column=key,
                wrong="no analysis pools standardised mean differences (SMD)",
                found=_found(getattr(file.settings, key)),
                remedy="leave it out",
            )


def _unsuitable(asked: YamlRecord[Analysis]) -> Iterator[Problem]:
    """Yield keys of an analysis that its measure has no use for."""
    analysis = asked.record
    for key in KEYS:
        if (key,) in asked.lines and not _is_smd(analysis):
            wrong = f"{analysis.measure} does not pool standardised mean differences (SMD)"
            yield asked.problem((key,), wrong, "leave it out", found=_found(getattr(analysis, key)))


def _of_changes(analysis: Analysis, tables: Tables) -> tuple[SheetRow[Outcome], ...]:
    """Return the rows of which an analysis pools standardised differences of changes."""
    if not _is_smd(analysis):
        return ()
    of_line = {row.record.line: row for row in tables.outcomes}
    pairs = chosen(analysis, tables.trials, tables.results)
    return tuple(
        of_line[outcome.line] for _, outcome in pairs if source_in(outcome, analysis) == "changes"
    )


def _without_changes(
    asked: YamlRecord[Analysis], rows: tuple[SheetRow[Outcome], ...]
) -> Iterator[Problem]:
    """Yield keys about changes of an analysis that pools none."""
    for key in OF_CHANGES:
        if (key,) in asked.lines and _is_smd(asked.record) and not rows:
            wrong = f"analysis {asked.record.id} pools no row with means before and after"
            remedy = "fill in mean_pre_intervention and mean_pre_control, or leave it out"
            yield asked.problem((key,), wrong, remedy, found=_found(getattr(asked.record, key)))


def _without_correlation(
    file: SettingsFile, asked: YamlRecord[Analysis], rows: tuple[SheetRow[Outcome], ...]
) -> Iterator[Problem]:
    """Yield a divisor of changes that needs the correlation between before and after."""
    analysis = asked.record
    over = CHANGE_SDS[analysis.change_sd or USUAL_CHANGE_SD]
    if not (rows and over.needs_correlation) or analysis.pre_post_correlation is not None:
        return
    line = asked.lines.get(("change_sd",), file.lines.get(("change_sd",), asked.line))
    yield Problem(
        path=file.path,
        line=line,
        column="change_sd",
        wrong=f"analysis {analysis.id} needs the correlation between before and after",
        found=over.code,
        remedy=f"give {CORRELATION}: of a source, or write change_sd: {USUAL_CHANGE_SD}; it is "
        "never assumed",
    )


def _without_before(
    analysis: Analysis, rows: tuple[SheetRow[Outcome], ...]
) -> Iterator[tuple[SheetRow[Outcome], str]]:
    """Yield rows, each with the column of a standard deviation before that is needed and empty."""
    if not CHANGE_SDS[analysis.change_sd or USUAL_CHANGE_SD].needs_before:
        return
    for row in rows:
        for column in (f"sd_pre_{arm}" for arm in ARMS):
            if getattr(row.record, column) is None and column not in row.bad:
                yield row, column


def _found(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)
