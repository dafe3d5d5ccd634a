"""From the files of a project to its page, in one process, with what must hold on the way.

Only :class:`AssertionError` and faults of the package come out of here: data that cannot be used
end as problems with a file and a line.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

from liftproof.analysis.causes.review_causes import causes_of_review
from liftproof.analysis.certainty.assessment import find_certainty
from liftproof.analysis.claims.claim_cautions import numbered_cautions
from liftproof.analysis.claims.ledger import ledger
from liftproof.analysis.contrasts import contrast_rows
from liftproof.analysis.dose.dose_answers import answer_doses
from liftproof.analysis.dose.dose_prints import slopes_of
from liftproof.analysis.estimates import PooledAnalysis, pool_review
from liftproof.analysis.held_elsewhere import with_verdicts_elsewhere
from liftproof.analysis.multiverse.review_multiverse import multiverse_review
from liftproof.analysis.printed_pools import printed_pools
from liftproof.analysis.refused_pools import refused_pools
from liftproof.analysis.reproduction import reproduce
from liftproof.cli.pool import as_table, to_json
from liftproof.errors import LiftproofError
from liftproof.pages.certainty.certainty_words import findings_in_words, flags_in_words
from liftproof.pages.claims.caution_words import cautions_in_words
from liftproof.pages.claims.claim_sentences import claims_in_words
from liftproof.pages.dose.dose_words import doses_in_words
from liftproof.pages.inputs import ClaimInputs, ReviewInputs
from liftproof.pages.printed.found_causes import cause_rows, explained
from liftproof.pages.sources.provenance_words import awaiting
from liftproof.report.build import build
from liftproof.report.pdf.document import review_document
from liftproof.report.pdf.typeset import pdf_of
from liftproof.reviews import load
from liftproof.reviews.checks.check_claims import check_claims
from liftproof.reviews.files.claims_file import claims_file
from liftproof.reviews.model.choice import chosen
from liftproof.reviews.model.effect_sources import is_complete
from liftproof.reviews.model.problems import Problem
from liftproof.reviews.model.review import Review
from support.diagnosed import diagnose_review
from support.page_inputs import review_inputs

LEVEL = 0.95
REFUSED, POOLED, SHOWN = "refused", "pooled", "shown"
"""How far a project came: not past ``check``, pooled, or shown on a page."""
NO_NUMBER = re.compile(r"(?<![\w.])[-−]?(?:nan|inf|infinity)(?![\w.])", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A project's only review, with its claims; None where the data have errors."""

    review: Review | None
    claims: Any


def walk(project: Path, files: Mapping[str, bytes], part: str = "") -> str:
    """Write a project, check it, pool it; return how far it came.

    ``part``: what the page is made with besides, a key of :data:`PARTS`; no page where empty.
    """
    for path, content in files.items():
        place = project / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    found = checked(project)
    pooled = _pooled(found.review) if found.review else None
    if found.review is None or pooled is None:
        return REFUSED
    _is_printable(pooled)
    _keeps_every_trial(found.review, pooled)
    if not part:
        return POOLED
    _has_no_missing_numbers(page_of(found, pooled, part), files)
    return SHOWN


def checked(project: Path) -> Checked:
    """Return what ``check`` leaves of a project; each problem says where and what to do."""
    folder = project / "data" / "reviews" / "r"
    folder.mkdir(parents=True, exist_ok=True)
    loaded = load(folder, Path("r"))
    _are_told(loaded.problems)
    has_errors = any(not each.is_warning for each in loaded.problems)
    assert (loaded.review is None) == has_errors
    file = claims_file(project)
    if file is None:
        return Checked(review=loaded.review, claims=None)
    reviews = {"r": loaded.review} if loaded.review else {}
    problems = check_claims(file, reviews, ["r"])
    _are_told(problems)
    has_errors = any(not each.is_warning for each in problems)
    return Checked(review=loaded.review, claims=None if has_errors else file.claims)


def _pooled(review: Review) -> tuple[PooledAnalysis, ...] | None:
    """Return the pools of a review; None where one is refused, as ``check`` tells."""
    try:
        return pool_review(review)
    except LiftproofError:
        refused = list(refused_pools(review))
        assert refused
        _are_told(refused)
        return None


def _are_told(problems: Sequence[Problem]) -> None:
    for problem in problems:
        assert problem.line >= 1
        assert problem.column
        assert problem.wrong
        assert problem.remedy
        assert "\n" not in str(problem)
        assert "\r" not in str(problem)


