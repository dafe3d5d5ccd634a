"""The verb ``simulate``: how often each method's limits hold a truth that is known."""

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from liftproof.cli.ctrl_c import told_until_ctrl_c
from liftproof.cli.level_option import Level
from liftproof.cli.list_options import FiniteRange, Several
from liftproof.cli.named_option import Named
from liftproof.errors import MissingExtraError, UsageError
from liftproof.progress import ProgressLine
from liftproof.rows.simulation_rows import SimulationRow
from liftproof.simulation.kept_chunks import SETTINGS, keep_settings, settings_of
from liftproof.simulation.study import NORMAL, SIMULATED, CoverageStudy
from liftproof.simulation.study_run import Part, run_part, simulation_rows, with_kept
from liftproof.stored_digits import stored_row
from liftproof.tables import write
from liftproof.vocabulary.choices import ALIASES, CHOICES, REFUSED
from liftproof.vocabulary.trial_sizes import TRIAL_SIZES
from liftproof.words.simulation_words import HEADS, recommendation, shown_methods, study_sentence

TABLE = "simulation.csv"
_PART = re.compile(r"(\d+)/(\d+)")
_OF_MEASURE = ("events", "effect")
"""Settings that say nothing of another measure."""
_RATIO_EVENTS, _RATIO_EFFECT = (0.1,), 1.0
"""Where a ratio is simulated and no more is said: one in ten has an event, and no effect."""


class TrueVariance(FiniteRange):
    """A τ² to simulate; the name of an estimator is told its own option."""

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """Return the number, or fail with the remedy."""
        if str(value).upper() in map(str.upper, CHOICES["tau2"]):
            self.fail(
                f"{value} is an estimator, and here stands the true variance; write --estimator "
                f"{value}",
                param,
                ctx,
            )
        return super().convert(value, param, ctx)


class PartOfAll(click.ParamType[Part]):
    """A share of the work, such as 2/8."""

    name = "part"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Part:
        """Return the part, or fail with the remedy."""
        found = _PART.fullmatch(str(value))
        if not found or not 1 <= int(found[1]) <= int(found[2]):
            self.fail(f"{value!r} is no part; write I/N, such as 2/8", param, ctx)
        return Part(number=int(found[1]), count=int(found[2]))


@click.command("simulate")
@click.option(
    "--measure",
    type=Named("measure to simulate", SIMULATED, {}),
    help="GEN: normal effects with known variances 2/n; RR, OR: counts in two arms.",
)
@click.option("--k", type=Several(click.IntRange(min=2), "K"), help="Trials a review.")
@click.option("--tau2", type=Several(TrueVariance(min=0), "T"), help="True variance of effects.")
@click.option(
    "--sizes",
    type=Several(Named("pattern of sizes", tuple(TRIAL_SIZES), {}), "|".join(TRIAL_SIZES)),
    help="How large the trials are beside one another.",
)
@click.option(
    "--n", type=Several(click.IntRange(min=1), "N"), help="Participants an arm, ordinary trial."
)
@click.option(
    "--events",
    type=Several(FiniteRange(min=0, max=1, min_open=True, max_open=True), "P"),
    help="Risk of the control arm, for RR and OR.",
)
@click.option("--effect", type=FiniteRange(), metavar="E", help="True effect, natural scale.")
@click.option("--reviews", type=click.IntRange(min=2), metavar="N", help="Reviews a cell.")
@click.option("--seed", type=click.IntRange(min=0), metavar="S", help="Of the random numbers.")
@click.option("--level", type=Level(), metavar="L", help="Of all limits.")
@click.option(
    "--estimator",
    type=Several(
        Named("τ² method", CHOICES["tau2"], ALIASES["tau2"], REFUSED["tau2"]), "ESTIMATOR"
    ),
    help="Study these estimators of tau² alone.",
)
@click.option(
    "--interval",
    type=Several(Named("interval", CHOICES["interval"], ALIASES["interval"]), "INTERVAL"),
    help="Study these intervals alone.",
)
@click.option(
    "--prediction",
    type=Several(
        Named("prediction interval", CHOICES["prediction"], ALIASES["prediction"]), "RULE"
    ),
    help="Study these prediction rules alone (NNF only where named: slow).",
)
@click.option("--part", type=PartOfAll(), metavar="I/N", help="Do this share of the work alone.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, with 12 digits.")
@click.option(
    "--output",
    metavar="FOLDER",
    type=click.Path(path_type=Path, file_okay=False),
    help="Keep what is done in FOLDER, and write simulation.csv and its page there.",
)
def command(part: Part | None, as_json: bool, output: Path | None, **given: Any) -> None:
    """Say how often each method's limits hold a truth that is known.

    Reviews are simulated from it. Every combination of the lists is a cell of the grid, and every
    method of the vocabulary is studied unless options name some. The same seed gives the same
    numbers, in however many parts and runs. What FOLDER keeps of a run that was stopped is not done
    again: --output FOLDER alone goes on. docs/simulation.md holds it against what is known.
    """
    if part is not None and output is None:
        raise UsageError("--part needs --output FOLDER, where the parts come together")
    study = study_of({} if output is None else _held_options(output), given)
    if output is not None:
        keep_settings(output, study)
    found = _simulated(study, part or Part(), output)
    if output is not None:
        found = with_kept(study, output, found)
    missing = sum(1 for chunk in study.chunks() if chunk not in found)
    if missing:
        click.echo(f"{missing} of {missing + len(found)} chunks are still to be done", err=True)
        return
    rows = simulation_rows(study, found)
    if not rows:
        raise UsageError("no review had a trial with an effect: raise --n or --events")
    if output is not None:
        _write(study, rows, output)
    click.echo(as_json_text(rows) if as_json else "\n".join(as_lines(study, rows)))


