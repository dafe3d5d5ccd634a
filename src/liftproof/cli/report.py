"""The verb ``report``: the whole workflow of a project, as the repository runs it."""

from pathlib import Path

import click

from liftproof.extras import require_extra
from liftproof.project.workflow_run import run_workflow


@click.command("report")
@click.argument("folder", metavar="[FOLDER]", default=".", type=click.Path(path_type=Path))
@click.option(
    "--cores", default=2, show_default=True, type=click.IntRange(min=1), help="Jobs at a time."
)
def command(folder: Path, cores: int) -> None:
    """Run the whole workflow of the project in FOLDER.

    What is up to date stays as it is. Exit code 1 if the workflow stops; it says why.
    """
    require_extra("report", "liftproof report")
    click.echo(f"The report is {run_workflow(folder, cores)}")
