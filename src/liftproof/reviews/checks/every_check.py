"""Every check of a review: of one table, between tables, and with the reviews beside it."""

from collections.abc import Iterator
from pathlib import Path

from liftproof.reviews.checks.check_analyses import check_analyses
from liftproof.reviews.checks.check_cluster_trials import (
    check_cluster_trials,
    check_unsaid_clusters,
)
from liftproof.reviews.checks.check_contrasts import check_contrasts
from liftproof.reviews.checks.check_dose import check_doses
from liftproof.reviews.checks.check_drawn import check_drawn
from liftproof.reviews.checks.check_grades import check_grades, check_population
from liftproof.reviews.checks.check_keys import (
    UNIQUE,
    Tables,
    check_known,
    check_primary,
    check_studies_used,
    check_unique,
    check_years,
)
from liftproof.reviews.checks.check_membership import check_membership
from liftproof.reviews.checks.check_multiverse import check_multiverse
from liftproof.reviews.checks.check_numbers import (
    SPREAD,
    check_arms,
    check_clusters,
    check_clusters_total,
    check_events,
    check_limits,
)
from liftproof.reviews.checks.check_precision import check_precision
from liftproof.reviews.checks.check_printed import ESTIMATE, check_printed
from liftproof.reviews.checks.check_prints import check_prints
from liftproof.reviews.checks.check_provenance import check_provenance
from liftproof.reviews.checks.check_published import check_published
from liftproof.reviews.checks.check_results import check_result
from liftproof.reviews.checks.check_see import check_see
from liftproof.reviews.checks.check_shared_controls import check_shared_controls
from liftproof.reviews.checks.check_smd import check_smd
from liftproof.reviews.checks.check_sources import check_identifiers, check_quotes
from liftproof.reviews.checks.check_split import check_split
from liftproof.reviews.checks.check_totals import check_totals
from liftproof.reviews.checks.check_twins import check_twins
from liftproof.reviews.checks.check_values import check_values
from liftproof.reviews.checks.number_limits import ARMS
from liftproof.reviews.files.settings_file import SettingsFile
from liftproof.reviews.model.problems import Problem
from liftproof.reviews.model.review_tables import (
    Outcome,
    Study,
)
from liftproof.reviews.model.total_clusters import CLUSTERS_TOTAL
from liftproof.reviews.review_folder import (
    name_of,
    siblings_of,
)


def within(tables: Tables, settings: SettingsFile) -> Iterator[Problem]:
    """Yield the problems that one table shows by itself."""
    for name, key in UNIQUE.items():
        yield from check_unique(getattr(tables, name), key)
    measure = settings.settings.measure
    yield from check_limits(tables.studies, Study)
    for study in tables.studies.filled(CLUSTERS_TOTAL):
        yield from check_clusters_total(study)
    yield from check_limits(tables.outcomes, Outcome)
    for outcome in tables.outcomes:
        yield from check_events(outcome)
    for outcome in tables.outcomes.filled(*SPREAD):
        yield from check_arms(outcome)
    for outcome in tables.outcomes.filled(*ESTIMATE):
        yield from check_printed(outcome, measure)
        yield from check_precision(outcome, measure)
    for outcome in tables.outcomes:
        yield from check_result(outcome)
    yield from check_identifiers(settings, tables)
    yield from check_quotes(tables)
    yield from check_drawn(settings, tables)
    yield from check_split(tables.outcomes)
    analyses = [each.id for each in settings.settings.analyses]
    totals = [each.id for each in settings.settings.totals]
    yield from check_published(tables.published, (*analyses, *totals))
    measures = {each.id: each.measure for each in settings.settings.analyses}
    yield from check_grades(tables.grades, measures)


def across(tables: Tables, settings: SettingsFile, *, has_provenance: bool) -> Iterator[Problem]:
    """Yield the problems between the tables; those need them whole."""
    if tables.has_every_trial:
        yield from check_known(tables.outcomes, tables.trials)
        yield from check_known(tables.provenance, tables.trials)
        yield from check_known(tables.risk_of_bias, tables.trials)
    if tables.has_every_result:
        yield from check_studies_used(tables.studies, tables.outcomes)
        yield from check_years(tables.studies)
        yield from check_primary(tables.outcomes)
        yield from check_twins(tables)
        yield from check_shared_controls(tables.outcomes)
    has_clusters = tables.studies.places_filled(*(f"clusters_{arm}" for arm in ARMS))
    studies = {row.study: row for row in tables.trials} if has_clusters else {}
    for outcome in tables.outcomes if studies else ():
        if outcome.record.study in studies:
            yield from check_clusters(outcome, studies[outcome.record.study])
    yield from check_analyses(settings, tables)
    yield from check_membership(settings, tables)
    yield from check_values(settings, tables)
    yield from check_cluster_trials(settings, tables)
    yield from check_unsaid_clusters(settings, tables)
    yield from check_smd(settings, tables)
    yield from check_multiverse(settings, tables)
    yield from check_population(settings, tables)
    yield from check_doses(settings, tables)
    yield from check_contrasts(settings, tables)
    yield from check_totals(settings, tables)
    if has_provenance:
        yield from check_provenance(tables)


def beside(tables: Tables, folder: Path) -> Iterator[Problem]:
    """Yield the problems of pointers to what the reviews beside this one hold."""
    pointers = [record.see for record in tables.published.records]
    siblings = siblings_of(folder, [*pointers, *(record.see for record in tables.prints.records)])
    yield from check_see(tables.published, name_of(folder), siblings)
    yield from check_prints(tables.prints, name_of(folder), siblings)
