"""The verb ``init``: a project of one example review, ready for the workflow."""

import os
from pathlib import Path

import click

from liftproof.project.new_project import make_project


@click.command("init")
@click.argument("folder", metavar="FOLDER", type=click.Path(path_type=Path))
def command(folder: Path) -> None:
    """Make a project of one example review in FOLDER.

    FOLDER must be new or empty. Exit code 1 where it is neither.
    """
    make_project(folder)
    path = os.fsencode(folder)
    click.echo(path + b" holds one example review; liftproof report " + path + b" reports on it")
