"""The gallery in docs/: the first figure of every kind of one review, computed and drawn anew."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from liftproof.analysis.certainty.assessment import find_certainty
from liftproof.analysis.contrasts import contrast_rows
from liftproof.analysis.diagnostics import diagnose
from liftproof.analysis.diagnostics.registered_methods import METHODS
from liftproof.analysis.dose.dose_answers import answer_doses
from liftproof.analysis.estimates import pool_review
from liftproof.analysis.gosh_subsets import gosh_rows
from liftproof.analysis.multiverse.review_multiverse import multiverse_review
from liftproof.analysis.predictive_curves import predictive_rows
from liftproof.analysis.printed_pools import printed_pools
from liftproof.analysis.reproduction import reproduce
from liftproof.drawing.figure_form import NARROW, WIDE
from liftproof.drawing.save import svg_text
from liftproof.pages.certainty.certainty_words import findings_in_words
from liftproof.pages.diagnostics.panel_figures import PANELS
from liftproof.pages.dose.dose_words import doses_in_words
from liftproof.pages.figure_kind import FORMATS, FigureKind, FigureText
from liftproof.pages.figures import FIGURES, kinds_for_blogs
from liftproof.pages.forest.step_analysis import analysis_in_steps
from liftproof.pages.forest.step_view import CUMULATIVE, LEAVE_ONE_OUT
from liftproof.pages.prints.prints_figure import PRINTS
from liftproof.pages.sources.flow_figure import FLOW
from liftproof.result_tables import ResultRows
from liftproof.reviews import find, read
from liftproof.reviews.model.review import Review
from liftproof.reviews.review_folder import siblings_of
from liftproof.rows.certainty_rows import FindingRow
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

REVIEW = "lauersen2018"
"""It has figures of every kind but printed estimates."""
EXAMPLES = {PRINTS.name: "injury_prevention_pools", FLOW.name: "copenhagen"}
"""By kind of figure, the review whose figure is shown instead: it has one, or shows more."""
ALT_SENTENCES = 2
"""Of a figure's alternative text, how many stand in the page: what it is, and what it finds. All of
it is in the drawing's own description."""


def gallery(project: Path) -> tuple[str, Mapping[str, str]]:
    """Return the generated part of docs/gallery.md, and by file below docs/ the text of a drawing.

    Both follow from the registry of figures: a new kind has its example here by itself.
    """
    reviews = {name: read(find(name, project)) for name in (REVIEW, *EXAMPLES.values())}
    rows = {name: figure_rows(review) for name, review in reviews.items()}
    sections, drawings = [], {}
    for kind in FIGURES:
        review = reviews[EXAMPLES.get(kind.name, REVIEW)]
        view = kind.views(review, rows[review.name])[0]
        text, file = kind.text(view), f"figures/{kind.name}.svg"
        sections.append(_section(kind, review, text, file))
        for form in (WIDE, NARROW):
            drawings[f"figures/{kind.name}{form.suffix}.svg"] = svg_text(
                kind.draw(view, form),
                key=f"{text.key}{form.suffix}",
                title=text.title,
                description=text.description,
                enlarged=form.enlarged,
            )
    return "\n\n".join(sections), drawings


def figure_rows(review: Review) -> ResultRows:
    """Compute the rows that the figures of a review are made from, as the workflow does."""
    pooled = pool_review(review)
    doses, multiverse = answer_doses(review), multiverse_review(review)
    beside = siblings_of(review.folder, [row.see for row in review.prints])
    return ResultRows(
        by_class={
            EstimateRow: tuple(analysis.estimate for analysis in pooled),
            EffectRow: tuple(row for analysis in pooled for row in analysis.effects),
            SubgroupRow: tuple(row for analysis in pooled for row in analysis.subgroups),
            ContrastRow: contrast_rows(review, pooled),
            PredictiveRow: predictive_rows(pooled),
            GoshRow: gosh_rows(review, pooled),
            MultiverseRow: multiverse.targets,
            ChoiceRow: multiverse.choices,
            CurveRow: multiverse.curves,
            DoseRow: tuple(doses_in_words(doses.models, doses.trials)),
            DoseTrialRow: doses.trials,
            DoseCurveRow: doses.curves,
            DiagnosticRow: _diagnostics(review),
            ChangeRow: (),
            PrintRow: printed_pools(review, beside.published),
            ReproductionRow: reproduce(review, [analysis.estimate for analysis in pooled]),
            FindingRow: tuple(findings_in_words(find_certainty(review).findings)),
        }
    )


def _diagnostics(review: Review) -> tuple[DiagnosticRow, ...]:
    """Return the numbers of the diagnostics that are drawn, of the analysis that has them."""
    analysis = analysis_in_steps(review)
    drawn = (*(kind.stem for kind in (CUMULATIVE, LEAVE_ONE_OUT)), *(kind.name for kind in PANELS))
    return diagnose(review, analysis, {name: METHODS[name] for name in drawn}) if analysis else ()


def _section(kind: FigureKind[Any], review: Review, text: FigureText, file: str) -> str:
    alt = ". ".join(text.alt_text.split(". ")[:ALT_SENTENCES])
    folder, place, stem = f"results/{review.name}", text.place, text.place.stem
    first, *others = FORMATS
    formats = "".join(f", `.{suffix}`" for suffix in others)
    is_for_blogs = kind in kinds_for_blogs(review) and place == kind.places(review)[0]
    kit = f"in `results/blog/{review.name}/`" if is_for_blogs else "not in it"
    return "\n".join(
        (
            f"## {kind.label}\n",
            f"{kind.shows}\n",
            f"![{alt}]({file})\n",
            f"[The same for phones]({file.removesuffix('.svg')}{NARROW.suffix}.svg)\n",
            f"- files: `{folder}/figures/{place.path}.{first}`{formats}; for phones "
            f"`{stem}{NARROW.suffix}.svg`",
            f"- page: `results/{place.review}/report.html#{place.anchor}`",
            f"- kit for a blog: {kit}",
        )
    )
