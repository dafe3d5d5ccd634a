"""A printed trial as a row of a review."""

from liftproof.analysis.effects import trial_effects
from liftproof.errors import LiftproofError
from liftproof.reviews.audited_table import AuditedRow
from liftproof.reviews.model.effect_sources import GROUPS
from liftproof.reviews.model.review_tables import Outcome, Study
from liftproof.reviews.model.settings import Analysis
from liftproof.vocabulary.measures import MEASURES

ESTIMATE = "estimate"


def key_of_line(line: int) -> str:
    """Return the key of the trial, or pool, on a line of the file."""
    return f"line_{line}"


def study_of(row: AuditedRow) -> Study:
    """Return the trial of a row; its year is not known and never shown."""
    record = row.record
    return Study(study=key_of_line(row.line), label=record.label, year=0, category=record.subgroup)


def source_for(row: AuditedRow, measure: str) -> str:
    """Return which numbers of a row are pooled on a measure: as stated, else the rawest.

    >>> from pathlib import Path
    >>> from liftproof.reviews.files.sheet_rows import SheetRow
    >>> from liftproof.reviews.model.audited_line import AuditedLine
    >>> of = {"estimate": 0.3, "ci_low": 0.1, "ci_high": 0.9}
    >>> line = AuditedLine(label="One", **of, events_intervention=3, n_intervention=15,
    ...                    events_control=10, n_control=15)
    >>> row = SheetRow(path=Path("a.csv"), line=2, place=0, typed={}, bad=frozenset(), record=line)
    >>> source_for(row, "RR"), source_for(row, "HR")
    ('counts', 'estimate')
    """
    if row.record.pooled_from:
        return row.record.pooled_from
    able = (source for source in ("counts", "means") if source in MEASURES[measure].sources)
    return next((source for source in able if has_all(row, source)), ESTIMATE)


def has_all(row: AuditedRow, source: str) -> bool:
    """Say whether a row has every number of a source."""
    return all(getattr(row.record, name) is not None for name in GROUPS[source])


def outcome_of(row: AuditedRow, measure: str) -> Outcome:
    """Return the result of a row on a measure.

    Limits that are printed in falling order are read in rising order; a rule says so.
    """
    record = row.record
    arms = {name: getattr(record, name) for name in (*GROUPS["counts"], *GROUPS["means"])}
    own = source_for(row, measure)
    if own == ESTIMATE and has_all(row, "reported"):
        low, high = sorted((record.ci_low or 0.0, record.ci_high or 0.0))
        arms |= {"estimate": record.estimate, "ci_low": low, "ci_high": high}
    return Outcome(
        study=key_of_line(row.line),
        outcome=measure.lower(),
        measure=record.measure or measure,
        ci_level=record.ci_level,
        design_effect=record.design_effect,
        **arms,
    )


def why_no_effect(row: AuditedRow, measure: str) -> str:
    """Return why a trial has no effect on a measure, empty where it has one."""
    source = source_for(row, measure)
    group = "reported" if source == ESTIMATE else source
    lacking = [name for name in GROUPS[group] if getattr(row.record, name) is None]
    if lacking:
        return f"without {', '.join(lacking)}"
    analysis = Analysis(id="one", title="", measure=measure, tau2="FE", interval="wald")
    try:
        trial_effects([(study_of(row), outcome_of(row, measure))], analysis)
    except LiftproofError as error:
        return str(error).partition(": ")[2] or str(error)
    return ""
