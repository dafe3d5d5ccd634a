"""What the run before wrote and the latest did not: figures of additions that were taken back."""

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from liftproof.content import digest
from liftproof.job_records import RESULTS, is_result, read_records, written
from liftproof.manifest import read_manifest


def last_written(project: Path) -> dict[str, str]:
    """Return path to digest of every result of the last run that came to its end."""
    files = (read_manifest(project) or {}).get("files")
    return dict(files) if isinstance(files, dict) else {}


def remove_leftovers(project: Path, before: Mapping[str, str]) -> None:
    """Remove results that were ``last_written`` before a run and that no job has written since.

    What was changed by hand meanwhile stays, as does all of a review that is no more, and what
    lies elsewhere by way of a link or of "..".
    """
    known, top = written(read_records(project).values()), (project / RESULTS).resolve()
    for path in sorted(before.keys() - known):
        place = project / path
        is_here = is_result(path) and place.resolve().is_relative_to(top)
        if is_here and place.is_file() and digest(place) == before[path]:
            place.unlink()
            _remove_empty(place.parent, project / RESULTS)


def _remove_empty(folder: Path, top: Path) -> None:
    """Remove a folder and those around it up to ``top``, as far as they are empty."""
    with suppress(OSError):  # it holds something
        while folder != top:
            folder.rmdir()
            folder = folder.parent
