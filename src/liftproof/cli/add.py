"""The verb ``add``: one trial with its provenance, from options or by asking."""

import re
import shlex
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import click

from liftproof.adding.addition import addition, headers_of
from liftproof.adding.answers import TrialQuestion, complaint_about
from liftproof.adding.names_in_use import outcome_near, require_known_outcome, require_new_trial
from liftproof.adding.preview import preview
from liftproof.adding.questions import FIRST, asked_cells, asked_source
from liftproof.adding.trial_entry import (
    KINDS_OF_RESULT,
    UNSOURCED,
    Source,
    has_result,
    result_cells,
    trial_entry,
    year_in,
)
from liftproof.cli.named_option import Named
from liftproof.errors import LiftproofError, UsageError
from liftproof.reviews import find, read
from liftproof.reviews.model.provenance import KINDS
from liftproof.reviews.trial_identity import trial_key
from liftproof.vocabulary.printed_forms import OFFERED
from liftproof.words.warning_lines import folded

RESULTS: Mapping[str, str] = {
    "counts": "counts",
    "rates": "rates",
    "means": "means",
    "changes": "changes",
    "estimate": "reported",
    "se": "standard_error",
    "p": "p_value",
    "effect": "given",
    **{code.replace("_", "-"): code for code in OFFERED},
}
"""By option, the kind of result whose numbers it takes."""


