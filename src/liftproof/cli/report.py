"""The verb ``report``: the whole workflow of a project, as the repository runs it."""

import os
from pathlib import Path

import click

from liftproof.errors import LiftproofError
from liftproof.extras import require_extra


@click.command("report")
@click.argument("folder", metavar="[FOLDER]", default=".", type=click.Path(path_type=Path))
@click.option(
    "--cores", default=2, show_default=True, type=click.IntRange(min=1), help="Jobs at a time."
)
def command(folder: Path, cores: int) -> None:
    """Run the whole workflow of the project in FOLDER.

    What is up to date stays as it is; a result that was changed by hand is made anew. Exit code 1
    if the workflow stops, or if the report has to leave a review out; it says why. 128 and the
    number of the signal where one ends it.
    """
    require_extra("report", "liftproof report")
    from liftproof.project.workflow_run import (  # noqa: PLC0415  (needs the extra)
        RunStoppedError,
        report_of,
        run_workflow,
    )

    try:
        is_whole = run_workflow(folder, cores, lambda text: click.echo(text, err=True))
    except RunStoppedError as stopped:
        click.echo(str(stopped), err=True)
        raise SystemExit(128 + stopped.number) from stopped
    if is_whole:
        _tell_changes(folder)
    click.echo(b"The report is " + os.fsencode(report_of(folder)))
    if not is_whole:
        click.echo("It leaves out what is named above", err=True)
        raise SystemExit(1)


def _tell_changes(folder: Path) -> None:
    """Say what changed since the report before; that it cannot be said leaves the report whole."""
    from liftproof.project.kept_data import keep_data  # noqa: PLC0415  (needs the extra)

    try:
        if not keep_data(folder):
            return
        from liftproof.project.report_changes import (  # noqa: PLC0415  (starts in a second)
            report_changes,
        )

        for line in report_changes(folder.resolve()):
            click.echo(line, err=True)
    except (LiftproofError, OSError) as error:
        click.echo(f"What changed since the last report cannot be said: {error}", err=True)
