"""What came out, in blocks: the answer, forest plots, prints, estimates, other choices, dose."""

from collections.abc import Iterator, Sequence

from liftproof.pages.certainty.certainty_tables import certainty_section
from liftproof.pages.changes.changes_section import changes_section
from liftproof.pages.dose.dose_tables import dose_section
from liftproof.pages.estimates.estimates_section import engines_section, estimates_section
from liftproof.pages.estimates.shared_sentences import Shared, shared_cautions
from liftproof.pages.forest.forest_section import forest_section
from liftproof.pages.inputs import DrawnFigure, ReviewInputs
from liftproof.pages.multiverse.multiverse_tables import multiverse_section
from liftproof.pages.outcomes.outcomes_section import analysis_outcomes
from liftproof.pages.printed.printed_section import printed_section
from liftproof.pages.prints.prints_section import prints_section
from liftproof.report.pdf.blocks import (
    LEAD,
    QUIET,
    Block,
    Bullets,
    Heading,
    NumberedFigure,
    Paragraph,
    tables_with_rows,
)
from liftproof.report.pdf.first_analysis import listed, tells_all
from liftproof.report.pdf.shortening import left_to_page, prose_below, shortened
from liftproof.report.pdf.trial_references import with_references
from liftproof.report.review_page import tally
from liftproof.words.marks import MARKS
from liftproof.words.text import counted

MOST_FIGURES = 1
"""Of a kind that are drawn in the PDF; the others stand in the page."""
MOST_BESIDE = 16
"""Rows of tables that stand beside another one."""


def answer_blocks(inputs: ReviewInputs) -> Iterator[Block]:
    """Yield the answer in a sentence, in absolute numbers where they were judged, and the tally."""
    for outcome in analysis_outcomes(inputs)[:1]:
        yield Paragraph(text=f"{outcome.title}: {outcome.text}", style=LEAD)
    certainty = certainty_section(inputs)
    for judged in certainty.judgements[:1] if certainty else ():
        yield Paragraph(text=f"{judged.title}: {judged.certainty}. {judged.note}")
    yield Paragraph(text=tally(inputs))
    yield Paragraph(text=signs(), style=QUIET)
    changes = changes_section(inputs)
    for additions in changes.dates if changes else ():
        yield Heading(text=f"Added on {additions.date}", level=2)
        yield Paragraph(text=" ".join(filter(None, (f"{additions.title}.", additions.unmoved))))
        yield Bullets(items=additions.lines)


def signs() -> str:
    """Return what the signs beside numbers mean."""
    return " ".join(f"{sign} rests on {kind} numbers." for kind, sign in MARKS)


def prints_blocks(inputs: ReviewInputs) -> Iterator[Block]:
    """Yield what other reviews printed: the table first, which fills the first page."""
    view = prints_section(inputs)
    if view:
        yield Paragraph(text=view.sentence)
        yield from shortened(view.table)
        yield from _figures(view.figures, "figure")


def forest_blocks(inputs: ReviewInputs) -> Iterator[Block]:
    """Yield the trials of the first plot in numbers, which fill the page that the plot has no
    room on, and the plots."""
    plots = forest_section(inputs).plots
    for plot in plots[:1]:
        trials = with_references(plot.trials, inputs, plot.figure.place.analysis)
        yield from shortened(trials)
    yield from _figures([plot.figure for plot in plots], "forest plot")


def printed_blocks(inputs: ReviewInputs) -> Iterator[Block]:
    """Yield the printed numbers beside the computed ones, and what could explain a difference."""
    view = printed_section(inputs)
    yield Paragraph(text=view.tally)
    yield from _figures(view.figures, "figure")
    yield from shortened(view.reproduction)
    yield from tables_with_rows([view.block_groups])
    yield from prose_below(view.causes, MOST_BESIDE)


def estimates_blocks(inputs: ReviewInputs) -> Iterator[Block]:
    """Yield every estimate and what they do not show."""
    view = estimates_section(inputs)
    yield from shortened(view.estimates)
    yield from shortened(view.heterogeneity, MOST_BESIDE)
    cautions = shared_cautions(listed(inputs))
    if cautions:
        yield Heading(text="What these estimates do not show", level=2)
        yield Bullets(items=said(cautions, are_all=tells_all(inputs)))
    if not tells_all(inputs):
        yield left_to_page("That is of the first estimate; what the others do not show")


def contrasts_blocks(inputs: ReviewInputs) -> Iterator[Block]:
    """Yield whether groups of trials differ."""
    view = estimates_section(inputs)
    if view.contrast_sentences:
        yield Paragraph(text=" ".join(view.contrast_sentences))
    yield from shortened(view.contrasts)


def said(shared: Sequence[Shared], *, are_all: bool) -> tuple[str, ...]:
    """Return sentences, each with the analyses that it is about if all of them were asked."""
    return tuple(
        f"{one.text} ({one.about or 'All analyses'}.)" if are_all else one.text for one in shared
    )


def multiverse_blocks(inputs: ReviewInputs) -> Iterator[Block]:
    """Yield what other choices would have given, the first specification curve drawn."""
    view = multiverse_section(inputs)
    if view:
        yield Paragraph(text=view.introduction)
        yield from _figures([curve.figure for curve in view.curves], "specification curve")
        yield from prose_below(view.targets)
        yield left_to_page("Each choice and option in numbers")


def dose_blocks(inputs: ReviewInputs) -> Iterator[Block]:
    """Yield whether the effect goes with dose."""
    view = dose_section(inputs)
    if view:
        yield Paragraph(text=view.introduction)
        yield from shortened(view.models)
        yield from _figures([answer.figure for answer in view.answers], "dose plot")


def engines_blocks(inputs: ReviewInputs) -> Iterator[Block]:
    """Yield how far other software agrees."""
    yield Paragraph(text=engines_section(inputs).checked)


def _figures(figures: Sequence[DrawnFigure], called: str) -> Iterator[Block]:
    """Yield the first figures, and how many more there are in the page."""
    for drawn in figures[:MOST_FIGURES]:
        yield NumberedFigure(drawn=drawn)
    if len(figures) > MOST_FIGURES:
        yield left_to_page(counted(len(figures) - MOST_FIGURES, f"other {called}"))
