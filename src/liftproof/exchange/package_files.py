"""The CSV files of a data package, those of a ZIP within it too."""

import zipfile
import zlib
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path

from liftproof.exchange.draft import one_problem
from liftproof.reviews.limits import LARGEST_TABLE

NESTED = "-data.zip"
"""How the name of the package ends in an article's download, where one ZIP lies in another."""
DAMAGES = (zipfile.BadZipFile, zlib.error, EOFError)
"""Of a ZIP: its directory or a sum, a stream that is no deflated one, one that ends too soon."""


def csv_files(file: Path) -> Mapping[str, bytes]:
    """Return the content of each file by its name; DataError where the ZIP cannot be read."""
    try:
        return dict(_within(file, file.read_bytes(), may_nest=True))
    except OSError as error:
        found, remedy = error.strerror or str(error), "check its name and permissions"
        raise one_problem(file, "the file cannot be opened", found, remedy) from error
    except (*DAMAGES, RuntimeError, NotImplementedError) as error:
        remedy = "download it again, without a password"
        raise one_problem(file, "no ZIP that can be read", str(error), remedy) from error


def _within(file: Path, content: bytes, *, may_nest: bool) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(BytesIO(content)) as package:
        for entry in package.infolist():
            is_nested = may_nest and entry.filename.endswith(NESTED)
            if not is_nested and not entry.filename.endswith(".csv"):
                continue
            if entry.file_size > LARGEST_TABLE:
                wrong, remedy = "a file of the package is too large", "divide the review"
                raise one_problem(file / entry.filename, wrong, str(entry.file_size), remedy)
            inner = package.read(entry)
            if is_nested:
                yield from _within(file, inner, may_nest=False)
            else:
                yield entry.filename, inner
