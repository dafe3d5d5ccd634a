"""Answers to questions on a trial: each looked at when it is typed, as ``check`` looks at cells."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from liftproof.columns import columns
from liftproof.reviews.checks.number_limits import LIMITS
from liftproof.reviews.files.cells import value_of
from liftproof.reviews.files.spreadsheet import Complaint
from liftproof.reviews.model.review_tables import Outcome, Study

_COLUMNS = {item.name: item for table in (Outcome, Study) for item in columns(table)}


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialQuestion:
    """One question.

    ``default``: the answer where none is typed; ``allowed``: every answer, where they are few.
    """

    text: str
    default: str = ""
    allowed: tuple[str, ...] = ()


Ask = Callable[[TrialQuestion], str]


def asked_for(column: str, question: TrialQuestion, ask: Ask, latest_year: int) -> str:
    """Return the answer for a column; one that cannot stand there is asked for again at once."""
    again = question
    while True:
        answer = ask(again)
        wrong = complaint_about(column, answer, latest_year)
        if not wrong:
            return answer
        again = replace(question, text=f"{answer!r} cannot be: {wrong}. {question.text}")


def complaint_about(column: str, answer: str, latest_year: int) -> str:
    """Return why an answer cannot stand in a column, and what to do; empty where it can.

    ``latest_year``: of a publication; later ones are still to come.

    >>> complaint_about("year", "2203", 2026), complaint_about("n_control", "98", 2026)
    ('2203 is still to come, write the year of publication', '')
    >>> complaint_about("n_control", "9,8", 2026)
    'a decimal comma, write 9.8'
    """
    if column not in _COLUMNS or not answer:
        return ""
    value = value_of(answer, _COLUMNS[column])
    if isinstance(value, Complaint):
        return f"{value.wrong}, {value.remedy}"
    if isinstance(value, str) or value is None:
        return ""
    if column == "year" and value > latest_year:
        return f"{answer} is still to come, write the year of publication"
    limit = LIMITS.get(column)
    return f"{limit.wrong}, {limit.remedy}" if limit and not limit.holds(value) else ""
