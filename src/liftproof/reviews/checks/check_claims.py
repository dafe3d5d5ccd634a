"""Whether each claim can be put to the reviews that it names: review, analysis, dose, columns."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from liftproof.errors import DataError
from liftproof.reviews.checks.check_against import check_against
from liftproof.reviews.checks.check_cautions import check_caution
from liftproof.reviews.files.claims_file import ClaimsFile, claims_file
from liftproof.reviews.files.finding import find
from liftproof.reviews.files.yaml_record import KeyPath, YamlRecord
from liftproof.reviews.loading import load
from liftproof.reviews.model.choice import columns_to_select, same, value_of
from liftproof.reviews.model.claim import Claim, Claims
from liftproof.reviews.model.claim_point import POSTERIOR, REDUCTION
from liftproof.reviews.model.directions import HIGHER, LOWER
from liftproof.reviews.model.problems import Problem
from liftproof.reviews.model.review import Review
from liftproof.reviews.model.trial_group import TrialGroup
from liftproof.suggest import did_you_mean, nearest
from liftproof.vocabulary.measures import MEASURES


def read_claims(project: Path, reviews: Mapping[str, Review], every: Iterable[str]) -> Claims:
    """Return the claims of a project about the given reviews, the untestable ones included.

    ``every``: names of all reviews that there are; those that are not given are read where a group
    has a column that none of the given has. A project without the file has no claims.
    Raises DataError, whose text lists every problem.
    """
    file = claims_file(project)
    if file is None:
        return Claims()
    names = tuple(every)
    known = _known(reviews.values())
    if any(column not in known for group in file.claims.groups.values() for column in group.select):
        others = {name: load(find(name, project)).review for name in names if name not in reviews}
        reviews = {**reviews, **{name: one for name, one in others.items() if one}}
    found = check_claims(file, reviews, names)
    problems = [str(each) for each in found if not each.is_warning]
    if problems:
        raise DataError("\n".join(problems))
    return file.claims


def check_claims(
    file: ClaimsFile, reviews: Mapping[str, Review], every: Iterable[str]
) -> tuple[Problem, ...]:
    """Return the problems of the file, and those of naming what no review has, sorted by line.

    ``reviews``: those that could be read; of ``every`` other only the name is checked, and the
    columns of groups only where all could be.
    """
    names = tuple(every)
    found = [*file.problems]
    for asked in file.each:
        found += _one(asked, reviews, names)
    for caution in file.cautions:
        found += check_caution(caution, reviews, names)
    if all(name in reviews for name in names):
        found += _columns(file, reviews)
    return tuple(sorted(found, key=lambda each: (each.line, each.column)))


def _one(
    asked: YamlRecord[Claim], reviews: Mapping[str, Review], names: tuple[str, ...]
) -> Iterator[Problem]:
    claim = asked.record
    places: list[tuple[KeyPath, tuple[str, ...]]] = []
    if claim.source:
        places.append((("analysis",), claim.source))
    places += [(("beside", "/".join(pair)), pair) for pair in claim.beside]
    places += [(("against", "/".join(pair)), pair) for pair in claim.against]
    for place, (review, analysis) in places:
        if review not in names:
            wrong, remedy = "no such review", did_you_mean(review, names)
            yield asked.problem(place, wrong, remedy, found=f"{review}/{analysis}")
        elif review in reviews:
            known = [each.id for each in reviews[review].settings.analyses]
            if analysis not in known:
                wrong, remedy = f"{review} has no such analysis", did_you_mean(analysis, known)
                yield asked.problem(place, wrong, remedy, found=analysis)
    if claim.review in reviews:
        yield from _direction(asked, reviews[claim.review])
        yield from _scale(asked, reviews[claim.review])
        yield from _dose(asked, reviews[claim.review])
        yield from _required(asked, reviews[claim.review])
        yield from check_against(asked, reviews[claim.review])


def _direction(asked: YamlRecord[Claim], review: Review) -> Iterator[Problem]:
    """Yield a dose question on an analysis that shows effects of which higher is better."""
    asking = {each.id: each.analysis for each in review.settings.dose}
    name = asking.get(asked.record.dose, "")
    if name and review.settings.better_in(name) == HIGHER:
        wrong = f"claims on dose are decided where lower is better, and {name} shows the reverse"
        remedy = f"name a dose question on the same trials with better: {LOWER}"
        yield asked.problem(("dose",), wrong, remedy, found=HIGHER)


def _scale(asked: YamlRecord[Claim], review: Review) -> Iterator[Problem]:
    """Yield conditions that the measure of the analysis can never meet."""
    claim = asked.record
    analysis = next((one for one in review.settings.analyses if one.id == claim.analysis), None)
    if analysis is None or claim.point is None:
        return
    measure, point = MEASURES[analysis.measure], claim.point
    is_ratio = measure.is_ratio
    place, value = ("point",), f"{point.value:g}"
    if not measure.has_null:
        wrong = f"{measure.code} is of one group: no claim on an effect can be decided by it"
        yield asked.problem(place, wrong, "name an analysis of two arms", found=value)
        return
    if point.kind == REDUCTION and not is_ratio:
        wrong = f"{analysis.measure} is no ratio, of which a share could be taken away"
        remedy = "write below: or at_most:"
        yield asked.problem(place, wrong, remedy, found=value, column=REDUCTION)
    if is_ratio and point.threshold <= 0:
        wrong, remedy = f"no {analysis.measure} is so low", "write a ratio, such as 0.5"
        yield asked.problem(place, wrong, remedy, found=value, column=point.kind)
    if point.better != analysis.better:
        wrong = f"of {analysis.id} {analysis.better} values are better"
        remedy = "write above:" if analysis.better == HIGHER else "write below: or at_most:"
        yield asked.problem(place, wrong, remedy, found=value, column=point.kind)
    if POSTERIOR in claim.certainty and not is_ratio:
        wrong, remedy = (
            f"{analysis.measure} has no posterior here",
            "leave it out: it is for ratios",
        )
        yield asked.problem(("certainty",), wrong, remedy, found=POSTERIOR)


def _dose(asked: YamlRecord[Claim], review: Review) -> Iterator[Problem]:
    known = [each.id for each in review.settings.dose]
    dose = asked.record.dose
    if dose and dose not in known:
        wrong, remedy = f"{review.name} asks no such question", did_you_mean(dose, known)
        yield asked.problem(("dose",), wrong, remedy, found=dose)


def _required(asked: YamlRecord[Claim], review: Review) -> Iterator[Problem]:
    """Yield columns that the review has not, and values that look mistyped.

    That no trial gives what is required is an answer; a value like one that trials give is none.
    """
    known = tuple(columns_to_select(review.studies, review.outcomes))
    for column, value in asked.record.requires.items():
        place: KeyPath = ("requires", column)
        if column not in known:
            wrong, remedy = f"{review.name} has no such column", did_you_mean(column, known)
            yield asked.problem(place, wrong, remedy, found=column, column="requires")
            continue
        for _, alike in _mistyped([value], _cells(column, [review])):
            wrong = f"no trial of {review.name} has this value in {column}"
            remedy = f"did you mean {alike}?"
            yield asked.problem(place, wrong, remedy, found=value, column="requires")


def _columns(file: ClaimsFile, reviews: Mapping[str, Review]) -> Iterator[Problem]:
    """Yield the columns of groups that no review has, and values that look mistyped."""
    known = _known(reviews.values())
    for group in file.claims.groups.values():
        for column in group.select:
            if known and column not in known:
                wrong, remedy = "no review has such a column", did_you_mean(column, known)
                yield _problem(file.path, group.line, group.id, wrong, column, remedy)
            elif known:
                yield from _values(file.path, group, column, _cells(column, reviews.values()))


def _known(reviews: Iterable[Review]) -> dict[str, None]:
    """Return the columns by which groups of trials can be told."""
    return dict.fromkeys(
        column
        for review in reviews
        for column in columns_to_select(review.studies, review.outcomes)
    )


def _cells(column: str, reviews: Iterable[Review]) -> set[str]:
    """Return what stands in a column of either table, in any of the reviews."""
    cells: set[str] = set()
    for review in reviews:
        studies = {study.study: study for study in review.studies}
        rows = (row for row in review.outcomes if row.study in studies)
        cells |= {value_of(column, studies[row.study], row) for row in rows}
    return cells - {""}


def _mistyped(values: Iterable[str], cells: set[str]) -> Iterator[tuple[str, str]]:
    """Yield each value that no cell has, but nearly, with the nearest."""
    for value in values:
        alike = nearest(value, sorted(cells))
        if alike and not any(same(value, cell) for cell in cells):
            yield value, alike


def _values(path: Path, group: TrialGroup, column: str, cells: set[str]) -> Iterator[Problem]:
    """Warn of a value that no trial has, but nearly: that none has it may be meant."""
    for value, alike in _mistyped(group.select[column], cells):
        wrong, remedy = f"no trial has this value in {column}", f"did you mean {alike}?"
        found = _problem(path, group.line, group.id, wrong, value, remedy)
        yield replace(found, rule="value_unknown")


def _problem(path: Path, line: int, column: str, wrong: str, found: str, remedy: str) -> Problem:
    return Problem(path=path, line=line, column=column, wrong=wrong, found=found, remedy=remedy)
