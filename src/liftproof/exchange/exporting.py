"""A review to a file of another program."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from liftproof.errors import UsageError
from liftproof.exchange.bibtex_file import bibtex_text
from liftproof.exchange.cited import write_cited
from liftproof.exchange.csl_file import csl_text
from liftproof.exchange.metafor_export import write_metafor
from liftproof.exchange.review_reading import read_draft
from liftproof.exchange.revman_export import write_revman
from liftproof.exchange.ris_file import ris_text
from liftproof.exchange.workbook_writing import write_workbook
from liftproof.extras import require_extra
from liftproof.reviews import find, read
from liftproof.suggest import did_you_mean


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A kind of file: its usual ``ending``, and what writes it and returns what is left out."""

    ending: str
    write: Callable[[Path, Path], tuple[str, ...]]


def export_review(name: str, file: Path, root: Path, form: str = "") -> Iterator[str]:
    """Write a review to a file; yield what was written and what the file does not hold.

    ``form``: a name in FORMATS, empty for the one of the file's ending. Raises UsageError for an
    unknown one, DataError for a review with errors.
    """
    chosen = form or _by_ending(file)
    folder = find(name, root)
    read(folder)
    lost = FORMATS[chosen].write(folder, file)
    yield f"{file} written"
    yield from (f"not in {file.name}: {notice}" for notice in lost)


def _by_ending(file: Path) -> str:
    endings = {each.ending: name for name, each in FORMATS.items()}
    if file.suffix.lower() not in endings:
        remedy = did_you_mean(file.suffix, endings)
        raise UsageError(f"{file}: no format has this ending; {remedy}, or name one by --format")
    return endings[file.suffix.lower()]


def _workbook(folder: Path, file: Path) -> tuple[str, ...]:
    require_extra("exchange", "writing a workbook", ("openpyxl",))
    return write_workbook(read_draft(folder), file)


FORMATS: Mapping[str, Format] = {
    "xlsx": Format(ending=".xlsx", write=_workbook),
    "metafor": Format(ending=".csv", write=write_metafor),
    "revman": Format(ending=".rm5", write=write_revman),
    "csl": Format(ending=".json", write=partial(write_cited, as_text=csl_text)),
    "ris": Format(ending=".ris", write=partial(write_cited, as_text=ris_text)),
    "bibtex": Format(ending=".bib", write=partial(write_cited, as_text=bibtex_text)),
}
