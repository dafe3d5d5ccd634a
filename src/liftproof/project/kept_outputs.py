"""Outputs of a whole job, kept by the digests of all that it reads, its code and its parameters."""

from collections.abc import Callable, Iterable
from pathlib import Path

from liftproof.files import write_bytes
from liftproof.job_records import as_json, digests
from liftproof.kept_content import KeptContent
from liftproof.wiring import Failures, Job


def written_or_made(
    job: Job, failures: Failures, kept: KeptContent, make: Callable[[], None]
) -> None:
    """Write the outputs of a job, but its record, as they were made before, or have them made.

    What fails, or was made while an input was edited, is not kept.
    """
    basis = _basis(job)
    paths = [path for path in job.output if path != job.output.record]
    contents = [kept.taken(basis, path) for path in paths]
    if None not in contents:
        for path, content in zip(paths, contents, strict=True):
            write_bytes(Path(path), content or b"")
        return
    make()
    if not failures.texts and _basis(job) == basis:
        _keep(paths, kept, basis)


def _keep(paths: Iterable[str], kept: KeptContent, basis: str) -> None:
    for path in paths:
        kept.keep(Path(path).read_bytes(), basis, path)


def _basis(job: Job) -> str:
    """Return all that the outputs of a job follow from, as text."""
    return as_json({"params": list(map(str, job.params)), "inputs": digests(job.input)})
