"""What stands behind each pooled estimate: tables an analysis, and the notes that rows share."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from liftproof.pages.diagnostics.diagnostic_notes import for_readers
from liftproof.pages.diagnostics.diagnostic_words import NAMES, method_text
from liftproof.pages.diagnostics.funnel_figure import FUNNEL
from liftproof.pages.diagnostics.gosh_figure import GOSH
from liftproof.pages.diagnostics.panel_figures import PANELS
from liftproof.pages.diagnostics.trial_diagnostics import (
    influence_table,
    influential,
    left_out_table,
    trials_table,
    values_of,
)
from liftproof.pages.inputs import DrawnFigure, ReviewInputs
from liftproof.pages.table import PageTable, headings
from liftproof.rows.result_rows import DiagnosticRow, EstimateRow
from liftproof.vocabulary.measures import MEASURES
from liftproof.words.marks import marks
from liftproof.words.text import SENTENCE_END

NOT_APPLICABLE = "not_applicable"
Kinds = Mapping[str, list[str]]
"""Members of each kind of method, one without a name where the kind has no members."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """What stands behind one estimate.

    ``rests_on`` and ``missing``: sentences with the methods that they are about. ``influential``:
    a sentence, empty where influence cannot be told. ``figures``: its funnel plot and
    those of its other diagnostics, if it has any.
    """

    analysis: str
    title: str
    whole: PageTable
    rests_on: tuple[tuple[str, str], ...]
    missing: tuple[tuple[str, str], ...]
    influential: str
    influence: PageTable
    without: PageTable
    trials: PageTable
    figures: tuple[DrawnFigure, ...] = ()


def diagnostics_section(inputs: ReviewInputs) -> tuple[Diagnosis, ...] | None:
    """Return the diagnostics of a review; None where it has none."""
    return diagnoses(inputs) or None


def diagnoses(inputs: ReviewInputs) -> tuple[Diagnosis, ...]:
    """Return the diagnostics of every analysis that has any, in the order of the estimates."""
    by_analysis = {
        estimate.analysis: [
            row for row in inputs.rows(DiagnosticRow) if row.analysis == estimate.analysis
        ]
        for estimate in inputs.rows(EstimateRow)
    }
    return tuple(
        _diagnosis(inputs, estimate, by_analysis[estimate.analysis])
        for estimate in inputs.rows(EstimateRow)
        if by_analysis[estimate.analysis]
    )


def _diagnosis(
    inputs: ReviewInputs, estimate: EstimateRow, rows: Sequence[DiagnosticRow]
) -> Diagnosis:
    key = f"review-{inputs.review.name}-{estimate.analysis}"
    applies = [row for row in rows if row.quantity != NOT_APPLICABLE]
    reasons = [row for row in rows if row.quantity == NOT_APPLICABLE]
    every = _kinds(NAMES[row.method] for row in rows)
    return Diagnosis(
        analysis=estimate.analysis,
        figures=tuple(
            drawn
            for kind in (FUNNEL, *PANELS, GOSH)
            for drawn in inputs.figures_of(kind.name)
            if drawn.place.analysis == estimate.analysis
        ),
        title=f"{estimate.title}{marks(inputs.effects_of(estimate.analysis))}",
        whole=PageTable(
            key=f"{key}-diagnostics",
            caption=f"{estimate.title}: numbers of the whole analysis; all numbers of all methods "
            "stand in diagnostics.csv.",
            headings=headings("Method", "¶ Numbers"),
            rows=tuple(_whole(applies, estimate)),
        ),
        rests_on=_shared(applies, every),
        missing=_shared(reasons, every),
        influential=influential(inputs, rows),
        influence=influence_table(inputs, rows, estimate, key),
        without=left_out_table(inputs, rows, estimate, key),
        trials=trials_table(inputs, rows, estimate, key),
    )


def _whole(rows: Sequence[DiagnosticRow], estimate: EstimateRow) -> Iterator[tuple[str, str]]:
    """Yield a row a kind of method; each member of a kind has a line of its own."""
    natural = MEASURES[estimate.measure].natural
    lines: dict[str, list[str]] = {}
    for method, name in NAMES.items():
        values = values_of(rows, method, "")
        kind, _, member = name.partition(": ")
        text = method_text(method, values, natural) if values else ""
        if text:
            lines.setdefault(kind, []).append(f"{member}: {text}" if member else text)
    yield from ((kind, "\n".join(texts)) for kind, texts in lines.items())


def _shared(rows: Sequence[DiagnosticRow], every: Kinds) -> tuple[tuple[str, str], ...]:
    """Gather the methods under each sentence of their notes, in the order of the sentences."""
    about: dict[str, dict[str, None]] = {}
    for row in rows:
        if row.value is not None or row.quantity == NOT_APPLICABLE:
            for sentence in filter(None, SENTENCE_END.split(row.note)):
                about.setdefault(for_readers(sentence), {})[NAMES[row.method]] = None
    return tuple((sentence, _named(_kinds(names), every)) for sentence, names in about.items())


def _kinds(names: Iterable[str]) -> Kinds:
    """Return the members of each kind of method."""
    kinds: dict[str, list[str]] = {}
    for name in dict.fromkeys(names):
        kind, _, member = name.partition(": ")
        kinds.setdefault(kind, []).append(member)
    return kinds


def _named(kinds: Kinds, every: Kinds) -> str:
    """Return names, members of a kind together, and by its name alone where it is all of them."""
    return "; ".join(
        kind if members == every[kind] else f"{kind}: {', '.join(members)}"
        for kind, members in kinds.items()
    )
