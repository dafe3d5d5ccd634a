"""What the workflow does around its work: a log, checked inputs, a record."""

import json
import sys
import traceback
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext, redirect_stderr
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from liftproof.collecting import collect_seldom
from liftproof.errors import LiftproofError, ProjectError, WriteError
from liftproof.job_records import (
    JobRecord,
    digests,
    is_result,
    records_behind,
    superseded,
    write_record,
    written,
)

FAILURES = Path(".snakemake") / "liftproof" / "failures"
"""Where jobs note what of the project failed and why, a file a job."""


class Job(Protocol):
    """What the workflow tells a script, as far as this module looks at it."""

    input: Any
    output: Any
    params: Any
    log: Sequence[str]


@contextmanager
def logged(log: str) -> Iterator[None]:
    """Send messages to the log file; end with the text of an error raised on purpose.

    That text goes to the terminal as well: it is meant for the person who ran the workflow. So does
    what the system says of a file that cannot be read or written, such as the log itself.
    """
    path = Path(log)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8") as stream, redirect_stderr(stream):
            try:
                yield
            except LiftproofError as error:
                print(error, file=sys.__stderr__, flush=True)
                print(error, file=stream)
                sys.exit(1)
    except OSError as error:
        text = f"{error.filename or path}: {error.strerror or error}; run again when that is mended"
        print(text, file=sys.__stderr__, flush=True)
        sys.exit(1)


@dataclass(slots=True, kw_only=True)
class Failures:
    """What failed in a job: name of a review, or path of a file of the project, to the text."""

    texts: dict[str, str] = field(default_factory=dict)

    @contextmanager
    def within(self, name: str) -> Iterator[None]:
        """Keep what fails with the data of ``name``, so that a job goes on with other reviews.

        What is no fault of the data, as a full disk, ends the job.
        """
        try:
            yield
        except (OSError, ProjectError, WriteError):
            raise
        except LiftproofError as error:
            self.texts[name] = str(error)
        except Exception as error:
            traceback.print_exc()
            self.texts[name] = f"{name}: stopped by a fault of the program: {error!r}"


@contextmanager
def recorded(job: Job) -> Iterator[Failures]:
    """Log a job, check that results which it reads are as written, record what it read and wrote.

    What fails with one review is noted below :data:`FAILURES` before the job ends: the rest of the
    project can be reported on without it.
    """
    collect_seldom()
    log = job.log[0]
    review = _review_of(log)
    failures = Failures()
    with logged(log):
        read = digests(job.input)
        _require_as_written(read)
        with failures.within(review) if review else nullcontext():
            yield failures
        if failures.texts:
            _note(failures.texts, log)
            raise LiftproofError("\n".join(failures.texts.values()))
        outputs = [path for path in job.output if path != job.output.record]
        record = JobRecord(code=job.params.code, inputs=read, outputs=digests(outputs))
        write_record(record, Path(job.output.record))
        for stale in superseded(Path(job.output.record)):
            stale.unlink(missing_ok=True)


def _review_of(log: str) -> str:
    """Return the review of a job by its log, as ``logs/two/compute.log``; empty for other jobs."""
    _, *review, _ = Path(log).parts
    return "".join(review)


def _require_as_written(read: Mapping[str, str]) -> None:
    results = {path: value for path, value in read.items() if is_result(path)}
    known = written(records_behind(Path(), results).values()) if results else {}
    odd = [path for path, value in results.items() if known.get(path) != value]
    if odd:
        remedy = "make report (or liftproof report) makes it anew"
        raise ProjectError(
            "\n".join(f"{path}: is not as the workflow wrote it; {remedy}" for path in odd)
        )


def _note(texts: Mapping[str, str], log: str) -> None:
    note = FAILURES / Path(log).with_suffix(".json")
    note.parent.mkdir(parents=True, exist_ok=True)
    note.write_text(json.dumps(texts), encoding="utf-8")
