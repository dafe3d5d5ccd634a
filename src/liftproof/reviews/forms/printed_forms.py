"""The rows of outcomes.csv with what follows from the forms in which papers print results."""

from dataclasses import replace

from liftproof.reviews.files.sheet_rows import Read
from liftproof.reviews.forms.derived import with_derived
from liftproof.reviews.forms.percents import events_of_percents
from liftproof.reviews.forms.rates import numbers_of_rates
from liftproof.reviews.model.problems import Problem
from liftproof.reviews.model.review_tables import Outcome

FORMS = (events_of_percents, numbers_of_rates)


def in_usual_form(outcomes: Read[Outcome]) -> Read[Outcome]:
    """Return outcomes with events and person-time that follow from percentages and rates."""
    rows, problems = [], list[Problem]()
    for row in outcomes.rows:
        filled = row
        for form in FORMS:
            filled, found = with_derived(filled, form(filled))
            problems += found
        rows.append(filled)
    return replace(outcomes, rows=tuple(rows), problems=(*outcomes.problems, *problems))
