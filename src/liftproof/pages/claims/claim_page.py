"""The page of claims: each published sentence with its verdicts and where they come from."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from liftproof.pages.claims.claim_choices import ClaimChoice, claim_choices, trials_of
from liftproof.pages.claims.claim_dot import ClaimDot, claim_dot
from liftproof.pages.claims.claim_lead import further_of, lead_of, opening_of
from liftproof.pages.claims.claim_map import ClaimMap, claim_map
from liftproof.pages.claims.claim_numbers import counted_sentence, readers_sentence
from liftproof.pages.claims.claim_readings import readings_table, ways
from liftproof.pages.claims.ledger_verdicts import (
    LEDGER_VERDICTS,
    ledger_verdict_text,
    rests_on_very_low,
    verdict_label,
    verdict_words,
)
from liftproof.pages.claims.reading_words import unread_sentences
from liftproof.pages.dose.dose_figure import dose_place
from liftproof.pages.forest.forest_figure import forest_place
from liftproof.pages.inputs import ClaimInputs, ReviewInputs
from liftproof.pages.multiverse.curve_figure import curve_place
from liftproof.pages.multiverse.multiverse_words import in_short
from liftproof.pages.page_link import PageLink
from liftproof.pages.sources.trial_links import source_links
from liftproof.pages.stopping.stopping_section import stopping_anchor
from liftproof.pages.table import PageTable, headings
from liftproof.rows.certainty_rows import FindingRow
from liftproof.rows.claim_rows import CautionRow, ClaimRow, ReadingRow
from liftproof.rows.multiverse_rows import MultiverseRow
from liftproof.vocabulary.levels import USUAL_LEVEL
from liftproof.vocabulary.measures import MEASURES
from liftproof.words.text import capital

FOREST, CERTAINTY, MULTIVERSE = "forest plot", "certainty", "multiverse"
LACKING = (
    (FOREST, "No forest plot was drawn."),
    (CERTAINTY, "Certainty by GRADE is not judged for this analysis."),
    (
        MULTIVERSE,
        "It has no multiverse: no printed estimate is recorded for it, nor does it ask for one.",
    ),
)
"""What is said where an analysis has no such thing to link to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimAnswer:
    """The verdict on a sentence, or on a part of one; ``verdict`` is the code that styles it.

    ``lead`` is the first sentence of a verdict, without the verdict itself, or as much of it as is
    read at a glance; ``further`` are the others, one by one. ``trials_of`` is the code of whose
    trials it rests on, which a choice goes by. ``dot`` draws the estimate where the
    verdict rests on one. ``readers`` says whom the trials were of, ``counted`` what they counted
    where that was not one thing, or not what the sentence implies; both may be empty.
    ``change`` leads to what would change the estimate, None where that is not known;
    ``size_change`` says what would change whether the size said is shown, if one is. ``choices``
    says how far the estimate that the sentence rests on depends on choices, if it does.
    ``links`` lead to what the page shows of the analysis, ``lacking`` says what it has not;
    ``beside`` lead to the forest plots of further analyses, ``sources`` to the trials pooled.
    ``readings`` are the ways to be certain, ``unread`` says which do not apply here, and why.
    """

    claim: str
    part: str
    verdict: str
    verdict_text: str
    lead: str
    trials_of: str
    dot: ClaimDot | None
    readers: str
    counted: str
    change: PageLink | None
    size_change: str
    further: tuple[str, ...]
    choices: str
    links: tuple[PageLink, ...]
    lacking: str
    beside: tuple[PageLink, ...]
    sources: tuple[PageLink, ...]
    readings: PageTable
    unread: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimedSentence:
    """A published sentence, where it stands, its ``verdicts`` counted, the answers to its parts."""

    claimed: str
    where: str
    verdicts: str
    answers: tuple[ClaimAnswer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerPage:
    """The page; without sentences where the project has no claims.

    ``map``: all verdicts at one glance. ``choices``: what they can be chosen by.
    ``cautions_in_short``: the first sentence of each caution.
    """

    tally: str
    map: ClaimMap
    choices: tuple[ClaimChoice, ...]
    sentences: tuple[ClaimedSentence, ...]
    cautions_in_short: str
    cautions: tuple[CautionRow, ...]
    meanings: PageTable


def ledger_page(claims: ClaimInputs, every: Sequence[ReviewInputs]) -> LedgerPage:
    """Return the page of claims, with links into the pages of ``every`` review."""
    reviews = {inputs.review.name: inputs for inputs in every}
    grouped: dict[tuple[str, str], list[ClaimRow]] = {}
    for row in claims.claims:
        grouped.setdefault((row.claimed, row.where), []).append(row)
    choices = claim_choices(claims.claims)
    return LedgerPage(
        tally=claims_tally(claims.claims),
        map=claim_map(claims.claims, choices),
        choices=choices,
        sentences=tuple(
            ClaimedSentence(
                claimed=claimed,
                where=where,
                verdicts=_verdicts(rows),
                answers=tuple(_answer(row, claims.readings, reviews) for row in rows),
            )
            for (claimed, where), rows in grouped.items()
        ),
        cautions_in_short=" ".join(opening_of(each.sentence) for each in claims.cautions),
        cautions=claims.cautions,
        meanings=_meanings(),
    )


def claims_tally(rows: Sequence[ClaimRow]) -> str:
    """Return how many verdicts of each kind there are, in the order of the verdicts."""
    sentences = len({(row.claimed, row.where) for row in rows})
    parts = f", with {len(rows)} verdicts" if len(rows) > sentences else ""
    return f"{sentences} sentence{'' if sentences == 1 else 's'}{parts}: {_counted(rows)}."


def _verdicts(rows: Sequence[ClaimRow]) -> str:
    """Return the verdict of a sentence, of several parts how many of each kind."""
    return verdict_words(rows[0]) if len(rows) == 1 else _counted(rows)


def _counted(rows: Sequence[ClaimRow]) -> str:
    counts = Counter(row.verdict for row in rows)
    return ", ".join(
        f"{counts[code]} {verdict.words}{_very_low(rows, code)}"
        for code, verdict in LEDGER_VERDICTS.items()
        if counts[code]
    )


def _very_low(rows: Sequence[ClaimRow], verdict: str) -> str:
    """Return how many of a verdict rest on very low certainty, in brackets; empty for none."""
    number = sum(rests_on_very_low(row) for row in rows if row.verdict == verdict)
    return f" ({number} with very low certainty)" * bool(number)


def _answer(
    row: ClaimRow, readings: Sequence[ReadingRow], reviews: Mapping[str, ReviewInputs]
) -> ClaimAnswer:
    inputs = reviews.get(row.review)
    links = tuple(_links(row, inputs)) if inputs else ()
    shown = {link.text for link in links}
    every = ways(row, readings)
    level = inputs.review.settings.level if inputs else USUAL_LEVEL
    return ClaimAnswer(
        claim=row.claim,
        part=capital(row.part),
        verdict=row.verdict,
        verdict_text=verdict_label(row),
        lead=lead_of(row.sentence),
        trials_of=trials_of(row),
        dot=claim_dot(row),
        readers=readers_sentence(row),
        counted=counted_sentence(row),
        change=_change(row, inputs) if inputs and not row.dose else None,
        size_change=row.size_change,
        further=tuple(further_of(row.sentence)),
        choices=_choices(row.analysis, inputs) if inputs and row.condition else "",
        links=links,
        lacking=" ".join(text for name, text in LACKING if inputs and name not in shown),
        beside=tuple(_beside(row, reviews)),
        sources=tuple(source_links(inputs, row.analysis)) if inputs else (),
        readings=readings_table(row, [each for each in every if each.value is not None], level),
        unread=tuple(unread_sentences([each for each in every if each.value is None], level)),
    )


def _change(row: ClaimRow, inputs: ReviewInputs) -> PageLink | None:
    anchor = stopping_anchor(inputs, row.analysis)
    return PageLink(text=change_text(row), anchor=anchor) if anchor else None


def change_text(row: ClaimRow) -> str:
    """Return what the link to what would change an estimate is called: there no size is asked."""
    asks_size = row.threshold is not None and row.threshold != MEASURES[row.measure].no_effect
    return f"What would change {'whether it excludes no effect' if asks_size else 'it'}"


def _choices(analysis: str, inputs: ReviewInputs) -> str:
    return next(
        (in_short(row) for row in inputs.rows(MultiverseRow) if row.analysis == analysis), ""
    )


def _links(row: ClaimRow, inputs: ReviewInputs) -> Iterator[PageLink]:
    """Yield links to what the page shows of an analysis."""
    plot, curve = (place(row.review, row.analysis) for place in (forest_place, curve_place))
    if inputs.has_figure(plot):
        yield PageLink(text=FOREST, anchor=plot.anchor)
    if row.analysis in [finding.analysis for finding in inputs.rows(FindingRow)]:
        yield PageLink(text=CERTAINTY, anchor=f"review-{row.review}-{row.analysis}-certainty")
    dose = dose_place(row.review, row.analysis, row.dose)
    if inputs.has_figure(dose):
        yield PageLink(text="dose-response", anchor=dose.anchor)
    if inputs.has_figure(curve):
        yield PageLink(text=MULTIVERSE, anchor=curve.anchor)


def _beside(row: ClaimRow, reviews: Mapping[str, ReviewInputs]) -> Iterator[PageLink]:
    """Yield links to the forest plots of the further analyses that the verdict tells."""
    for name in filter(None, row.beside.split(", ")):
        review, _, analysis = name.partition("/")
        place = forest_place(review, analysis)
        if review in reviews and reviews[review].has_figure(place):
            yield PageLink(text=reviews[review].title_of(analysis), anchor=place.anchor)


def _meanings() -> PageTable:
    return PageTable(
        key="claims-verdicts",
        caption="What the verdicts on sentences mean, best first; the first rule that applies, "
        "from below, decides.",
        headings=headings("Verdict", "¶ Meaning"),
        rows=tuple(
            (ledger_verdict_text(code), verdict.meaning)
            for code, verdict in LEDGER_VERDICTS.items()
        ),
    )
