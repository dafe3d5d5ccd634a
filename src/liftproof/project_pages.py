"""Bring the generated parts of the project's pages up to date: ``make pages``.

They are the counted verdicts in README.md, the dictionaries of columns and keys in docs/, the rules
behind warnings, the verdicts on published sentences, and the gallery of figures with its drawings,
one of which is in README.md too.
Everything is computed from ``data/``: no results need to be there. A test holds them current.
"""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from liftproof.analysis.claims.ledger import dose_of, ledger
from liftproof.analysis.dose.dose_answers import DoseAnswers, answer_doses, dose_models
from liftproof.analysis.dose.dose_prints import slopes_of
from liftproof.analysis.estimates import pool_review
from liftproof.analysis.held_elsewhere import with_verdicts_elsewhere
from liftproof.analysis.reproduction import reproduce
from liftproof.files import write_text
from liftproof.gallery import gallery
from liftproof.page_blocks import (
    audit_dictionary,
    audit_example,
    column_dictionary,
    replace_block,
    result_dictionary,
    simulation_dictionary,
    verdict_counts,
    warning_rules,
)
from liftproof.pages.claims.argued_claims import argued_block
from liftproof.pages.dose.dose_words import doses_in_words
from liftproof.reviews import find, names, read
from liftproof.reviews.checks.check_claims import read_claims
from liftproof.reviews.files.key_pages import key_dictionary
from liftproof.reviews.model.review import Review
from liftproof.rows.dose_rows import DoseRow
from liftproof.rows.result_rows import ReproductionRow

Reproductions = Mapping[str, list[ReproductionRow]]
"""By title of a review, every number that it printed beside the computed one."""


def pages(project: Path, reproduced: Reproductions | None = None) -> Mapping[Path, str]:
    """Return the text of each page of a project with its generated parts as they should be.

    ``reproduced``: the :func:`reproductions` of the project, where they are at hand.
    """
    counted = reproductions(project) if reproduced is None else reproduced
    blocks = {
        "README.md": {"verdicts": verdict_counts(counted)},
        "docs/audit.md": {
            "columns": audit_dictionary(),
            "example": audit_example(project / "docs" / "bcg_plot.csv"),
        },
        "docs/columns.md": {"columns": column_dictionary()},
        "docs/keys.md": {"keys": key_dictionary()},
        "docs/results.md": {"columns": result_dictionary()},
        "docs/warnings.md": {"rules": warning_rules()},
        "docs/simulation.md": {"columns": simulation_dictionary()},
    }
    return {project / name: _filled(project / name, parts) for name, parts in blocks.items()}


def gallery_files(project: Path) -> Mapping[Path, str]:
    """Return the text of the gallery of a project and of its drawings as they should be."""
    docs = project / "docs"
    sections, drawings = gallery(project)
    page = docs / "gallery.md"
    return {
        page: _filled(page, {"figures": sections}),
        **{docs / file: text for file, text in drawings.items()},
    }


def claims_page(
    project: Path, answered: Callable[[Review], DoseAnswers] = answer_doses
) -> Mapping[Path, str]:
    """Return the page of argued claims of a project with the verdicts that are computed now.

    ``answered``: gives the answers to a review's dose questions, where they are at hand.
    """
    reviews = {name: read(find(name, project)) for name in names(project)}
    asked = [review for review in reviews.values() if review.settings.dose]
    doses = [row for review in asked for row in _doses(answered(review))]
    found = ledger(read_claims(project, reviews, reviews), reviews, doses)
    page = project / "docs" / "claims.md"
    blocks = {
        answer.row.claim: argued_block(
            answer, dose_of(answer.row, doses) if answer.row.dose else None
        )
        for answer in found.answers
    }
    return {page: _filled(page, blocks)}


def _doses(answers: DoseAnswers) -> list[DoseRow]:
    return doses_in_words(answers.models, answers.trials)


def reproductions(project: Path) -> Reproductions:
    """Return every printed number of a project beside the computed one.

    Reviews without such numbers, which show the prints of others, are left out.
    """
    reviews = [read(find(name, project)) for name in names(project)]
    return {
        review.settings.title: list(_reproduced(review)) for review in reviews if review.published
    }


def _reproduced(review: Review) -> Iterator[ReproductionRow]:
    estimates = [pooled.estimate for pooled in pool_review(review)]
    slopes = slopes_of(dose_models(review)) if review.settings.dose else {}
    yield from with_verdicts_elsewhere(review, reproduce(review, estimates, slopes))


def _filled(path: Path, parts: Mapping[str, str]) -> str:
    text = path.read_text(encoding="utf-8")
    for name, content in parts.items():
        text = replace_block(text, name, content)
    return text


def main() -> None:
    """Rewrite the pages of the project in the current folder."""
    for written in (pages, claims_page, gallery_files):
        for path, text in written(Path()).items():
            write_text(path, text)


if __name__ == "__main__":
    main()
