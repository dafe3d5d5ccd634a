"""The trials of a review with their publications, and where each of their numbers was found."""

from collections.abc import Sequence
from dataclasses import dataclass

from liftproof.pages.inputs import ReviewInputs
from liftproof.pages.sources.provenance_words import KINDS, field_name
from liftproof.pages.sources.result_names import ResultNames
from liftproof.pages.sources.source_links import SourceLinks
from liftproof.pages.table import NOTHING, Cell, CellPart, PageTable, headings, in_words
from liftproof.reviews.model.identifiers import doi_link, pubmed_link
from liftproof.reviews.model.review_tables import Provenance, Study
from liftproof.words.marks import MARKS
from liftproof.words.text import minus

SIGNS = dict(MARKS)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialSource:
    """One trial; ``anchor`` is the id of its entry, ``numbers`` has a row an origin.

    ``links``: its publication by DOI and by PubMed number, as far as they are known.
    """

    anchor: str
    label: str
    citation: str
    links: tuple[CellPart, ...]
    numbers: PageTable

    @property
    def publication(self) -> str:
        """What stands before the links: the citation, or that there is none beside them."""
        return self.citation or (
            "Its publication:" if self.links else "No publication is recorded."
        )


def trial_anchor(review: str, study: str) -> str:
    """Return the id of a trial's entry.

    >>> trial_anchor("nordic", "askling2003")
    'review-nordic-trial-askling2003'
    """
    return f"review-{review}-trial-{study}"


def trial_sources(inputs: ReviewInputs) -> tuple[TrialSource, ...]:
    """Return every trial of a review, also those that await data, in the order of its table."""
    by_trial: dict[str, list[Provenance]] = {study.study: [] for study in inputs.review.studies}
    for row in inputs.review.provenance:
        by_trial.setdefault(row.study, []).append(row)
    links, result_names = SourceLinks(inputs.review), ResultNames(inputs.review)
    return tuple(
        TrialSource(
            anchor=trial_anchor(inputs.review.name, study.study),
            label=study.label,
            citation=study.citation,
            links=_links(study),
            numbers=_numbers(
                f"{trial_anchor(inputs.review.name, study.study)}-numbers",
                study.label,
                by_trial[study.study],
                links,
                result_names,
            ),
        )
        for study in inputs.review.studies
    )


def _links(study: Study) -> tuple[CellPart, ...]:
    found = [doi_link(study.doi)] if study.doi else []
    found += [pubmed_link(study.pmid)] if study.pmid else []
    return tuple(CellPart(text=each.text, url=each.url) for each in found)


def _numbers(
    key: str,
    label: str,
    rows: Sequence[Provenance],
    links: SourceLinks,
    result_names: ResultNames,
) -> PageTable:
    """Return where a trial's numbers were found; those of one origin share a row.

    Results come first, since they are what the figures show, and then what describes the trial.
    """
    origins: dict[tuple[str, ...], list[str]] = {}
    for row in sorted(rows, key=lambda row: not row.outcome):
        origin = (row.kind, row.extractor, row.source, row.location, row.quote, row.note)
        origins.setdefault((result_names.name(row), *origin), []).append(
            f"{field_name(row.field)} {minus(in_words(row.value))}"
        )
    return PageTable(
        key=key,
        caption=f"Where each number of {label} was found.",
        headings=headings(
            *("Result", "¶ Numbers", "Known how", "¶ Source", "Where in it", "¶ Remark")
        ),
        rows=tuple(_origin(origin, found, links) for origin, found in origins.items()),
    )


def _origin(origin: tuple[str, ...], found: Sequence[str], links: SourceLinks) -> tuple[Cell, ...]:
    """Return one row: the numbers of one result with one origin."""
    result, kind, extractor, source, location, quote, note = origin
    by = f", by {extractor}" if extractor else ""
    words = f"“{quote}”" if quote else ""
    return (
        result,
        "; ".join(found),
        f"{KINDS[kind]}{SIGNS.get(kind, '')}{by}",
        links.cell(source),
        ": ".join(part for part in (location, words) if part) or NOTHING,
        note or NOTHING,
    )
