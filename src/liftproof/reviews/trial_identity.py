"""What tells one trial from another: its key, its label, its publication."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from liftproof.reviews.files.cells import key_of
from liftproof.reviews.model.review_tables import Study

RESOLVERS = ("https://doi.org/", "http://doi.org/", "https://dx.doi.org/", "http://dx.doi.org/")
PUBLICATIONS = ("doi", "pmid")
"""Columns that hold the identifier of a publication."""
BY = (*PUBLICATIONS, "label")
"""Columns that only one trial has, the surest first: two trials may share a label."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownTrial:
    """A trial of a review, and the column by which it was recognised."""

    key: str
    label: str
    by: str


def trial_key(label: str, year: str = "") -> str:
    """Return a key for a trial by its label; the year follows where the label has none.

    >>> trial_key("van der Worp 2026a", "2026"), trial_key("Smith", "2026")
    ('vanderworp2026a', 'smith2026')
    """
    key = key_of(label).replace("_", "")
    return key if year in key else f"{key}{year}"


def plain(name: str) -> str:
    """Return a label or an address as it is compared: capitals, blanks and resolvers aside.

    >>> plain("https://doi.org/10.1000/ABC"), plain("Smith  2010")
    ('10.1000/abc', 'smith 2010')
    """
    text = " ".join(name.casefold().split())
    for resolver in RESOLVERS:
        text = text.removeprefix(resolver)
    return text


def recognised(cells: Mapping[str, str], studies: Iterable[Study]) -> KnownTrial | None:
    """Return the trial of a review that has the DOI, PubMed number or label of some cells."""
    every = tuple(studies)
    for column in BY:
        for study in having(column, cells, every):
            return KnownTrial(key=study.study, label=study.label, by=column)
    return None


def having(column: str, cells: Mapping[str, str], studies: Iterable[Study]) -> tuple[Study, ...]:
    """Return the trials that have in a column what some cells have there, none for an empty one."""
    name = plain(cells.get(column, ""))
    return tuple(each for each in studies if name and plain(getattr(each, column)) == name)
