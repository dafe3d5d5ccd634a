"""Whether each trial enters an analysis: none vanishes without a word."""

from collections.abc import Iterator, Sequence

from liftproof.reviews.checks.check_keys import Tables
from liftproof.reviews.checks.check_selection import check_selection
from liftproof.reviews.files.settings_file import SettingsFile
from liftproof.reviews.files.yaml_record import YamlRecord
from liftproof.reviews.model.choice import by_trial, same, value_of, variant_of
from liftproof.reviews.model.effect_sources import is_complete
from liftproof.reviews.model.membership import OTHER_TRIALS, Membership, memberships
from liftproof.reviews.model.problems import Problem
from liftproof.reviews.model.review_tables import PRIMARY, Outcome, Study
from liftproof.reviews.model.settings import Settings


def check_membership(file: SettingsFile, tables: Tables) -> Iterator[Problem]:
    """Warn of trials with a result that enter no analysis, and are not said to stand beside.

    Results that await data have their own warning. Yields what ``beside`` names and no table has.
    """
    studies, outcomes = tables.trials, tables.results
    settings = file.settings
    typed = YamlRecord(path=file.path, line=1, lines=file.lines, record=settings)
    yield from check_selection(typed, "beside", settings.beside, studies, outcomes)
    if settings.analyses and not studies:
        yield _no_trial(file)
    if not settings.analyses or not tables.has_every_result:
        return
    by_study = by_trial(outcomes)
    complete = {row.study for row in outcomes if is_complete(row) and variant_of(row) == PRIMARY}
    for row, of_trial in zip(
        tables.studies, memberships(settings.analyses, studies, outcomes), strict=True
    ):
        if row.record.study not in complete or any(each.enters for each in of_trial):
            continue
        if not stands_beside(settings, row.record, by_study.get(row.record.study, ())):
            wrong = "the trial enters no analysis"
            near = nearest_membership(of_trial)
            yield row.problem("study", wrong, _remedy(near), rule="enters_nothing")


def _no_trial(file: SettingsFile) -> Problem:
    return Problem(
        path=file.path.with_name("studies.csv"),
        line=1,
        column="file",
        wrong="the review has no trial yet",
        found="",
        remedy="add one: liftproof add",
        rule="no_trial",
    )


def stands_beside(settings: Settings, study: Study, rows: Sequence[Outcome]) -> bool:
    """Say whether ``beside`` of the review says that no analysis is to take the trial."""
    blank = Outcome(study=study.study, outcome="")
    return any(
        any(same(value, value_of(column, study, row)) for value in values)
        for column, values in settings.beside.items()
        for row in rows or [blank]
    )


def nearest_membership(of_trial: Sequence[Membership]) -> Membership:
    """Return the analysis that a trial comes nearest to: fewest columns to change, slips first.

    One that takes other trials by their keys comes last.
    """

    def distance(each: Membership) -> tuple[bool, int, int]:
        slips = sum(bool(mismatch.near) for mismatch in each.mismatches)
        return each.reason == OTHER_TRIALS, len(each.mismatches) or 1, -slips

    return min(of_trial, key=distance)


def _remedy(near: Membership) -> str:
    changes = " and ".join(each.change for each in near.mismatches)
    if not changes:
        return f"the nearest is {near.analysis}: {near.reason}"
    return (
        f"the nearest is {near.analysis}: {near.why}; {changes}, or say under beside in "
        "review.yaml that the trial is to stand beside"
    )