def study_of(before: dict[str, Any], given: dict[str, Any]) -> CoverageStudy:
    """Return the study that options ask for, with what a folder holds where an option is silent.

    >>> study_of({"k": (4,), "seed": 3}, {"k": None, "seed": 5, "measure": "RR"}).events
    (0.1,)
    """
    told = {name: value for name, value in given.items() if value is not None}
    if told.get("measure") not in (None, before.get("measure")):
        before = {name: value for name, value in before.items() if name not in _OF_MEASURE}
    options = before | told
    if options.get("measure", NORMAL) != NORMAL:
        options = {"events": _RATIO_EVENTS, "effect": _RATIO_EFFECT} | options
    return CoverageStudy(**options)


def _held_options(output: Path) -> dict[str, Any]:
    """Return the options that a folder holds, checked as if they had been typed."""
    context = click.get_current_context()
    options = {param.name: param for param in context.command.params}
    held: dict[str, Any] = {}
    for name, value in settings_of(output).items():
        text = ",".join(map(str, value)) if isinstance(value, tuple) else str(value)
        try:
            held[name] = options[name].type.convert(text, options[name], context) if text else ()
        except click.BadParameter as error:
            raise UsageError(
                f"{output / SETTINGS}: {name}: {error.message}; delete the file and name the "
                "options again"
            ) from error
    return held


def _simulated(study: CoverageStudy, part: Part, output: Path | None) -> dict[Any, Any]:
    """Return the sums of a part's chunks; Ctrl-C ends with what is kept and how to go on."""
    line = ProgressLine("chunks")
    try:
        with line, told_until_ctrl_c(line.told) as told:
            return run_part(study, part, output, told)
    except KeyboardInterrupt:
        if output is None:
            kept = "nothing is kept without --output FOLDER"
        else:
            again = f" --part {part.number}/{part.count}" if part.count > 1 else ""
            kept = (
                f"{line.done} of {line.total} chunks are kept in {output}; go on with: liftproof "
                f"simulate --output {output}{again}"
            )
        click.echo(f"Stopped: {kept}", err=True)
        raise SystemExit(1) from None


def as_json_text(rows: Sequence[SimulationRow]) -> str:
    """Return the rows as JSON with the columns of simulation.csv, missing numbers as null."""
    return json.dumps([stored_row(row) for row in rows], indent=2)


def as_lines(study: CoverageStudy, rows: Sequence[SimulationRow]) -> Iterator[str]:
    """Yield what was simulated, the table of the methods shown, and what we would take."""
    yield study_sentence(rows, study.seed)
    yield ""
    cells = [HEADS, *(line for k in study.k for line in shown_methods(rows, k))]
    widths = [max(len(line[place]) for line in cells) for place in range(len(HEADS))]
    for line in cells:
        yield "  ".join(map(str.ljust, line, widths)).rstrip()
    yield ""
    for k in study.k:
        yield " ".join(recommendation(rows, k))


def _write(study: CoverageStudy, rows: Sequence[SimulationRow], output: Path) -> None:
    """Write table and page; without what draws, the table alone."""
    write(rows, SimulationRow, output / TABLE)
    written = [TABLE]
    try:
        written += _write_page(study, rows, output)
    except MissingExtraError as error:
        click.echo(str(error), err=True)
    click.echo(f"Written to {output}: {', '.join(written)}", err=True)


def _write_page(study: CoverageStudy, rows: Sequence[SimulationRow], output: Path) -> Sequence[str]:
    from liftproof.extras import require_extra  # noqa: PLC0415  (only with --output)

    require_extra("report", "The page of a study", ("jinja2", "matplotlib", "seaborn"))
    from liftproof.simulation.study_page import write_page  # noqa: PLC0415  (needs the extra)

    return write_page(rows, study.seed, output)
