"""What each job of the workflow read and wrote, by content: ``results/.digests/<job>.json``.

A job leaves its record as its last output; a job without one is made anew. The records hold no date
and no path from outside the project: the same data and code give the same bytes.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from liftproof.content import digest
from liftproof.files import PARTIAL, write_text

RESULTS = Path("results")
RECORDS = RESULTS / ".digests"


@dataclass(frozen=True, slots=True, kw_only=True)
class JobRecord:
    """One job: digests of the files that it read and wrote, by their paths within the project.

    ``code``: digest of its script, of the package's files behind it and of the software.
    """

    code: str
    inputs: Mapping[str, str]
    outputs: Mapping[str, str]


def script_of(job: str) -> str:
    """Return the name of the script that a job runs: ``two/figures`` runs ``figures.py``."""
    return f"{Path(job).name}.py"


def is_result(path: str) -> bool:
    """Say whether a path within the project is that of a result: not data, and no record."""
    return Path(path).is_relative_to(RESULTS) and not Path(path).is_relative_to(RECORDS)


def digests(paths: Iterable[str]) -> dict[str, str]:
    """Return path to digest, sorted by path; records are left out."""
    return {
        path: digest(Path(path))
        for path in sorted(map(str, paths))
        if not Path(path).is_relative_to(RECORDS)
    }


def write_record(record: JobRecord, path: Path) -> None:
    """Write the record of a job."""
    write_text(path, as_json(asdict(record)))


def superseded(record: Path) -> list[Path]:
    """Return the records of jobs that a job stands in for.

    ``record``: that of the job. The first page is made by another job where there are many reviews;
    other engines, kits and PDFs had jobs shared by reviews once.
    """
    others = {
        "engines": ("engines",),
        "publish": ("blog", "pdf"),
        "index": ("report",),
        "report": ("index",),
    }
    return [RECORDS / f"{stem}.json" for stem in others.get(record.stem, ())]


def as_json(content: Mapping[str, object]) -> str:
    """Return JSON with sorted keys: the same content, the same bytes."""
    return json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def read_record(path: Path) -> JobRecord | None:
    """Read the record of a job; None where a power failure or an editor left something else."""
    try:
        record = JobRecord(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    is_whole = isinstance(record.inputs, dict) and isinstance(record.outputs, dict)
    return record if is_whole else None


def record_paths(project: Path) -> dict[str, Path]:
    """Return job to the path of its record, sorted by job."""
    folder = project / RECORDS
    return {
        path.relative_to(folder).with_suffix("").as_posix(): path
        for path in sorted(folder.rglob("*.json"))
        if not path.name.startswith(PARTIAL)
    }


def read_records(project: Path) -> dict[str, JobRecord]:
    """Return job to record, of those that can be read."""
    read = {job: read_record(path) for job, path in record_paths(project).items()}
    return {job: record for job, record in read.items() if record is not None}


def records_behind(project: Path, results: Iterable[str]) -> dict[str, JobRecord]:
    """Return job to record of those jobs alone that may have written some results.

    They are the jobs of the reviews in whose folders the results lie, and those of no one review.
    """
    folder = project / RECORDS
    reviews = {part for path in results for part in Path(path).parts[1:-1]}
    paths = [
        *folder.glob("*.json"),
        *(one for name in reviews for one in (folder / name).glob("*.json")),
    ]
    read = {
        path.relative_to(folder).with_suffix("").as_posix(): read_record(path)
        for path in sorted(paths)
    }
    return {job: record for job, record in read.items() if record is not None}


def written(records: Iterable[JobRecord]) -> dict[str, str]:
    """Return every path that the jobs wrote to its digest."""
    return {path: value for record in records for path, value in record.outputs.items()}
