"""Pages built from data without the workflow: rows computed, figures drawn, pages written."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from liftproof.analysis.claims.claim_cautions import numbered_cautions
from liftproof.analysis.claims.ledger import ledger
from liftproof.analysis.estimates import pool_analysis, pool_review
from liftproof.analysis.reproduction import reproduce
from liftproof.drawing.figure_form import NARROW, WIDE, FigureForm
from liftproof.drawing.save import svg_text
from liftproof.files import write_text
from liftproof.pages.claims.caution_words import cautions_in_words
from liftproof.pages.claims.claim_sentences import claims_in_words
from liftproof.pages.draw_figures import views_from
from liftproof.pages.figure_kind import FigureKind
from liftproof.pages.figures import kinds_drawn, narrow_places
from liftproof.pages.inputs import ClaimInputs, DrawnFigure, ReviewInputs
from liftproof.report.build import build, build_review_page
from liftproof.report.packing import packed
from liftproof.result_tables import RESULT_TABLES, ResultRows, read_rows, write_rows
from liftproof.review_results import compute_review
from liftproof.reviews import find, names, read
from liftproof.reviews.checks.check_claims import read_claims
from liftproof.reviews.model.review import Review
from liftproof.rows.result_rows import EffectRow, EstimateRow, ReproductionRow
from liftproof.vocabulary.quantities import QUANTITIES
from support.small_project import small_project

REAL = "lauersen2018"
SIXTY = 60


PRINTS = {
    "main": ("estimate", "ci_low", "ci_high", "p", "i2", "tau2", "q", "q_p", "k", "studies"),
    "ahead": ("pi_low", "pi_high"),
}
"""By target, what the made-up review printed: rounded from its own pool."""


def real_review() -> Review:
    """Return the review of the project whose page is built whole."""
    return read(find(REAL, Path()))


def made_up_review(folder: Path) -> Review:
    """Return a review of sixty made-up trials, with printed numbers."""
    project = small_project(folder)
    generator = np.random.default_rng(SIXTY)
    for number in range(SIXTY - 2):
        people = generator.integers(40, 400, 2)
        events = generator.binomial(people, [0.12, 0.2])
        counts = (int(events[0]), int(people[0]), int(events[1]), int(people[1]))
        project.add(f"made{chr(97 + number // 26)}{chr(97 + number % 26)}2021", counts)
    project.edit("review.yaml", "tau2: FE", "tau2: REML")
    pooled = pool_analysis(read(project.review), read(project.review).settings.analyses[0])
    lines = [
        f"{target},overall,{quantity},{_rounded(pooled.estimate, quantity)},p. 1"
        for target, quantities in PRINTS.items()
        for quantity in quantities
    ]
    reduction = f"cut,overall,reduction,{100 * (1 - (pooled.estimate.estimate or 0)):.0f},p. 1"
    head = (project.review / "published.csv").read_text(encoding="utf-8").splitlines()[0]
    write_text(project.review / "published.csv", "\n".join([head, *lines, reduction, ""]))
    return read(project.review)


def _rounded(row: EstimateRow, quantity: str) -> str:
    value = getattr(row, QUANTITIES[quantity].column)
    return str(value) if QUANTITIES[quantity].counts else f"{value:.2f}"


def write_pages(reviews: Sequence[Review], folder: Path) -> None:
    """Write the page of each review, and the first page of all, as a run places them.

    Second opinions of other software are left out.
    """
    inputs = [_inputs(review, folder / review.name) for review in reviews]
    for each in inputs:
        path = folder / each.review.name / "report.html"
        write_text(path, packed(build_review_page(each)))
    write_text(folder / "report.html", build(inputs, _claims(reviews[0])))


def _claims(review: Review) -> ClaimInputs:
    """Return the claims that a real review answers, with their readings and cautions."""
    project, reviews = Path(), {review.name: review}
    asked = read_claims(project, reviews, names(project))
    found = ledger(asked, reviews, ())
    return ClaimInputs(
        claims=tuple(claims_in_words(found, ())),
        readings=found.readings,
        cautions=tuple(cautions_in_words(numbered_cautions(asked, reviews))),
    )


def _inputs(review: Review, folder: Path) -> ReviewInputs:
    """Compute a review and draw it; of a made-up one the pools and what was printed alone.

    One figure is drawn for phones, too.
    """
    computed = compute_review(review) if review.name == REAL else _pools(review)
    write_rows(computed, review, folder)
    rows = ResultRows(by_class={kind: computed.by_class.get(kind, ()) for kind in RESULT_TABLES})
    figures = []
    for kind in kinds_drawn(review) if review.name == REAL else ():
        for view in views_from(kind, review, read_rows(review, folder, kind.row_classes)):
            text = kind.text(view)
            has_narrow = text.place == narrow_places(review)[0]
            figures.append(
                DrawnFigure(
                    kind=kind.name,
                    topic=kind.topic,
                    label=kind.label,
                    place=text.place,
                    heading=text.heading,
                    alt_text=text.alt_text,
                    caption=text.caption,
                    svg=_drawing(kind, view, WIDE, folder),
                    narrow=_drawing(kind, view, NARROW, folder) if has_narrow else None,
                )
            )
    return ReviewInputs(review=review, results=rows, figures=tuple(figures))


def _drawing(kind: FigureKind[Any], view: Any, form: FigureForm, folder: Path) -> Path:
    """Draw a figure in a form; return its file."""
    text = kind.text(view)
    path = folder / "figures" / f"{text.place.path}{form.suffix}.svg"
    svg = svg_text(
        kind.draw(view, form),
        key=f"{text.key}{form.suffix}",
        title=text.title,
        description=text.description,
        enlarged=form.enlarged,
    )
    write_text(path, svg)
    return path


def _pools(review: Review) -> ResultRows:
    pooled = pool_review(review)
    estimates = tuple(one.estimate for one in pooled)
    return ResultRows(
        by_class={
            EstimateRow: estimates,
            EffectRow: tuple(row for one in pooled for row in one.effects),
            ReproductionRow: reproduce(review, estimates),
        }
    )
