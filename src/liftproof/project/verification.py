"""Everything that is not so of the results of a project, file by file."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from liftproof.archive import ARCHIVE
from liftproof.code import digest_behind
from liftproof.crate import CRATE
from liftproof.job_records import RECORDS, RESULTS, read_records, record_paths, written
from liftproof.manifest import MANIFEST, is_whole, read_manifest
from liftproof.project.results_state import CodeOf, Discrepancy, compare
from liftproof.project.run_note import RUN
from liftproof.project.shipped import workflow_of
from liftproof.reviews.files.claims_file import CLAIMS
from liftproof.reviews.files.configuration_file import configured
from liftproof.reviews.files.finding import REVIEWS, named

OWN = (RESULTS / "README.md", RUN)
"""Files below ``results/`` that no job of the workflow writes or minds."""
_PLACES = (RESULTS, RESULTS / "blog", RECORDS)
"""Where a review has a folder of results, of its kit, of records."""


def verify(project: Path) -> list[Discrepancy]:
    """Return what is not so: results changed, missing or not ours, data or code changed since."""
    manifest = read_manifest(project)
    if manifest is None or not is_whole(manifest):
        wrong = "is missing: the workflow has not run to its end here"
        return [Discrepancy(path=str(MANIFEST), wrong=wrong, is_loss=True)]
    others = _not_reported(project)
    found = [
        *compare(project, _code_of(project)),
        *_foreign(project, manifest),
        *_left_over(project, manifest),
        *_new_data(project, manifest),
    ]
    return [
        *(each for each in found if not any(_is_of(Path(each.path), name) for name in others)),
        *map(_of_no_report, sorted(others)),
        *_left_out(manifest),
    ]


def _not_reported(project: Path) -> set[str]:
    """Return the reviews with results of earlier runs that a run makes none of now."""
    jobs = (job for job in record_paths(project) if "/" in job)
    return {job.partition("/")[0] for job in jobs} - set(named(configured(project), project))


def _of_no_report(name: str) -> Discrepancy:
    """Return one finding for all results of such a review."""
    first, *others = (place / name for place in _PLACES)
    wrong = f"is of a review that is not in the report; delete it, {' and '.join(map(str, others))}"
    return Discrepancy(path=str(first), wrong=wrong)


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
    paths = sorted((project / RESULTS).rglob("*"))
    every = (path for path in paths if path.is_symlink() or path.is_file())
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
    return any(_is_of(path, name) for name in manifest["left_out"])


def _is_of(path: Path, review: str) -> bool:
    """Say whether a file is of one review: its data, results, kit or records."""
    return any(path.is_relative_to(place / review) for place in (*_PLACES, REVIEWS))


def _left_out(manifest: Mapping[str, Any]) -> Iterator[Discrepancy]:
    for name, (first, *_) in manifest["left_out"].items():
        wrong = f"was left out of the report, and its results are of no run: {first}"
        yield Discrepancy(path=name, wrong=wrong)
