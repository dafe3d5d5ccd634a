"""What earlier runs wrote and the latest did not: figures of additions that were taken back.

Results of reviews that are no more go as well.
"""

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from liftproof.content import digest
from liftproof.job_records import RESULTS, is_result, read_records, record_paths, written
from liftproof.manifest import read_manifest
from liftproof.reviews.files.finding import REVIEWS


def last_written(project: Path) -> dict[str, str]:
    """Return path to digest of every result of the last run that came to its end."""
    files = (read_manifest(project) or {}).get("files")
    return dict(files) if isinstance(files, dict) else {}


def remove_leftovers(project: Path, before: Mapping[str, str]) -> None:
    """Remove results that were ``last_written`` before a run and that no job has written since.

    What was changed by hand meanwhile stays, and what lies elsewhere by way of a link or of "..".
    """
    known = written(read_records(project).values())
    _remove_as_written(project, {path: before[path] for path in before.keys() - known})


def remove_departed(project: Path) -> list[str]:
    """Remove the results and records of reviews that are no more; return the reviews.

    A review is there while anything has its name below ``data/reviews/``, a broken link included.
    """
    records = {job: path for job, path in record_paths(project).items() if "/" in job}
    names = sorted({job.partition("/")[0] for job in records})
    departed = [name for name in names if not _is_there(project / REVIEWS / name)]
    read = read_records(project)
    for job, path in records.items():
        if job.partition("/")[0] in departed:
            _remove_as_written(project, written([read[job]]) if job in read else {})
            path.unlink()
            _remove_empty(path.parent, project / RESULTS)
    return departed


def _is_there(path: Path) -> bool:
    return path.exists() or path.is_symlink()


def _remove_as_written(project: Path, files: Mapping[str, str]) -> None:
    """Remove files below ``results/`` that hold what was written; ``files``: path to digest."""
    top = (project / RESULTS).resolve()
    for path in sorted(files):
        place = project / path
        is_here = is_result(path) and place.resolve().is_relative_to(top)
        if is_here and place.is_file() and digest(place) == files[path]:
            place.unlink()
            _remove_empty(place.parent, project / RESULTS)


def _remove_empty(folder: Path, top: Path) -> None:
    """Remove a folder and those around it up to ``top``, as far as they are empty."""
    with suppress(OSError):  # it holds something
        while folder != top:
            folder.rmdir()
            folder = folder.parent
