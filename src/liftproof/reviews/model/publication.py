"""The key ``publications`` of ``review.yaml``: sources that are no trial of the review."""

from dataclasses import dataclass

from liftproof.reviews.model.keys import IdKind, key


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """A source of numbers, such as another review, with its DOI or PubMed number.

    ``line``: where it stands in the file.
    """

    id: str = key(
        "name of the publication, unique in the review",
        IdKind(example="two2021"),
        required=True,
        example="two2021",
    )
    citation: str = key(
        "its reference; sources of provenance.csv with its first author, year, volume and first "
        "page lead to it",
        required=True,
        example="Two B, Three C. J Inj 2021;5:60-70",
    )
    doi: str = key("its DOI, without https://doi.org/", example="10.1000/2")
    pmid: str = key("its PubMed number", example="31000000")
    line: int = 0
