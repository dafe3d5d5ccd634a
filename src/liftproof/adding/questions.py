"""What to ask of a trial, one question after the other, until its row is whole."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from liftproof.adding.names_in_use import outcome_near, trial_in_use
from liftproof.adding.trial_entry import (
    KINDS_OF_RESULT,
    UNSOURCED,
    Source,
    has_result,
    result_cells,
    year_in,
)
from liftproof.errors import UsageError
from liftproof.reviews.model.provenance import KINDS, UNVERIFIED
from liftproof.reviews.model.review import Review
from liftproof.reviews.model.settings import Settings
from liftproof.reviews.trial_identity import trial_key
from liftproof.vocabulary.sources import OF_ESTIMATES

FIRST = ("label", "year", "study", "outcome")
"""Columns that every trial needs."""
UNASKED = (*FIRST, "variant", "arm")


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialQuestion:
    """One question.

    ``default``: the answer where none is typed; ``allowed``: every answer, where they are few.
    """

    text: str
    default: str = ""
    allowed: tuple[str, ...] = ()


Ask = Callable[[TrialQuestion], str]


def asked_cells(
    given: Mapping[str, str], review: Review, ask: Ask, *, is_new_outcome: bool = False
) -> Mapping[str, str]:
    """Return the cells of a trial: those given, and the answers to questions on the others.

    A key that is typed for a trial whose label or publication the review has makes it another
    one; without it, UsageError. ``is_new_outcome``: whether any name of an outcome is meant.
    """
    settings, cells = review.settings, dict(given)
    for column in FIRST:
        if not cells.get(column):
            cells[column] = _first_answer(column, cells, review, ask, is_new=is_new_outcome)
    if not has_result(cells):
        cells |= _result(settings, ask)
    for question, column in _selecting(cells, settings):
        cells[column] = ask(question)
    return cells


def asked_source(ask: Ask) -> Source:
    """Return where the numbers stand; without a source they are unverified."""
    source = ask(TrialQuestion(text="source (the publication; empty if there is none at hand)"))
    if not source:
        return UNSOURCED
    kinds = tuple(kind for kind in KINDS if kind != UNVERIFIED)
    return Source(
        source=source,
        location=ask(
            TrialQuestion(text="where in it (page, table, or abstract)", default="abstract")
        ),
        kind=ask(TrialQuestion(text="how known", default="primary_abstract", allowed=kinds)),
    )


def taken_by(column: str, settings: Settings) -> tuple[str, ...]:
    """Return the values of a column that the analyses of a review select, each once.

    >>> from liftproof.reviews.model.settings import Analysis
    >>> one = Analysis(id="a", title="A", measure="RR", select={"outcome": ("injury",)})
    >>> taken_by("outcome", Settings(title="Ours", analyses=(one,)))
    ('injury',)
    """
    values = (value for each in settings.analyses for value in each.select.get(column, ()))
    return tuple(dict.fromkeys(values))


def _first_answer(
    column: str, cells: Mapping[str, str], review: Review, ask: Ask, *, is_new: bool
) -> str:
    """Return the answer for one of the first columns; what the review has is told at once."""
    told = trial_in_use(cells, review) if column == "study" else ""
    if told:
        return _key_of_another(told, review, ask)
    answer = ask(_first(column, cells, review.settings))
    return answer if column != "outcome" or is_new else _outcome_meant(answer, review, ask)


def _key_of_another(told: str, review: Review, ask: Ask) -> str:
    """Return a key for a trial that looks like one of the review; ``told``: like which."""
    key = ask(TrialQuestion(text=f"{told}; if it is another one, type a key of its own"))
    if not key or any(key == study.study for study in review.studies):
        raise UsageError(f"{told}, and it got no key of its own")
    return key


def _outcome_meant(outcome: str, review: Review, ask: Ask) -> str:
    """Return an outcome, or what is typed instead where it looks like a known one misspelt."""
    like = outcome_near(outcome, review)
    if not like:
        return outcome
    text = f"no row has the outcome {outcome}; did you mean {like}? Type {outcome} if it is new"
    answer = ask(TrialQuestion(text=text, default=like))
    return answer if answer == outcome else _outcome_meant(answer, review, ask)


def _first(column: str, cells: Mapping[str, str], settings: Settings) -> TrialQuestion:
    label = cells.get("label", "")
    if column == "label":
        return TrialQuestion(text="label (what readers see, such as Smith 2026)")
    if column == "year":
        return TrialQuestion(text="year of publication", default=year_in(label))
    if column == "study":
        return TrialQuestion(text="key of the trial", default=trial_key(label, cells["year"]))
    taken = taken_by("outcome", settings)
    return TrialQuestion(text=_with_taken("outcome", taken), default=taken[0] if taken else "")


def _result(settings: Settings, ask: Ask) -> Mapping[str, str]:
    """Ask for a kind of result, and for its numbers."""
    names = "; ".join(f"{code}: {kind.name}" for code, kind in KINDS_OF_RESULT.items())
    kinds = tuple(KINDS_OF_RESULT)
    code = ask(TrialQuestion(text=f"kind of result ({names})", default="counts", allowed=kinds))
    columns = KINDS_OF_RESULT[code].columns
    cells = {**result_cells(code, [ask(TrialQuestion(text=_spoken(name))) for name in columns])}
    if code in OF_ESTIMATES:
        cells["measure"] = ask(TrialQuestion(text="measure", default=settings.measure))
    if code == "reported":
        cells["ci_level"] = ask(TrialQuestion(text="level of the limits", default="0.95"))
    return cells


def _selecting(cells: Mapping[str, str], settings: Settings) -> Iterator[tuple[TrialQuestion, str]]:
    """Yield the columns by which analyses select, with the values that they take."""
    names = dict.fromkeys(name for each in settings.analyses for name in each.select)
    for name in names:
        if name not in cells and name not in UNASKED:
            text = _with_taken(name, taken_by(name, settings))
            yield TrialQuestion(text=f"{text}; empty if none fits"), name


def _with_taken(column: str, taken: tuple[str, ...]) -> str:
    return f"{_spoken(column)} (analyses take {', '.join(taken)})" if taken else _spoken(column)


def _spoken(column: str) -> str:
    return column.replace("_", " ")
