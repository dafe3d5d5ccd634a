"""The verb ``new``: the folder of a new review."""

from pathlib import Path

import click

from liftproof.adding.skeleton import make_review, new_review


@click.command("new")
@click.argument("review", metavar="REVIEW")
@click.option("--dry-run", is_flag=True, help="Print the files, and write nothing.")
def command(review: str, dry_run: bool) -> None:
    """Write the folder of a new review, whose review.yaml explains itself.

    Exit code 1 where it is there already.
    """
    if dry_run:
        for path, text in new_review(review, Path()).items():
            click.echo(f"{path}:\n{text}")
        click.echo("nothing was written", err=True)
        return
    folder = make_review(review, Path())
    click.echo(
        f"{folder} has no trial yet; liftproof add {review} adds one, "
        f"liftproof import FILE --review {review} those of a table"
    )
