"""A project before and now: what differs in its reviews and in the verdicts on its claims."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from liftproof.analysis.changes.by_date import as_of
from liftproof.analysis.changes.review_changes import ReviewChanges, review_changes
from liftproof.analysis.changes.verdict_changes import ClaimChange, ClaimsState, claim_changes
from liftproof.content import digest
from liftproof.errors import DataError
from liftproof.reviews import load, read
from liftproof.reviews.checks.check_claims import read_claims
from liftproof.reviews.files.claims_file import CLAIMS
from liftproof.reviews.files.finding import REVIEWS, names
from liftproof.reviews.model.review import Review
from liftproof.words.text import counted

Reviews = Mapping[str, Review]
JudgedClaims = tuple[tuple[ClaimChange, ...], tuple[str, ...]]
"""Claims whose verdicts differ, and notes on why they cannot be judged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectChanges:
    """What differs. ``others``: reviews that are new or gone. ``notes``: what was not compared."""

    reviews: tuple[ReviewChanges, ...] = ()
    others: tuple[str, ...] = ()
    claims: tuple[ClaimChange, ...] = ()
    notes: tuple[str, ...] = ()


def since_date(folders: Sequence[Path], project: Path | None, date: str) -> ProjectChanges:
    """Compare reviews with themselves without the trials that were added after a date.

    ``project``: whose claims are judged, None for none. Raises DataError for data with errors.
    """
    now = {folder.absolute().name: read(folder) for folder in folders}
    before = {name: as_of(review, date) for name, review in now.items()}
    reviews = tuple(review_changes(before[name], review) for name, review in now.items())
    changed = [one.review.name for one in reviews if one.trials]
    judged: JudgedClaims = ((), ())
    if project:
        then = {name: before[name] for name in changed}
        judged = _claims(project, then, project, {name: now[name] for name in changed})
    notes = [note for review in now.values() for note in _added_then(review, date)]
    return ProjectChanges(reviews=reviews, claims=judged[0], notes=(*notes, *judged[1]))


def _added_then(review: Review, date: str) -> Iterator[str]:
    then = sum(study.added == date for study in review.studies)
    if then:
        yield (
            f"{review.name}: {counted(then, 'trial')} added on {date} itself: there before, as it "
            "is counted here; name the day before to see what came of it"
        )


def since_folder(
    folders: Sequence[Path], project: Path | None, past: Path, *, is_every: bool = False
) -> ProjectChanges:
    """Compare reviews with what they were.

    ``past``: what the folder of the project was; without a project, what that of the one review
    was. ``is_every``: these are all reviews, so that another is gone. Raises DataError for data of
    now with errors.
    """
    then = {
        folder: past / REVIEWS / folder.absolute().name if project else past for folder in folders
    }
    edited = [folder for folder in folders if _texts(folder) != _texts(then[folder])]
    now = {folder.absolute().name: read(folder) for folder in edited}
    loaded = {folder.absolute().name: load(then[folder]).review for folder in edited}
    before = {name: review for name, review in loaded.items() if review}
    claims, wrong = _claims_then(past, project, before, now) if project else ((), ())
    return ProjectChanges(
        reviews=tuple(review_changes(review, now[name]) for name, review in before.items()),
        others=(
            *(f"{then[one].name}: was not there before" for one in edited if not _texts(then[one])),
            *(_gone(folders, past) if is_every else ()),
        ),
        claims=claims,
        notes=(*(note for folder in edited for note in _unlike(then[folder], before)), *wrong),
    )


def _gone(folders: Sequence[Path], past: Path) -> Iterator[str]:
    now = {folder.absolute().name for folder in folders}
    yield from (f"{name}: is there no more" for name in names(past) if name not in now)


def _texts(folder: Path) -> dict[str, str]:
    """Return the files with data of a review by what they hold; none where it is not there."""
    return {path.name: digest(path) for path in sorted(folder.glob("*.[cy]*"))}


def _unlike(then: Path, before: Reviews) -> Iterator[str]:
    """Yield why a review that is other than before cannot be compared with what it was."""
    if then.name not in before and _texts(then):
        yield f"{then.name}: its data had errors, so it is not compared"


def _claims_then(past: Path, project: Path, before: Reviews, now: Reviews) -> JudgedClaims:
    """Return the claims whose verdicts differ from those of then.

    Where the claims themselves were edited, they are put to every review; else to the edited ones.
    """
    if _claims_text(past) == _claims_text(project):
        return _claims(past, before, project, now)
    same = {name: read(project / REVIEWS / name) for name in names(project) if name not in now}
    then = {name: review for name, review in same.items() if (past / REVIEWS / name).exists()}
    return _claims(past, {**before, **then}, project, {**now, **same})


def _claims_text(root: Path) -> str:
    return digest(root / CLAIMS) if (root / CLAIMS).is_file() else ""


def _claims(past: Path, before: Reviews, project: Path, now: Reviews) -> JudgedClaims:
    """Return the claims whose verdicts differ, or why they cannot be judged."""
    if not before or not now:
        return (), ()
    try:
        judged = [_judged(past, before), _judged(project, now)]
    except DataError:
        return (), ("data/claims.yaml has, or had, errors: the verdicts are not compared",)
    return claim_changes(*judged), ()


def _judged(project: Path, reviews: Reviews) -> ClaimsState:
    """Raise DataError for claims with errors."""
    return ClaimsState(claims=read_claims(project, reviews, names(project)), reviews=reviews)
