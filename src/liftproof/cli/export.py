"""The verb ``export``: a review as a file that other programs read."""

from pathlib import Path

import click

from liftproof.cli.named_option import Named
from liftproof.exchange.exporting import FORMATS, export_review


@click.command("export")
@click.argument("review", metavar="REVIEW")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=Named("format", tuple(FORMATS), {}),
    help="What to write, where the ending of FILE does not say it.",
)
def command(review: str, file: Path, form: str | None) -> None:
    """Write a review as a file that other programs read.

    The ending of FILE says which; docs/exchange.md lists them. What the file cannot hold is listed.
    """
    for line in export_review(review, file, Path(), form or ""):
        click.echo(line)
