"""What every name has: a code, and what it is called; and how records are found by their code."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from liftproof.vocabulary.plausibility import KNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What is known of one name.

    ``code``: as files, options and results write it. ``name``: what readers see.
    ``is_departure``: whether the search for the causes of a difference tries it in the place of
    another of its kind. ``metafor``: what metafor calls it, where that is another name than the
    code and the two stand for one another; empty for none. ``plausibility``: as a departure, a
    weight of ``vocabulary.plausibility``.
    """

    code: str
    name: str
    is_departure: bool = False
    metafor: str = ""
    plausibility: float = KNOWN


AnyRecord = TypeVar("AnyRecord", bound=Record)


def by_code(*records: AnyRecord) -> Mapping[str, AnyRecord]:
    """Return records by their code, in the order given.

    Raises ValueError for two records of one code.

    >>> list(by_code(Record(code="DL", name="DerSimonian-Laird"), Record(code="HE", name="Hedges")))
    ['DL', 'HE']
    """
    found = {record.code: record for record in records}
    if len(found) < len(records):
        codes = [record.code for record in records]
        twice = next(code for code in codes if codes.count(code) > 1)
        raise ValueError(f"The code {twice} has two records: rename or delete one.")
    return found


def aliases(records: Mapping[str, Record]) -> Mapping[str, str]:
    """Return the codes by metafor's names.

    >>> aliases(by_code(Record(code="FE", name="fixed effect", metafor="EE")))
    {'EE': 'FE'}
    """
    return {record.metafor: code for code, record in records.items() if record.metafor}
