"""One review: what the first page says of it, and the sections of its own page."""

from dataclasses import dataclass
from typing import Any

from liftproof.pages.changes.changes_section import latest_additions
from liftproof.pages.figures import kinds_for_blogs
from liftproof.pages.inputs import DrawnFigure, ResultFile, ReviewInputs
from liftproof.pages.outcomes.outcomes_section import AnalysisOutcome, analysis_outcomes
from liftproof.pages.page_link import PageLink
from liftproof.pages.page_section import PageSection
from liftproof.pages.printed.printed_section import review_tally
from liftproof.pages.printed.verdict_words import complaints
from liftproof.pages.prints.prints_section import prints_sentence
from liftproof.pages.sections import SECTIONS
from liftproof.pages.sources.trial_links import source_links
from liftproof.pages.stopping.stopping_section import stopping_anchor
from liftproof.report.own_citation import document_title, own_citation, whose_report
from liftproof.report.result_files import every_file, table_files
from liftproof.reviews.model.review import Review
from liftproof.rows.print_rows import PrintRow
from liftproof.rows.result_rows import ReproductionRow

NEWS = "changes"
"""The topic of which the section stands under the answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownSection:
    """A section that the review has, with its view model and the tables behind it as files.

    ``figures``: those of its topic that no template places; they end the section.
    """

    section: PageSection
    view: Any
    files: tuple[ResultFile, ...]
    figures: tuple[DrawnFigure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewSummary:
    """What the first page says of a review; ``figures``: its first, or none.

    ``added``: what the newest additions did, empty where nothing was added. ``sources`` lead to the
    trials of the first outcome, ``change`` is the anchor of what would change it, empty where that
    is not known. ``kit``: address of its kit for a blog, or empty.
    """

    review: Review
    outcomes: tuple[AnalysisOutcome, ...]
    sources: tuple[PageLink, ...]
    change: str
    tally: str
    complaints: tuple[str, ...]
    figures: tuple[DrawnFigure, ...]
    added: str
    kit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewPage:
    """One review, every number in words; ``outcomes``: of its first analysis.

    ``news``: the section on what was added, which stands above the others, or none.
    ``title``: of the report; ``citation``: how it is cited, after ``whose`` it is.
    ``tally``: empty of prints alone, of which a section says it. ``files``: its tables and scripts.
    ``kit``: address of its kit for a blog, or empty.
    """

    review: Review
    outcomes: tuple[AnalysisOutcome, ...]
    tally: str
    complaints: tuple[str, ...]
    news: tuple[ShownSection, ...]
    sections: tuple[ShownSection, ...]
    title: str
    whose: str
    citation: str
    files: tuple[ResultFile, ...]
    kit: str


def tally(inputs: ReviewInputs) -> str:
    """Return how the printed numbers fared, or of a review without trials what it shows."""
    if inputs.review.shows_prints_alone:
        return prints_sentence(inputs.rows(PrintRow))
    return review_tally(inputs)


def review_summary(inputs: ReviewInputs) -> ReviewSummary:
    """Return what the first page says of a review."""
    outcomes = analysis_outcomes(inputs)[:1]
    return ReviewSummary(
        review=inputs.review,
        outcomes=outcomes,
        sources=tuple(link for each in outcomes for link in source_links(inputs, each.analysis)),
        change=next((stopping_anchor(inputs, each.analysis) for each in outcomes), ""),
        tally=tally(inputs),
        complaints=complaints(inputs.rows(ReproductionRow)),
        figures=inputs.figures[:1],
        added=latest_additions(inputs),
        kit=_kit(inputs.review),
    )


def review_page(inputs: ReviewInputs) -> ReviewPage:
    """Return the page of a review, with the sections for which it has something to show."""
    alone = inputs.review.shows_prints_alone
    sections = [section for section in SECTIONS if not (alone and section.needs_trials)]
    views = ((section, section.view_model(inputs)) for section in sections)
    shown = [(section, view) for section, view in views if view is not None]
    first_of_topic = {section.topic: section for section, _ in reversed(shown)}
    every = tuple(
        ShownSection(
            section=section,
            view=view,
            files=table_files(inputs.review, section.row_classes),
            figures=_further(inputs, section) if section in first_of_topic.values() else (),
        )
        for section, view in shown
    )
    return ReviewPage(
        review=inputs.review,
        outcomes=analysis_outcomes(inputs)[:1],
        tally="" if alone else tally(inputs),
        complaints=complaints(inputs.rows(ReproductionRow)),
        news=tuple(one for one in every if one.section.topic == NEWS),
        sections=tuple(one for one in every if one.section.topic != NEWS),
        title=document_title(inputs.review),
        whose=whose_report(inputs.review),
        citation=own_citation(inputs.review),
        files=every_file(inputs.review),
        kit=_kit(inputs.review, up="../"),
    )


def _kit(review: Review, up: str = "") -> str:
    """Return the address of a review's kit for a blog, empty where it has none."""
    return f"{up}blog/{review.name}/index.html" if kinds_for_blogs(review) else ""


def _further(inputs: ReviewInputs, section: PageSection) -> tuple[DrawnFigure, ...]:
    """Return the figures of a section's topic that no template of the page places."""
    placed = {kind for each in SECTIONS for kind in each.places}
    return tuple(
        figure
        for figure in inputs.figures
        if figure.topic == section.topic and figure.kind not in placed
    )
