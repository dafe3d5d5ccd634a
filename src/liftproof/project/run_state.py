"""What the workflow does before its first job: hold the folder, take away records that lie."""

import os
import sys
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path
from typing import TextIO

from liftproof.errors import WriteError
from liftproof.job_records import RECORDS
from liftproof.project.results_state import CodeOf, Discrepancy, compare
from liftproof.project.run_lock import share_lock
from liftproof.project.run_processes import MARK, mark_of

_HELD: list[TextIO | None] = []
"""The lock of a run of Snakemake alone, which lasts as long as the process."""


def at_start(reviews: Collection[str], code_of: CodeOf) -> None:
    """Prepare a run in the current folder; ``reviews``: those that will be built.

    Under ``liftproof report``, which holds the folder, every result is compared with its record; a
    job whose files are not as recorded loses its record, so that it is made anew. Snakemake alone
    only says that it is here: it may be a dry run.
    """
    if MARK in os.environ:
        renew(Path(), reviews, code_of)
        return
    os.environ[MARK] = mark_of(Path())
    with suppress(OSError):  # a folder that cannot be written to: Snakemake says so
        _HELD.append(share_lock(Path()))


def renew(project: Path, reviews: Collection[str], code_of: CodeOf) -> None:
    """Take away the records of jobs whose results, data or code are not as recorded.

    Says so of results alone: that data and code change is what runs are for. Raises WriteError for
    a record that cannot be taken away.
    """
    for finding in compare(project, code_of):
        jobs = [job for job in finding.jobs if "/" not in job or job.split("/")[0] in reviews]
        for job in jobs:
            _take_away(project / RECORDS / f"{job}.json")
        if jobs and finding.is_loss:
            _tell(finding)


def _take_away(record: Path) -> None:
    try:
        record.unlink(missing_ok=True)
    except OSError as error:
        raise WriteError(record, error.strerror or str(error)) from error


def _tell(finding: Discrepancy) -> None:
    print(f"{finding}: made anew", file=sys.stderr, flush=True)
