"""The verbs of ``liftproof`` and what they share: names checked, errors told without a traceback.

Exit codes: 0 done, 1 bad data, 2 bad usage.
"""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import click

from liftproof import __version__
from liftproof.errors import LiftproofError, UsageError
from liftproof.suggest import did_you_mean
from liftproof.vocabulary.choices import ALIASES, CHOICES, REFUSED

PROJECT = Path()
"""Names of reviews are looked up below data/reviews/ in the current folder."""


class Verbs(click.Group):
    """The group of verbs: an unknown one gets the nearest, an error gets one clear line."""

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """Find the verb, or fail with the nearest known one."""
        if args and not args[0].startswith("-") and args[0] not in self.commands:
            remedy = did_you_mean(args[0], self.commands)
            raise click.UsageError(f"no such verb: {args[0]}; {remedy}", ctx)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the verb; turn errors raised on purpose into their text and exit code."""
        try:
            return super().invoke(ctx)
        except LiftproofError as error:
            click.echo(str(error), err=True)
            ctx.exit(2 if isinstance(error, UsageError) else 1)


class Named(click.ParamType[str]):
    """An option that takes one of a few names and answers an unknown one with the nearest."""

    name = "name"

    def __init__(
        self,
        kind: str,
        known: tuple[str, ...],
        aliases: Mapping[str, str],
        refused: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self.kind = kind
        self.known = known
        self.aliases = aliases
        self.refused = refused

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the name as it is known, whatever its case."""
        by_lower = {name.lower(): name for name in self.known}
        by_lower |= {alias.lower(): name for alias, name in self.aliases.items()}
        if value.upper() in self.refused:
            self.fail(self.refused[value.upper()], param, ctx)
        if value.lower() not in by_lower:
            self.fail(
                f"unknown {self.kind} {value!r}; {did_you_mean(value, self.known)}", param, ctx
            )
        return by_lower[value.lower()]

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """Show the known names in the help text."""
        del param, ctx
        return "|".join(self.known)


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="liftproof")
def main() -> None:
    """Check and pool the trials of a review.

    REVIEW is a name below data/reviews/ or a path to any review folder.
    """


@main.command()
@click.argument("reviews", metavar="[REVIEW...]", nargs=-1)
def check(reviews: tuple[str, ...]) -> None:
    """Print every problem in the data of the reviews (all of them when none is named).

    Exit code 1 if any problem is an error; warnings alone leave it at 0.
    """
    from liftproof.cli.check import check_reviews  # noqa: PLC0415  a verb imports what it needs

    problems = check_reviews(reviews, PROJECT)
    for problem in problems:
        click.echo(str(problem))
    errors = sum(not problem.is_warning for problem in problems)
    click.echo(f"{errors} errors, {len(problems) - errors} warnings", err=True)
    if errors:
        raise SystemExit(1)


@main.command()
@click.argument("review", metavar="REVIEW")
@click.option("--analysis", metavar="ID", help="Pool this analysis only.")
@click.option(
    "--tau2",
    type=Named("tau² method", CHOICES["tau2"], ALIASES["tau2"], REFUSED["tau2"]),
    help="Use this estimator of tau².",
)
@click.option(
    "--interval",
    type=Named("interval", CHOICES["interval"], ALIASES["interval"]),
    help="Use this interval.",
)
@click.option(
    "--prediction",
    type=Named("prediction interval", CHOICES["prediction"], ALIASES["prediction"]),
    help="Use this convention of the prediction interval.",
)
@click.option(
    "--model",
    type=Named("model", CHOICES["model"], {}, REFUSED["model"]),
    help="Pool by this model.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON, at full precision.")
def pool(
    review: str,
    analysis: str | None,
    tau2: str | None,
    interval: str | None,
    prediction: str | None,
    model: str | None,
    as_json: bool,
) -> None:
    """Pool the analyses of a review and print a table."""
    from liftproof.cli.pool import as_table, pool_named, to_json  # noqa: PLC0415

    instead = {"tau2": tau2, "interval": interval, "prediction": prediction, "model": model}
    rows, warnings = pool_named(review, PROJECT, analysis, instead)
    if warnings:
        click.echo(f"{warnings} warnings: liftproof check {review} lists them", err=True)
    click.echo(to_json(rows) if as_json else as_table(rows))
