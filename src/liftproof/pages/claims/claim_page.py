"""The page of claims: each published sentence with its verdicts and where they come from."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from liftproof.analysis.claims.claim_rows import ClaimRow, ReadingRow
from liftproof.pages.claims.ledger_verdicts import LEDGER_VERDICTS, verdict_text
from liftproof.pages.claims.reading_words import HOLDS, READING_NAMES, needed_text, value_text
from liftproof.pages.forest.forest_section import forest_anchor
from liftproof.pages.inputs import ClaimInputs, ReviewInputs
from liftproof.pages.multiverse.multiverse_words import in_short
from liftproof.pages.sources.trial_sources import trial_anchor
from liftproof.pages.table import Table, headings
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
class Link:
    """A link to a place in the page."""

    text: str
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The verdict on a sentence, or on a part of one; ``verdict`` is the code that styles it.

    ``choices`` says how far the estimate that the sentence rests on depends on choices, if it does.
    ``links`` lead to what the page shows of the analysis, ``lacking`` says what it has not;
    ``beside`` lead to the forest plots of further analyses, ``sources`` to the trials pooled.
    """

    claim: str
    part: str
    verdict: str
    verdict_text: str
    sentence: str
    choices: str
    links: tuple[Link, ...]
    lacking: str
    beside: tuple[Link, ...]
    sources: tuple[Link, ...]
    readings: Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A published sentence, where it stands, and the answers to its parts."""

    claimed: str
    where: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerPage:
    """The page; without sentences where the project has no claims."""

    tally: str
    sentences: tuple[Sentence, ...]
    meanings: Table


def ledger_page(claims: ClaimInputs, every: Sequence[ReviewInputs]) -> LedgerPage:
    """Return the page of claims, with links into the pages of ``every`` review."""
    reviews = {inputs.review.name: inputs for inputs in every}
    grouped: dict[tuple[str, str], list[ClaimRow]] = {}
    for row in claims.claims:
        grouped.setdefault((row.claimed, row.where), []).append(row)
    return LedgerPage(
        tally=tally(claims.claims),
        sentences=tuple(
            Sentence(
                claimed=claimed,
                where=where,
                answers=tuple(_answer(row, claims.readings, reviews) for row in rows),
            )
            for (claimed, where), rows in grouped.items()
        ),
        meanings=_meanings(),
    )


def tally(rows: Sequence[ClaimRow]) -> str:
    """Return how many verdicts of each kind there are, in the order of the verdicts."""
    counts = Counter(row.verdict for row in rows)
    told = [f"{counts[code]} {of.words}" for code, of in LEDGER_VERDICTS.items() if counts[code]]
    sentences = len({(row.claimed, row.where) for row in rows})
    parts = f", with {len(rows)} verdicts" if len(rows) > sentences else ""
    return f"{sentences} sentence{'' if sentences == 1 else 's'}{parts}: {', '.join(told)}."


def _answer(
    row: ClaimRow, readings: Sequence[ReadingRow], reviews: Mapping[str, ReviewInputs]
) -> Answer:
    inputs = reviews.get(row.review)
    links = tuple(_links(row, inputs)) if inputs else ()
    shown = {link.text for link in links}
    return Answer(
        claim=row.claim,
        part=capital(row.part),
        verdict=row.verdict,
        verdict_text=verdict_text(row.verdict),
        sentence=row.sentence,
        choices=_choices(row.analysis, inputs) if inputs and row.condition else "",
        links=links,
        lacking=" ".join(text for name, text in LACKING if inputs and name not in shown),
        beside=tuple(_beside(row, reviews)),
        sources=tuple(_sources(row, inputs)) if inputs else (),
        readings=_readings(row, [each for each in readings if each.claim == row.claim]),
    )


def _choices(analysis: str, inputs: ReviewInputs) -> str:
    return next((in_short(row) for row in inputs.multiverse if row.analysis == analysis), "")


def _links(row: ClaimRow, inputs: ReviewInputs) -> Iterator[Link]:
    """Yield links to what the page shows of an analysis."""
    of = f"review-{row.review}-{row.analysis}"
    if _is_drawn(row.analysis, inputs):
        yield Link(text=FOREST, anchor=forest_anchor(row.review, row.analysis))
    if row.analysis in [finding.analysis for finding in inputs.findings]:
        yield Link(text=CERTAINTY, anchor=f"{of}-certainty")
    if row.dose in [figure.dose for figure in inputs.dose_figures]:
        yield Link(text="dose-response", anchor=f"review-{row.review}-dose-{row.dose}")
    if row.analysis in [figure.analysis for figure in inputs.specifications]:
        yield Link(text=MULTIVERSE, anchor=f"{of}-multiverse")


def _beside(row: ClaimRow, reviews: Mapping[str, ReviewInputs]) -> Iterator[Link]:
    """Yield links to the forest plots of the further analyses that the verdict tells."""
    for name in filter(None, row.beside.split(", ")):
        review, _, analysis = name.partition("/")
        if review in reviews and _is_drawn(analysis, reviews[review]):
            title = reviews[review].title_of(analysis)
            yield Link(text=title, anchor=forest_anchor(review, analysis))


def _is_drawn(analysis: str, inputs: ReviewInputs) -> bool:
    return analysis in [figure.analysis for figure in inputs.figures]


def _sources(row: ClaimRow, inputs: ReviewInputs) -> Iterator[Link]:
    """Yield a link to the entry of each trial that was pooled, then to how numbers are known."""
    pooled = [effect.study for effect in inputs.effects_of(row.analysis) if not effect.left_out]
    for study in inputs.review.studies:
        if study.study in pooled:
            yield Link(text=study.label, anchor=trial_anchor(row.review, study.study))
    yield Link(text="how the numbers are known", anchor=f"review-{row.review}-data")


def _readings(row: ClaimRow, readings: Sequence[ReadingRow]) -> Table:
    """Return the ways to be certain of a claim; without rows where its verdict asks for none."""
    shown = readings if any(each.asked == "yes" for each in readings) else ()
    return Table(
        key=f"claim-{row.claim}-readings",
        caption="Ways to be certain. The verdict rests on those that the sentence asks for; the "
        "one that holds least decides.",
        headings=headings(
            *("Way", "Asked for", "# Limits or probability", "Needed", "Outcome"),
            "¶ What it rests on",
        ),
        rows=tuple(
            (
                capital(READING_NAMES[each.reading].split(", which")[0]),
                "yes" if each.asked == "yes" else "no",
                value_text(each),
                needed_text(each),
                HOLDS[each.holds],
                each.note,
            )
            for each in shown
        ),
    )


def _meanings() -> Table:
    return Table(
        key="claims-verdicts",
        caption="What the verdicts on sentences mean, best first; the first rule that applies, "
        "from below, decides.",
        headings=headings("Verdict", "¶ Meaning"),
        rows=tuple((verdict_text(code), of.meaning) for code, of in LEDGER_VERDICTS.items()),
    )
