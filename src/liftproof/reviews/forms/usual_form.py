"""The rows of outcomes.csv with what follows from the forms in which papers print results."""

from dataclasses import replace

from liftproof.reviews.files.sheet_rows import Read
from liftproof.reviews.forms.chi_squared import events_of_chi2
from liftproof.reviews.forms.derived import with_derived
from liftproof.reviews.forms.medians import means_of_medians
from liftproof.reviews.forms.percents import events_of_percents
from liftproof.reviews.forms.rates import numbers_of_rates
from liftproof.reviews.forms.tests_of_means import numbers_of_tests
from liftproof.reviews.model.problems import Problem
from liftproof.reviews.model.review_tables import Outcome

FORMS = (
    *(events_of_percents, numbers_of_rates, events_of_chi2),
    *(means_of_medians, numbers_of_tests),
)
"""In the order in which they are tried: what one gives another may take."""


def in_usual_form(outcomes: Read[Outcome]) -> Read[Outcome]:
    """Return outcomes with what follows from percentages, rates, medians and tests."""
    rows, problems = [], list[Problem]()
    for row in outcomes.rows:
        filled = row
        for form in FORMS:
            filled, found = with_derived(filled, form(filled))
            problems += found
        rows.append(filled)
    return replace(outcomes, rows=tuple(rows), problems=(*outcomes.problems, *problems))
