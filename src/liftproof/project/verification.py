"""Everything that is not so of the results of a project, file by file."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from liftproof.archive import ARCHIVE
from liftproof.code import digest_behind
from liftproof.crate import CRATE
from liftproof.job_records import RESULTS, read_records, record_paths, written
from liftproof.manifest import MANIFEST, is_whole, read_manifest
from liftproof.project.results_state import CodeOf, Discrepancy, compare
from liftproof.project.run_note import RUN
from liftproof.project.shipped import workflow_of
from liftproof.reviews.files.claims_file import CLAIMS
from liftproof.reviews.files.configuration_file import configured
from liftproof.reviews.files.finding import REVIEWS, named

OWN = (RESULTS / "README.md", RUN)
"""Files below ``results/`` that no job of the workflow writes or minds."""


def verify(project: Path) -> list[Discrepancy]:
    """Return what is not so: results changed, missing or not ours, data or code changed since."""
    manifest = read_manifest(project)
    if manifest is None or not is_whole(manifest):
        wrong = "is missing: the workflow has not run to its end here"
        return [Discrepancy(path=str(MANIFEST), wrong=wrong, is_loss=True)]
    return [
        *compare(project, _code_of(project)),
        *_foreign(project, manifest),
        *_left_over(project, manifest),
        *_new_data(project, manifest),
        *_left_out(manifest),
    ]


def _code_of(project: Path) -> CodeOf:
    scripts = workflow_of(project).scripts

    @cache
    def code_of(script: str) -> str:
        path = scripts / script
        return digest_behind(path) if path.is_file() else ""

    return code_of


def _foreign(project: Path, manifest: Mapping[str, Any]) -> Iterator[Discrepancy]:
    """Yield the files below ``results/`` that no job has written."""
    known = {Path(path) for path in written(read_records(project).values())}
    records = {path.relative_to(project) for path in record_paths(project).values()}
    every = (path for path in sorted((project / RESULTS).rglob("*")) if path.is_file())
    for path in (found.relative_to(project) for found in every):
        is_known = path in known or path in records or path in OWN
        if not is_known and not _is_left_out(path, manifest):
            wrong = "was not written by the workflow; move it elsewhere"
            yield Discrepancy(path=str(path), wrong=wrong)


def _left_over(project: Path, manifest: Mapping[str, Any]) -> Iterator[Discrepancy]:
    """Yield the results of earlier runs that the latest did not make."""
    last = (str(MANIFEST), str(CRATE), str(ARCHIVE))
    for path in sorted(written(read_records(project).values())):
        is_listed = path in manifest["files"] or path in last
        if not is_listed and not _is_left_out(Path(path), manifest):
            wrong = "is of an earlier run, and not of the latest; delete it"
            yield Discrepancy(path=path, wrong=wrong)


def _new_data(project: Path, manifest: Mapping[str, Any]) -> Iterator[Discrepancy]:
    """Yield the files with data that no result has come from."""
    reviews = named(configured(project), project)
    files = [path for name in reviews for path in (project / REVIEWS / name).glob("*.[cy]*")]
    files += [path for path in [project / CLAIMS] if path.exists()]
    for path in sorted(found.relative_to(project) for found in files):
        if str(path) not in manifest["data"] and str(path) not in manifest["left_out"]:
            yield Discrepancy(path=str(path), wrong="is not in the results yet")


def _is_left_out(path: Path, manifest: Mapping[str, Any]) -> bool:
    """Say whether a result is of a review that was left out: it is told once, not file by file."""
    return any(name in path.parts for name in manifest["left_out"])


def _left_out(manifest: Mapping[str, Any]) -> Iterator[Discrepancy]:
    for name, (first, *_) in manifest["left_out"].items():
        wrong = f"was left out of the report, and its results are of no run: {first}"
        yield Discrepancy(path=name, wrong=wrong)
