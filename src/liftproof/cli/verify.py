"""The verb ``verify``: are the results on disk those of the data and code on disk, untouched."""

from pathlib import Path

import click

from liftproof.project.verification import verify


@click.command("verify")
@click.argument("folder", metavar="[FOLDER]", default=".", type=click.Path(path_type=Path))
def command(folder: Path) -> None:
    """Say which results in FOLDER are not as they should be, file by file.

    Changed by hand, missing, not written by the workflow, or older than the data or the code. Exit
    code 0 if there is none, 1 otherwise.
    """
    findings = verify(folder)
    for finding in findings:
        click.echo(str(finding))
    if findings:
        remedy = "make report (liftproof report) makes anew what can be"
        click.echo(f"{len(findings)} not as they should be; {remedy}", err=True)
        raise SystemExit(1)
    click.echo("Every result is as it was written, from the data and the code that are here")
