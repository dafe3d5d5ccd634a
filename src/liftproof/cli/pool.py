"""The verb ``pool``: pooled rows without the workflow, as a table or as JSON."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path

import click

from liftproof.analysis.estimates import pool_analysis
from liftproof.analysis.specification import LEVEL
from liftproof.cli.level_option import Level
from liftproof.cli.named_option import Named
from liftproof.errors import UsageError
from liftproof.reviews import find, read
from liftproof.reviews.model.settings import Analysis
from liftproof.rows.result_rows import EstimateRow
from liftproof.stored_digits import stored
from liftproof.suggest import did_you_mean
from liftproof.vocabulary.choices import ALIASES, CHOICES, REFUSED
from liftproof.vocabulary.suitability import require_prediction, require_use
from liftproof.words import numbers
from liftproof.words.pool_cautions import hidden_by_numbers


@click.command("pool")
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
@click.option(
    "--level",
    type=Level(),
    default=LEVEL,
    metavar="L",
    show_default=True,
    help="Give limits at this level of confidence.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON, with 12 digits.")
def command(
    review: str, analysis: str | None, level: float, as_json: bool, **instead: str | None
) -> None:
    """Pool the analyses of a review and print a table."""
    rows, warnings = pool_named(review, Path(), analysis, instead, level)
    if not rows:
        click.echo(f"{review} has no analyses: there is nothing to pool", err=True)
    if warnings:
        click.echo(f"{warnings} warnings: liftproof check {review} lists them", err=True)
    if as_json or rows:
        click.echo(to_json(rows) if as_json else as_table(rows, level))
    for row in rows:
        for sentence in hidden_by_numbers(row):
            click.echo(f"{row.analysis}: {sentence}", err=True)


def pool_named(
    name: str,
    root: Path,
    analysis: str | None,
    instead: Mapping[str, str | None],
    level: float = LEVEL,
) -> tuple[list[EstimateRow], int]:
    """Pool the analyses of a review, or one; return the rows and the number of warnings.

    ``instead``: values of ``tau2``, ``interval``, ``prediction`` and ``model`` that go before the
    review's own. ``level``: of all limits. Raises UsageError for an unknown review or analysis, and
    for a model, an option or a prediction interval that does not fit; DataError for data with
    errors.
    """
    review = read(find(name, root))
    given = {key: value for key, value in instead.items() if value}
    wanted = [_with(item, given) for item in _wanted(review.settings.analyses, analysis)]
    return [pool_analysis(review, item, level).estimate for item in wanted], len(review.warnings)


def _with(analysis: Analysis, given: Mapping[str, str]) -> Analysis:
    """Return the analysis as asked; the review's prediction gives way to a method it cannot fit."""
    asked = replace(
        analysis,
        tau2=given.get("tau2", analysis.tau2),
        interval=given.get("interval", analysis.interval),
        prediction=given.get("prediction", analysis.prediction),
        model=given.get("model", analysis.model),
    )
    require_use(asked.model, given)
    return asked if "prediction" in given else replace(asked, prediction=_fitting(asked))


def _fitting(asked: Analysis) -> str:
    try:
        require_prediction(asked.prediction, asked.tau2, asked.model)
    except UsageError:
        return ""
    return asked.prediction


def _wanted(analyses: Sequence[Analysis], name: str | None) -> list[Analysis]:
    found = [item for item in analyses if name in (None, item.id)]
    if not found and name is not None:
        known = [item.id for item in analyses]
        remedy = did_you_mean(name, known) if known else "the review has none"
        raise UsageError(f"no such analysis: {name}; {remedy}")
    return found


def to_json(rows: Sequence[EstimateRow]) -> str:
    """Return the rows as JSON with the columns of estimates.csv, missing numbers as null."""
    return json.dumps([_as_stored(row) for row in rows], indent=2, ensure_ascii=False)


def _as_stored(row: EstimateRow) -> dict[str, str | int | float | None]:
    return {
        name: stored(value) if isinstance(value, float) else value
        for name, value in asdict(row).items()
    }


def as_table(rows: Sequence[EstimateRow], level: float) -> str:
    """Return the rows as a table for the terminal."""
    interval = f"estimate ({100 * level:g} % interval)"
    heads = ("analysis", "k", "measure", interval, "p", "tau²", "I²", "prediction")
    cells = [heads, *(_cells(row) for row in rows)]
    widths = [max(len(line[i]) for line in cells) for i in range(len(heads))]
    lines = ("  ".join(map(str.ljust, line, widths)).rstrip() for line in cells)
    return "\n".join(lines)


def _cells(row: EstimateRow) -> tuple[str, ...]:
    if not row.k:
        return (row.analysis, "0", row.measure, "no trial to pool", *[""] * 4)
    return (
        row.analysis,
        str(row.k),
        row.measure,
        f"{numbers.effect(row.estimate)} ({numbers.interval(row.ci_low, row.ci_high)})",
        numbers.p_alone(row.p_value),
        numbers.decimal(row.tau2, 3),
        numbers.percent(row.i2),
        _prediction(row),
    )


def _prediction(row: EstimateRow) -> str:
    """Return the prediction limits with the name of their convention, if they exist."""
    limits = numbers.interval(row.pi_low, row.pi_high)
    return limits if row.pi_low is None else f"{limits} ({row.prediction})"
