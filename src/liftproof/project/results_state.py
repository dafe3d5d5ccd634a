"""Are the results on disk those of the data and the code on disk, as they were written?"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from liftproof.content import digest
from liftproof.job_records import (
    RECORDS,
    JobRecord,
    is_result,
    read_record,
    record_paths,
    script_of,
    written,
)
from liftproof.manifest import MANIFEST, is_whole, read_manifest

CodeOf = Callable[[str], str]
"""From the name of a script to the digest of itself, the files behind it and the software."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Discrepancy:
    """What is not so. ``path``: within the project; ``jobs``: those that would mend it.

    ``is_loss``: a result is not there as it was written; otherwise something else is newer than it.
    """

    path: str
    wrong: str
    jobs: tuple[str, ...] = ()
    is_loss: bool = False

    def __str__(self) -> str:
        """Return the file and the sentence on it."""
        return f"{self.path}: {self.wrong}"


def compare(project: Path, code_of: CodeOf) -> list[Discrepancy]:
    """Return what differs from the records of the jobs, losses first, sorted by path."""
    records: dict[str, JobRecord] = {}
    found: list[Discrepancy] = []
    for job, path in record_paths(project).items():
        record = read_record(path)
        if record is None:
            name, wrong = str(RECORDS / f"{job}.json"), "is no record of a job"
            found.append(Discrepancy(path=name, wrong=wrong, jobs=(job,), is_loss=True))
        else:
            records[job] = record
    now = _digests_of(project)
    found += _lost(records, now)
    found += _outdated(records, now)
    found += _other_code(records, code_of)
    found += _listed_otherwise(project, records)
    return sorted(found, key=lambda each: (not each.is_loss, each.path))


def _digests_of(project: Path) -> Callable[[str], str | None]:
    @cache
    def now(path: str) -> str | None:
        place = project / path
        return digest(place) if place.is_file() else None

    return now


def _lost(
    records: Mapping[str, JobRecord], now: Callable[[str], str | None]
) -> Iterator[Discrepancy]:
    """Yield the results that are gone, or not as they were written."""
    for job, record in records.items():
        for path, value in record.outputs.items():
            wrong = "is missing" if now(path) is None else "is not as the workflow wrote it"
            if now(path) != value:
                yield Discrepancy(path=path, wrong=wrong, jobs=(job,), is_loss=True)


def _outdated(
    records: Mapping[str, JobRecord], now: Callable[[str], str | None]
) -> Iterator[Discrepancy]:
    """Yield data that are other than they were, and results that were made from other results."""
    kept = written(records.values())
    jobs = _by_subject(
        (path, job)
        for job, record in records.items()
        for path, value in record.inputs.items()
        if (kept.get(path) if is_result(path) else now(path)) != value
    )
    for path, its in jobs.items():
        wrong = "is not what the results were made from"
        yield Discrepancy(path=path, wrong=wrong, jobs=its)


def _other_code(records: Mapping[str, JobRecord], code_of: CodeOf) -> Iterator[Discrepancy]:
    jobs = _by_subject(
        (script_of(job), job)
        for job, record in records.items()
        if code_of(script_of(job)) != record.code
    )
    for script, its in jobs.items():
        wrong = "it, the code behind it or the software is not what made the results"
        yield Discrepancy(path=f"workflow/scripts/{script}", wrong=wrong, jobs=its)


def _listed_otherwise(project: Path, records: Mapping[str, JobRecord]) -> Iterator[Discrepancy]:
    """Yield the manifest if it lists other content than the jobs, run since, wrote and read."""
    manifest = read_manifest(project)
    if manifest is None or not is_whole(manifest):
        return
    read = {path: value for each in records.values() for path, value in each.inputs.items()}
    kept = {**read, **written(records.values())}
    if any(
        kept.get(path) != value for path, value in {**manifest["data"], **manifest["files"]}.items()
    ):
        wrong = "is not of the results that are here: the run that made them stopped before it"
        yield Discrepancy(path=str(MANIFEST), wrong=wrong, jobs=("manifest",))


def _by_subject(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    grouped: dict[str, list[str]] = defaultdict(list)
    for subject, job in pairs:
        grouped[subject].append(job)
    return {subject: tuple(jobs) for subject, jobs in grouped.items()}
