"""``results/report.zip``: all of a run in one file, to send or to deposit."""

import zipfile
from collections.abc import Iterable
from pathlib import Path

from liftproof.files import aside
from liftproof.job_records import RESULTS

ARCHIVE = RESULTS / "report.zip"
_NO_DATE = (1980, 1, 1, 0, 0, 0)
"""The first that a ZIP file can hold: the same results give the same bytes."""
_PERMISSIONS = 0o100644 << 16
_COMPRESSED = (".png", ".pdf")
"""What gains nothing by compression."""


def write_archive(paths: Iterable[str], archive: Path) -> None:
    """Write files into a ZIP file, sorted, under their paths; whole or not at all.

    Raises WriteError where it cannot be written.
    """
    with aside(archive) as partial, zipfile.ZipFile(partial, "w") as stream:
        for path in sorted(paths):
            entry = zipfile.ZipInfo(path, _NO_DATE)
            entry.external_attr = _PERMISSIONS
            is_dense = path.endswith(_COMPRESSED)
            entry.compress_type = zipfile.ZIP_STORED if is_dense else zipfile.ZIP_DEFLATED
            stream.writestr(entry, Path(path).read_bytes())
