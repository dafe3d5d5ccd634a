"""The verb ``pool``: pooled rows without the workflow, as a table or as JSON."""

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import click

from liftproof.analysis.entries import trial_entries
from liftproof.analysis.estimates import PooledAnalysis, pool_analysis
from liftproof.analysis.suspicion.whole_review import settled_review
from liftproof.cli.level_option import Level
from liftproof.cli.named_option import Named
from liftproof.cli.terminal import is_unicode
from liftproof.errors import UsageError
from liftproof.reviews import find, read
from liftproof.reviews.model.review import Review
from liftproof.reviews.model.settings import Analysis
from liftproof.rows.result_rows import EstimateRow
from liftproof.stored_digits import stored_row
from liftproof.suggest import did_you_mean
from liftproof.vocabulary.choices import ALIASES, CHOICES, REFUSED
from liftproof.vocabulary.levels import level_text
from liftproof.vocabulary.measures import MEASURES
from liftproof.vocabulary.suitability import require_prediction, require_use
from liftproof.words import numbers
from liftproof.words.entry_words import left_out_lines, vanished_line
from liftproof.words.pool_cautions import hidden_by_numbers
from liftproof.words.text import warnings_line


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
    metavar="L",
    help="Give limits at this level of confidence, in the place of the review's.",
)
@click.option(
    "--stopping",
    is_flag=True,
    help="Say how much is known, and what would change each conclusion.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON, with 12 digits.")
def command(
    review: str,
    analysis: str | None,
    level: float | None,
    stopping: bool,
    as_json: bool,
    **instead: str | None,
) -> None:
    """Pool the analyses of a review and print a table."""
    if stopping and as_json:
        raise UsageError("--stopping is told in words: leave --json out")
    of = read(find(review, Path()))
    asked = asked_analyses(of, analysis, instead, level)
    pools = [pool_analysis(of, item) for item in asked]
    rows = [each.estimate for each in pools]
    if not rows:
        click.echo(f"{review} has no analyses: there is nothing to pool", err=True)
    own_methods = not any(instead.values())
    is_whole = analysis is None and level is None and own_methods
    warnings = len(settled_review(of, pools if is_whole else None).warnings)
    if warnings:
        click.echo(warnings_line(warnings, review), err=True)
    if as_json or rows:
        text = to_json(rows, is_plain=not is_unicode(sys.stdout)) if as_json else ""
        click.echo(text or as_table(rows, level or of.settings.level))
    if stopping:
        from liftproof.cli.stopping_lines import stopping_lines  # noqa: PLC0415  half a second

        for line in stopping_lines(of, asked):
            click.echo(line)
    for row in rows:
        for sentence in hidden_by_numbers(row):
            click.echo(f"{row.analysis}: {sentence}", err=True)
    for line in left_out(of, review, analysis, pools if own_methods else None):
        click.echo(line, err=True)


def asked_analyses(
    review: Review,
    analysis: str | None,
    instead: Mapping[str, str | None],
    level: float | None,
) -> list[Analysis]:
    """Return the analyses of a review, or one, with what is given in the place of its own.

    ``instead``: values of ``tau2``, ``interval``, ``prediction`` and ``model`` that go before the
    review's own, and so ``level`` of all limits. Raises UsageError for an unknown analysis, and for
    a model, an option or a prediction interval that does not fit.
    """
    given = {key: value for key, value in instead.items() if value}
    wanted = (_with(item, given) for item in _wanted(review.settings.analyses, analysis))
    return [replace(item, level=level or review.settings.level) for item in wanted]


def left_out(
    review: Review, name: str, analysis: str | None, pools: Sequence[PooledAnalysis] | None
) -> list[str]:
    """Return lines on the trials that an analysis does not take; those that none takes, for all.

    ``name``: of the review, as it was typed. ``pools``: the analyses pooled by their own methods,
    if they are at hand.
    """
    every = trial_entries(review, pools)
    if analysis is not None:
        return list(left_out_lines(every, analysis))
    line = vanished_line(every)
    return [f"{line}; liftproof check {name} says why"] if line else []


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


def to_json(rows: Sequence[EstimateRow], *, is_plain: bool = False) -> str:
    """Return the rows as JSON with the columns of estimates.csv, missing numbers as null.

    ``is_plain``: every character beyond ASCII is escaped, for a stream that may lack it.
    """
    return json.dumps([stored_row(row) for row in rows], indent=2, ensure_ascii=is_plain)


def as_table(rows: Sequence[EstimateRow], level: float) -> str:
    """Return the rows as a table for the terminal."""
    interval = f"estimate ({level_text(level)} interval)"
    heads = ("analysis", "k", "measure", interval, "p", "tau²", "I²", "prediction")
    cells = [heads, *(_cells(row) for row in rows)]
    widths = [max(len(line[i]) for line in cells) for i in range(len(heads))]
    lines = ("  ".join(map(str.ljust, line, widths)).rstrip() for line in cells)
    return "\n".join(lines)


NO_TEST = "no null value"
"""In the place of P, of measures of which no value stands for no effect."""


def _cells(row: EstimateRow) -> tuple[str, ...]:
    if not row.k:
        return (row.analysis, "0", row.measure, "no trial to pool", *[""] * 4)
    return (
        row.analysis,
        str(row.k),
        row.measure,
        f"{numbers.effect(row.estimate)} ({numbers.interval(row.ci_low, row.ci_high)})",
        numbers.p_alone(row.p_value) if MEASURES[row.measure].has_null else NO_TEST,
        numbers.decimal(row.tau2, 3),
        numbers.percent(row.i2),
        _prediction(row),
    )


def _prediction(row: EstimateRow) -> str:
    """Return the prediction limits with the name of their convention, if they exist."""
    limits = numbers.interval(row.pi_low, row.pi_high)
    return limits if row.pi_low is None else f"{limits} ({row.prediction})"
