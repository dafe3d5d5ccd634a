"""Everything that is computed from the data of one review, in the order in which it builds up."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from liftproof.analysis.causes.review_causes import causes_of_review
from liftproof.analysis.certainty.assessment import find_certainty
from liftproof.analysis.changes.by_date import change_rows
from liftproof.analysis.contrasts import contrast_rows
from liftproof.analysis.diagnostics import diagnose
from liftproof.analysis.dose.dose_answers import answer_doses
from liftproof.analysis.dose.dose_prints import slopes_of
from liftproof.analysis.estimates import chosen_effects, pool_review
from liftproof.analysis.gosh_subsets import gosh_rows
from liftproof.analysis.held_elsewhere import with_verdicts_elsewhere
from liftproof.analysis.multiverse.review_multiverse import multiverse_review
from liftproof.analysis.predictive_curves import predictive_rows
from liftproof.analysis.printed_pools import printed_pools
from liftproof.analysis.reproduction import reproduce
from liftproof.kept_rows import NO_ROWS_KEPT, KeptRows, Rows
from liftproof.pages.certainty.certainty_words import findings_in_words, flags_in_words
from liftproof.pages.dose.dose_words import doses_in_words
from liftproof.pages.printed.found_causes import cause_rows, explained
from liftproof.result_tables import ResultRows
from liftproof.reviews.model.review import Review
from liftproof.reviews.model.settings import Analysis
from liftproof.reviews.review_folder import siblings_of
from liftproof.rows.cause_rows import CauseRow
from liftproof.rows.certainty_rows import FindingRow, FlagRow
from liftproof.rows.change_rows import ChangeRow
from liftproof.rows.contrast_rows import ContrastRow
from liftproof.rows.dose_rows import DoseCurveRow, DoseRow, DoseTrialRow
from liftproof.rows.gosh_rows import GoshRow
from liftproof.rows.multiverse_rows import ChoiceRow, CurveRow, MultiverseRow
from liftproof.rows.predictive_rows import PredictiveRow
from liftproof.rows.print_rows import PrintRow
from liftproof.rows.result_rows import (
    DiagnosticRow,
    EffectRow,
    EstimateRow,
    ReproductionRow,
    SubgroupRow,
)
from liftproof.statistics.remembering import results_kept


def compute_review(review: Review, kept: KeptRows = NO_ROWS_KEPT) -> ResultRows:
    """Return the rows of every table of a review but those of other engines.

    ``kept``: rows that take long are taken from there where they were made before of the same.
    """
    rows: dict[type, Sequence[Any]] = {}
    with results_kept():
        if not review.shows_prints_alone:
            rows |= _pools(review)
            rows |= _doses(review, kept)
            rows |= _printed(review, rows, kept)
            rows |= _multiverse(review, kept)
            rows |= _diagnostics(review, kept)
            rows |= {ChangeRow: change_rows(review)}
        if review.grades:
            rows |= _certainty(review)
        if review.prints:
            rows |= _printed_elsewhere(review)
    return ResultRows(by_class={kind: tuple(found) for kind, found in rows.items()})


def _pools(review: Review) -> Rows:
    pooled = pool_review(review)
    return {
        EstimateRow: [one.estimate for one in pooled],
        EffectRow: [row for one in pooled for row in one.effects],
        SubgroupRow: [row for one in pooled for row in one.subgroups],
        ContrastRow: contrast_rows(review, pooled),
        PredictiveRow: predictive_rows(pooled),
        GoshRow: gosh_rows(review, pooled),
    }


def _doses(review: Review, kept: KeptRows) -> Rows:
    def make() -> Rows:
        answers = answer_doses(review)
        return {
            DoseRow: doses_in_words(answers.models, answers.trials),
            DoseTrialRow: answers.trials,
            DoseCurveRow: answers.curves,
        }

    return kept.made(make, (DoseRow, DoseTrialRow, DoseCurveRow), review)


def _printed(review: Review, rows: Rows, kept: KeptRows) -> Rows:
    """Set each printed number beside the computed one, and look for what made them differ.

    Verdicts on prints that another review holds follow from its data too: the causes' basis has
    them beside the review.
    """
    own = reproduce(review, rows[EstimateRow], slopes_of(rows[DoseRow]))
    printed = with_verdicts_elsewhere(review, own)

    def make() -> Rows:
        return {CauseRow: cause_rows(causes_of_review(review, printed))}

    causes = kept.made(make, (CauseRow,), (review, printed))[CauseRow]
    return {ReproductionRow: explained(printed, causes), CauseRow: causes}


def _multiverse(review: Review, kept: KeptRows) -> Rows:
    def make() -> Rows:
        found = multiverse_review(review)
        return {MultiverseRow: found.targets, ChoiceRow: found.choices, CurveRow: found.curves}

    return kept.made(make, (MultiverseRow, ChoiceRow, CurveRow), review)


def _diagnostics(review: Review, kept: KeptRows) -> Rows:
    """Diagnose each analysis, which follows from its settings and the effects that it chooses."""
    found: list[DiagnosticRow] = []
    for analysis in review.settings.analyses:
        basis = (review.name, analysis, chosen_effects(review, analysis))
        make = partial(_diagnosed, review, analysis)
        found += kept.made(make, (DiagnosticRow,), basis)[DiagnosticRow]
    return {DiagnosticRow: found}


def _diagnosed(review: Review, analysis: Analysis) -> Rows:
    return {DiagnosticRow: diagnose(review, analysis)}


def _certainty(review: Review) -> Rows:
    found = find_certainty(review)
    return {
        FindingRow: findings_in_words(found.findings),
        FlagRow: flags_in_words(found.flags, review.settings.level),
    }


def _printed_elsewhere(review: Review) -> Rows:
    beside = siblings_of(review.folder, [row.see for row in review.prints])
    return {PrintRow: printed_pools(review, beside.published)}
