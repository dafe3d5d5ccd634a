"""The verb ``check``: every problem of reviews, of claims and of the configuration."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import click

from liftproof.analysis.entries import trial_entries
from liftproof.analysis.estimates import PooledAnalysis
from liftproof.analysis.review_pools import pools_of
from liftproof.analysis.suspicion.whole_review import settled_review
from liftproof.columns import columns
from liftproof.errors import UsageError
from liftproof.reviews import find, load, named
from liftproof.reviews.checked_marks import mark_of
from liftproof.reviews.checks.check_claims import check_claims
from liftproof.reviews.files.claims_file import claims_file
from liftproof.reviews.files.configuration_file import check_configuration
from liftproof.reviews.loading import listed
from liftproof.reviews.model.mark import Mark
from liftproof.reviews.model.problems import Problem
from liftproof.reviews.model.review import Review
from liftproof.vocabulary.warning_rules import UNUSED_MARK
from liftproof.words.entry_words import entry_lines
from liftproof.words.text import counted
from liftproof.words.warning_lines import folded


@click.command("check")
@click.argument("reviews", metavar="[REVIEW...]", nargs=-1)
@click.option(
    "--marks",
    is_flag=True,
    help="Print the rows of checked.csv for the warnings of one REVIEW, without their reasons.",
)
def command(reviews: tuple[str, ...], marks: bool) -> None:
    """Print every problem in the data of the reviews.

    And of each trial which analyses it enters, and why it does not enter the others. With none
    named: of all reviews, of data/claims.yaml and of config/config.yaml. Exit code 1 if any problem
    is an error; warnings alone leave it at 0. A warning that checked.csv of its review marks as
    checked is counted, not printed. Warnings of one rule about many analyses stand in one line;
    each counts, and --marks prints the numbers of each.
    """
    if marks and len(reviews) != 1:
        raise UsageError(
            "--marks prints rows for checked.csv of one review: name exactly one, such as "
            "liftproof check lauersen2018 --marks"
        )
    found = check_reviews(reviews, Path())
    problems = found.problems
    if marks:
        click.echo(_marks(problems), nl=False)
    elif problems:
        click.echo(listed(tuple(folded(problems))))
    for review in found.reviews if not marks else ():
        for line in entry_lines(review.name, trial_entries(review, found.pools[review.name])):
            click.echo(line)
    errors = sum(not problem.is_warning for problem in problems)
    told = [counted(errors, "error"), counted(len(problems) - errors, "warning")]
    if found.checked:
        told.append(f"{found.checked} marked as checked")
    click.echo(", ".join(told), err=True)
    if errors:
        raise SystemExit(1)


def _marks(problems: Iterable[Problem]) -> str:
    """Return the rows that would mark warnings, with a header; reasons are to be filled in."""
    names = [item.name for item in columns(Mark)]
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(names)
    for problem in problems:
        if problem.is_warning and problem.rule != UNUSED_MARK:
            mark = mark_of(problem)
            writer.writerow([getattr(mark, name) for name in names])
    return text.getvalue()


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """Problems of reviews and of what goes with them.

    ``reviews``: those without errors; ``pools``: their analyses pooled, by their names.
    ``checked``: how many warnings are marked as checked.
    """

    problems: tuple[Problem, ...]
    reviews: tuple[Review, ...]
    pools: Mapping[str, tuple[PooledAnalysis, ...]]
    checked: int


def check_reviews(wanted: Sequence[str], root: Path) -> Checked:
    """Return the problems of the named reviews; of the whole project when none is.

    The project's are those of every review, of the claims and of the configuration.

    Raises UsageError for a name that is no review, and where there is none at all.
    """
    every = named((), root) if not wanted else ()
    loaded = {name: load(find(name, root)) for name in wanted or every}
    problems: list[Problem] = []
    settled: list[Review] = []
    pooled: dict[str, tuple[PooledAnalysis, ...]] = {}
    for one in loaded.values():
        pools = pools_of(one.review) if one.review else None
        if one.review is None or pools is None or pools.refused:
            problems += [*one.problems, *(pools.refused if pools else ())]
        else:
            settled.append(settled_review(one.review, pools.pooled))
            pooled[one.review.name] = pools.pooled
            problems += settled[-1].warnings
    if not wanted:
        reviews = {name: one.review for name, one in loaded.items() if one.review}
        problems += _of_project(root, every, reviews)
    return Checked(
        problems=tuple(problems),
        reviews=tuple(settled),
        pools=pooled,
        checked=sum(len(review.checked) for review in settled),
    )


def _of_project(
    root: Path, every: Sequence[str], reviews: Mapping[str, Review]
) -> Iterator[Problem]:
    """Yield the problems of the configuration and of the claims."""
    yield from check_configuration(root, every)
    file = claims_file(root)
    if file is not None:
        yield from check_claims(file, reviews, every)