def _with_results(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command one option a kind of result; it takes the numbers in the order shown."""
    for option, source in reversed(list(RESULTS.items())):
        columns = KINDS_OF_RESULT[source].columns
        command = click.option(
            f"--{option}",
            nargs=len(columns),
            metavar=" ".join(columns).upper(),
            help=f"Give {KINDS_OF_RESULT[source].name}.",
        )(command)
    return command


@click.command("add")
@click.argument("review", metavar="REVIEW")
@click.option("--label", help="Name the trial for readers, such as 'Smith 2026'.")
@click.option("--year", help="Give its year, by default that of the label.")
@click.option("--study", help="Give its key, by default made from the label.")
@click.option("--outcome", help="Name the outcome.")
@click.option(
    "--new-outcome", is_flag=True, help="Take an outcome whose name is near to one that is there."
)
@_with_results
@click.option("--measure", help="Name the measure of --estimate, --se, --p or --effect.")
@click.option(
    "--set", "further", multiple=True, metavar="COLUMN=VALUE", help="Fill a further column."
)
@click.option("--source", help="Name the publication that has the numbers.")
@click.option("--location", help="Say where in it: page, table, or abstract.")
@click.option("--kind", type=Named("kind", KINDS, {}), help="Say how the numbers are known.")
@click.option("--note", help="Remark on the numbers, for provenance.csv.")
@click.option("--unsourced", is_flag=True, help="Leave the source out; the numbers are marked.")
@click.option("--added", help="Give the ISO date of addition, by default today.")
@click.option("--dry-run", is_flag=True, help="Show what the trial does, and write nothing.")
def command(review: str, further: Sequence[str], dry_run: bool, **given: Any) -> None:
    """Add one trial with its provenance to a review.

    What is not given is asked for where a person sits at the terminal. All is checked in a copy
    before a file changes. Exit code 1 where the trial would bring an error.
    """
    folder = find(review)
    known = read(folder)
    cells: Mapping[str, str] = _cells(given, further)
    is_asked, is_new = sys.stdin.isatty(), bool(given["new_outcome"])
    latest = date.today().year + 1
    cells = cells if is_asked else _whole(cells, latest)
    source = _source(given) if is_asked else _required_source(given)
    if cells.get("study"):
        reference = given["source"] or ""
        require_new_trial(cells, known, is_named=bool(given["study"]), source=reference)
    require_known_outcome(cells, known, is_new=is_new)
    if is_asked:
        cells = asked_cells(cells, known, _ask, is_new_outcome=is_new, latest_year=latest)
    source = source or asked_source(_ask)
    dated = {"added": given["added"] or date.today().isoformat(), **cells}
    try:
        trial = addition(folder, trial_entry(dated, headers_of(folder), source))
    except LiftproofError:
        if is_asked:
            is_new = bool(outcome_near(cells["outcome"], known))
            typed = as_command(review, cells, source, is_new_outcome=is_new)
            click.echo(f"the answers as a command: {typed}", err=True)
        raise
    lines = list(preview(trial))
    if not dry_run:
        trial.write()
    for line in lines:
        click.echo(line)
    for problem in folded(trial.warnings):
        click.echo(str(problem), err=True)
    if dry_run:
        click.echo("nothing was written", err=True)
        return
    click.echo(f"{trial.entry.key} is in {folder}")


def as_command(
    review: str, cells: Mapping[str, str], source: Source, *, is_new_outcome: bool
) -> str:
    """Return the command that adds the same trial, to be corrected and typed again."""
    words = ["liftproof", "add", review, *(["--new-outcome"] if is_new_outcome else [])]
    for column, cell in cells.items():
        words += [f"--{column}", cell] if column in FIRST else ["--set", f"{column}={cell}"]
    parts = {"source": source.source, "location": source.location, "kind": source.kind}
    if source == UNSOURCED:
        return shlex.join([*words, "--unsourced"])
    return shlex.join([*words, *(word for name in parts for word in (f"--{name}", parts[name]))])


def _ask(question: TrialQuestion) -> str:
    kind = click.Choice(question.allowed) if question.allowed else str
    answer = click.prompt(
        question.text,
        default=question.default,
        show_default=bool(question.default),
        show_choices=not all(each in question.text for each in question.allowed),
        type=kind,
    )
    return str(answer).strip()


def _cells(given: Mapping[str, Any], further: Sequence[str]) -> dict[str, str]:
    """Return what options say, by column."""
    names = (*FIRST, "measure")
    cells = {name: str(given[name]).strip() for name in names if given[name]}
    results = [option for option in RESULTS if given[option.replace("-", "_")]]
    if len(results) > 1:
        raise UsageError(
            f"--{results[0]} and --{results[1]} do not go together: give one result, and what is "
            "printed beside it by --set COLUMN=VALUE"
        )
    for option in results:
        cells |= result_cells(RESULTS[option], given[option.replace("-", "_")])
    for each in further:
        column, equals, value = each.partition("=")
        if not equals or not column.strip():
            raise UsageError(f"--set {each}: write COLUMN=VALUE, such as --set category=strength")
        cells[column.strip()] = value.strip()
    if cells.get("label") and not cells.get("year"):
        cells["year"] = year_in(cells["label"])
    if cells.get("label") and cells.get("year") and not cells.get("study"):
        cells["study"] = trial_key(cells["label"], cells["year"])
    return {name: value for name, value in cells.items() if value}


def _whole(cells: Mapping[str, str], latest_year: int) -> Mapping[str, str]:
    """Return the cells of a trial, or raise UsageError with what was not given.

    ``latest_year``: of a publication.
    """
    _require_year(cells, latest_year)
    missing = list(_unnamed(cells))
    if not has_result(cells):
        lacking: list[list[str]] = [
            [name for name in KINDS_OF_RESULT[source].columns if name not in cells]
            for source in RESULTS.values()
            if any(cells.get(name) for name in KINDS_OF_RESULT[source].columns)
        ]
        if lacking:
            missing += sorted(lacking, key=len)[0]
        else:
            missing.append(f"a result ({', '.join(f'--{option}' for option in RESULTS)})")
    if missing:
        raise UsageError(f"give {', '.join(missing)}")
    return cells


def _unnamed(cells: Mapping[str, str]) -> Iterator[str]:
    """Yield the options of what names a trial and was not given; its key is made of the others."""
    label = cells.get("label", "")
    for name in (name for name in FIRST if name not in cells):
        if name == "year" and label:
            yield f"--year (the label {label!r} does not end with one)"
        elif name != "study" or (label and cells.get("year")):
            yield f"--{name}"


def _require_year(cells: Mapping[str, str], latest_year: int) -> None:
    """Raise UsageError for a year that is none, or that is still to come, also one in the label."""
    in_label = re.search(r"\b([0-9]{4})[a-z]?$", cells.get("label", "").strip())
    year = cells.get("year") or (in_label[1] if in_label else "")
    wrong = complaint_about("year", year, latest_year)
    if wrong:
        raise UsageError(f"--year: {year}: {wrong}")


def _source(given: Mapping[str, Any]) -> Source | None:
    """Return the source that options give, None where they say nothing of it."""
    parts = {name: given[name] or "" for name in ("source", "location", "kind", "note")}
    if given["unsourced"]:
        if any(parts.values()):
            raise UsageError("--unsourced does not go with --source, --location, --kind or --note")
        return UNSOURCED
    if not any(parts.values()):
        return None
    missing = [f"--{name}" for name in ("source", "location", "kind") if not parts[name]]
    if missing:
        raise UsageError(f"give {', '.join(missing)} as well: where the numbers stand")
    return Source(**parts)


def _required_source(given: Mapping[str, Any]) -> Source:
    source = _source(given)
    if source is None:
        raise UsageError(
            "give --source, --location and --kind: where the numbers stand; or say --unsourced, "
            "and they are marked as unverified"
        )
    return source
