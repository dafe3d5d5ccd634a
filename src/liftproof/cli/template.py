"""The verb ``template``: a workbook in which a review can be typed."""

from pathlib import Path

import click

from liftproof.errors import ProjectError
from liftproof.exchange.workbook_writing import write_template
from liftproof.extras import require_extra


@click.command("template")
@click.argument("file", metavar="FILE.xlsx", type=click.Path(path_type=Path))
def command(file: Path) -> None:
    """Write a workbook in which a review can be typed.

    Every cell is formatted as text, so that 1-2 becomes no date and 0.480 keeps its zero. Exit code
    1 where FILE.xlsx is there already.
    """
    require_extra("exchange", "liftproof template", ("openpyxl",))
    if file.suffix.lower() != ".xlsx":
        raise click.UsageError(
            f"{file}: a workbook is called .xlsx; write {file.with_suffix('.xlsx')}"
        )
    if file.exists():
        raise ProjectError(f"{file} is there already; name another file, or delete it")
    write_template(file)
    click.echo(f"{file} is ready; liftproof import {file} --review NAME takes it over")