def _is_printable(pooled: Sequence[PooledAnalysis]) -> None:
    """Require JSON without NaN and infinity, and a table without them."""

    def refuse(text: str) -> None:
        raise AssertionError(f"{text} in JSON")

    rows = [one.estimate for one in pooled]
    assert len(json.loads(to_json(rows), parse_constant=refuse)) == len(rows)
    cells = as_table(rows, LEVEL).splitlines()
    assert len(cells) == len(rows) + 1
    assert not [line for line in cells if NO_NUMBER.search(line.partition("  ")[2])]


def _keeps_every_trial(review: Review, pooled: Sequence[PooledAnalysis]) -> None:
    """Require that every row that an analysis chooses is pooled, left out by name, or awaited."""
    awaited = {each.label for each in awaiting(review)}
    for analysis, one in zip(review.settings.analyses, pooled, strict=True):
        rows = chosen(analysis, review.studies, review.outcomes)
        complete = [row for row in rows if is_complete(row[1])]
        kept = [row for row in one.effects if not row.left_out]
        assert len(one.effects) == len(complete)
        assert one.estimate.k == len(kept) == len(one.trials)
        assert all(
            row.y is None and row.weight_percent is None for row in one.effects if row.left_out
        )
        assert sum(row.k for row in one.subgroups) == (one.estimate.k if one.subgroups else 0)
        for study, outcome in rows:
            assert is_complete(outcome) or any(study.label in label for label in awaited)


def page_of(found: Checked, pooled: Sequence[PooledAnalysis], part: str) -> str:
    """Return the page of a project's review, with the tables of one part; the PDF is set, too."""
    review = found.review
    assert review is not None
    rows = [one.estimate for one in pooled]
    rows += [row for one in pooled for row in (*one.effects, *one.subgroups)]
    inputs = review_inputs(review, [*rows, *PARTS[part](review, pooled)])
    assert pdf_of(review_document(inputs)).startswith(b"%PDF")
    return build([inputs], _claims(found, inputs))


def _printed(review: Review, pooled: Sequence[PooledAnalysis]) -> Iterator[Any]:
    """Yield what becomes of printed numbers, and what could have made them differ."""
    answers = answer_doses(review)
    models = doses_in_words(answers.models, answers.trials)
    yield from (*models, *answers.trials, *answers.curves)
    estimates = [one.estimate for one in pooled]
    own = with_verdicts_elsewhere(review, reproduce(review, estimates, slopes_of(models)))
    causes = cause_rows(causes_of_review(review, own))
    yield from (*explained(own, causes), *causes)


def _judged(review: Review, pooled: Sequence[PooledAnalysis]) -> Iterator[Any]:
    """Yield contrasts, certainty, and prints of other reviews."""
    yield from contrast_rows(review, pooled)
    if review.grades:
        judged = find_certainty(review)
        yield from (
            *findings_in_words(judged.findings),
            *flags_in_words(judged.flags, review.settings.level),
        )
    if review.prints:
        yield from printed_pools(review, {})


def _diagnosed(review: Review, pooled: Sequence[PooledAnalysis]) -> Iterator[Any]:
    yield from diagnose_review(review)


def _multiplied(review: Review, pooled: Sequence[PooledAnalysis]) -> Iterator[Any]:
    """Yield what other choices would have given."""
    worlds = multiverse_review(review)
    yield from (*worlds.targets, *worlds.choices, *worlds.curves)


PARTS: Mapping[str, Callable[[Review, Sequence[PooledAnalysis]], Iterator[Any]]] = {
    "printed": _printed,
    "judged": _judged,
    "diagnosed": _diagnosed,
    "multiplied": _multiplied,
}
"""What a page is made with, besides the pools and claims: all at once would take ten seconds."""


def _claims(found: Checked, inputs: ReviewInputs) -> ClaimInputs:
    if found.claims is None:
        return ClaimInputs()
    reviews = {"r": inputs.review}
    asked = ledger(found.claims, reviews, [])
    cautions = cautions_in_words(numbered_cautions(found.claims, reviews))
    return ClaimInputs(
        claims=tuple(claims_in_words(asked, [])),
        readings=asked.readings,
        cautions=tuple(cautions),
    )


def _has_no_missing_numbers(page: str, files: Mapping[str, bytes]) -> None:
    """Require a page on which no number is NaN or infinite, unless the data say such a word."""
    text = unescape(re.sub(r"<style.*?</style>|<[^>]*>", " ", page, flags=re.DOTALL))
    given = b" ".join(files.values()).decode("utf-8", "replace").lower()
    for word in NO_NUMBER.finditer(text):
        around = text[max(0, word.start() - 60) : word.end() + 60]
        assert word[0].lower().strip("-−") in given, f"a number is missing: {around!r}"
