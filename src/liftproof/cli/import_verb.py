"""The verb ``import``: a file of another program becomes a review, or is added to one."""

from datetime import date
from pathlib import Path
from typing import Any

import click

from liftproof.adding.skeleton import skeleton_settings
from liftproof.cli.named_option import Named
from liftproof.exchange.draft import SECONDARY
from liftproof.exchange.importing import Asked, import_file
from liftproof.progress import ProgressLine
from liftproof.reviews.model.provenance import KINDS
from liftproof.vocabulary.measures import MEASURES


@click.command("import")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option(
    "--review",
    required=True,
    metavar="NAME",
    help="A new name below data/reviews/, a review that is there, or a path.",
)
@click.option(
    "--measure",
    type=Named("measure", tuple(MEASURES), {}),
    help="Pool a review without trials on this one.",
)
@click.option(
    "--source",
    default="",
    metavar="TEXT",
    help="Publication that the numbers were read from, for provenance.csv.",
)
@click.option(
    "--kind",
    type=Named("kind", KINDS, {}),
    help=f"Say how the numbers from --source are known, by default {SECONDARY}.",
)
@click.option(
    "--added",
    default=lambda: date.today().isoformat(),
    metavar="DATE",
    help="Give the ISO date of addition of new trials, by default today; '' leaves it open.",
)
@click.option("--dry-run", is_flag=True, help="Check everything and write nothing.")
def command(file: Path, review: str, measure: str | None, kind: str | None, **said: Any) -> None:
    """Take a file of another program over into a review.

    The ending of FILE says what it is; docs/exchange.md lists the endings. What could not be taken
    over is listed. Nothing is written unless all of it passes the check.
    """
    untouched = skeleton_settings(Path(review).name)
    asked = Asked(measure=measure or "", kind=kind or "", untouched=untouched, **said)
    with ProgressLine("steps") as line:
        lines = list(import_file(file, review, Path(), asked, line))
    for each in lines:
        click.echo(each)
