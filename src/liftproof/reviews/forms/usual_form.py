"""The rows of outcomes.csv with what follows from the forms in which papers print results."""

from dataclasses import replace

from liftproof.reviews.files.sheet_rows import Read, SheetRow
from liftproof.reviews.forms.chi_squared import events_of_chi2
from liftproof.reviews.forms.derived import with_derived
from liftproof.reviews.forms.medians import means_of_medians
from liftproof.reviews.forms.percents import events_of_percents
from liftproof.reviews.forms.rate_limits import ratio_of_rates
from liftproof.reviews.forms.rates import numbers_of_rates
from liftproof.reviews.forms.standard_errors import sds_of_errors, variance_of_error
from liftproof.reviews.forms.tests_of_means import STATISTICS, numbers_of_tests
from liftproof.reviews.model.problems import Problem
from liftproof.reviews.model.review_tables import Outcome

FORMS = (
    (events_of_percents, ("percent_intervention", "percent_control")),
    (numbers_of_rates, ("rate_intervention", "rate_control")),
    (ratio_of_rates, ("rate_intervention",)),
    (events_of_chi2, ("chi2_value",)),
    (means_of_medians, ("median_intervention", "median_control")),
    (sds_of_errors, ("se_intervention", "se_control")),
    (variance_of_error, ("se",)),
    (numbers_of_tests, STATISTICS),
)
"""What reads each form, and the columns of which it needs one that is filled in. In the order in
which they are tried: what one gives another may take."""


def in_usual_form(outcomes: Read[Outcome]) -> Read[Outcome]:
    """Return outcomes with what follows from percentages, rates, medians, errors and tests."""
    rows, problems, changed = outcomes.rows, list[Problem](), dict[int, SheetRow[Outcome]]()
    for place in rows.places_filled(*(name for _, needs in FORMS for name in needs)):
        filled = rows[place]
        for form, needs in FORMS:
            if any(map(filled.cell, needs)):
                filled, found = with_derived(filled, form(filled))
                problems += found
        changed[place] = filled
    problems_of_all = (*outcomes.problems, *problems)
    return replace(outcomes, rows=rows.with_changed(changed), problems=problems_of_all)
