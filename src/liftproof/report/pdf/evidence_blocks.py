"""What stands behind the answer, in blocks: small studies, influence, certainty, trials."""

from collections.abc import Iterator

from liftproof.pages.certainty.certainty_tables import certainty_section
from liftproof.pages.diagnostics.diagnostic_tables import Diagnosis, diagnoses
from liftproof.pages.estimates.shared_sentences import shared_methods
from liftproof.pages.inputs import ReviewInputs
from liftproof.pages.sources.missing_section import missing_section
from liftproof.pages.sources.sources_section import sources_section
from liftproof.pages.stopping.stopping_section import stopping_section
from liftproof.report.pdf.blocks import (
    Block,
    Bullets,
    Heading,
    NumberedFigure,
    NumberedTable,
    Paragraph,
    tables_with_rows,
)
from liftproof.report.pdf.first_analysis import (
    first_alone,
    listed,
    other_estimates,
    tells_all,
)
from liftproof.report.pdf.results_blocks import MOST_FIGURES, said
from liftproof.report.pdf.shortening import left_to_page, shortened, without_prose
from liftproof.words.text import counted

MOST_MARKED = 20
"""Rows of numbers that carry a mark."""
MOST_JUDGED = 2
"""Analyses whose judgements are shown with their reasons."""


def diagnostics_blocks(inputs: ReviewInputs) -> Iterator[Block]:
    """Yield how far the first estimate can be trusted: heterogeneity, small studies, chance."""
    for diagnosis in diagnoses(first_alone(inputs)):
        yield Paragraph(text=f"{diagnosis.title}.")
        yield from (NumberedFigure(drawn=drawn) for drawn in diagnosis.figures[:MOST_FIGURES])
        if len(diagnosis.figures) > MOST_FIGURES:
            yield left_to_page(", ".join(one.label for one in diagnosis.figures[MOST_FIGURES:]))
        yield from tables_with_rows([diagnosis.whole])
        yield from _notes("What these numbers rest on, and what they cannot tell", diagnosis)
    if other_estimates(inputs):
        yield left_to_page(f"The same of {counted(other_estimates(inputs), 'other estimate')}")


def _notes(heading: str, diagnosis: Diagnosis) -> Iterator[Block]:
    for title, notes in ((heading, diagnosis.rests_on), ("What does not apply", diagnosis.missing)):
        if notes:
            yield Heading(text=title, level=2)
            yield Bullets(items=tuple(f"{text} ({about}.)" for text, about in notes))


def stopping_blocks(inputs: ReviewInputs) -> Iterator[Block]:
    """Yield whether the first estimate is enough, and what would change it."""
    for answer in stopping_section(first_alone(inputs)) or ():
        yield Bullets(items=answer.sentences)


def influence_blocks(inputs: ReviewInputs) -> Iterator[Block]:
    """Yield what single trials do to the first estimate."""
    for diagnosis in diagnoses(first_alone(inputs)):
        if diagnosis.influential:
            yield Paragraph(text=diagnosis.influential)
        for table in (diagnosis.influence, diagnosis.without, diagnosis.trials):
            yield from shortened(table)


def certainty_blocks(inputs: ReviewInputs) -> Iterator[Block]:
    """Yield the certainty of the evidence and the judgements behind it."""
    view = certainty_section(inputs)
    if view is None:
        return
    if view.findings.rows:
        yield Paragraph(text=view.introduction)
        yield from shortened(view.findings)
        yield from (NumberedFigure(drawn=drawn) for drawn in view.figures)
    for judged in view.judgements[:MOST_JUDGED]:
        yield Heading(text=f"{judged.title}: {judged.certainty}", level=2)
        yield Paragraph(text=judged.note)
        yield NumberedTable(table=judged.table)
    if len(view.judgements) > MOST_JUDGED:
        yield left_to_page("The judgements of the other analyses, with their reasons")
    yield from (NumberedFigure(drawn=drawn) for drawn in view.lights)
    if view.bias.rows:
        yield from without_prose(view.bias)
    if view.not_judged:
        yield Paragraph(text=view.not_judged)


def missing_blocks(inputs: ReviewInputs) -> Iterator[Block]:
    """Yield which trials enter which analyses, which are left out, and which await data."""
    view = missing_section(inputs)
    yield from (NumberedFigure(drawn=drawn) for drawn in view.figures)
    if tells_all(inputs):
        yield from shortened(view.entries)
    else:
        yield left_to_page("Which trials enter which analyses")
    if view.left_out:
        yield Bullets(
            items=tuple(
                f"{one.trial} is left out of “{one.analysis}”: {one.reason}."
                for one in view.left_out
            )
        )
    else:
        yield Paragraph(text=view.none_left_out)
    if view.awaiting:
        yield Bullets(
            items=tuple(f"{one.label} awaits data: {one.missing}." for one in view.awaiting)
        )
    else:
        yield Paragraph(text=view.none_awaiting)


def sources_blocks(inputs: ReviewInputs) -> Iterator[Block]:
    """Yield how the numbers are known, and those that carry a mark."""
    view = sources_section(inputs)
    yield Paragraph(text=view.provenance)
    yield from tables_with_rows([view.kinds])
    yield from shortened(view.marked, MOST_MARKED)
    if view.readings:
        yield Paragraph(text=view.readings)
    yield from shortened(view.disagreements)
    yield left_to_page("Where each number of each trial was found")


def methods_blocks(inputs: ReviewInputs) -> Iterator[Block]:
    """Yield the methods, sentence by sentence."""
    every = shared_methods(listed(inputs))
    yield Paragraph(text=" ".join(one.text for one in every if not one.about))
    some = [one for one in every if one.about]
    if some:
        yield Bullets(items=said(some, are_all=True))
    if not tells_all(inputs):
        yield left_to_page("These are the methods of the first estimate; those of the others")
