"""The verb ``check``: every problem of reviews, of claims and of the configuration."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from liftproof.analysis.entries import trial_entries
from liftproof.analysis.refused_pools import refused_pools
from liftproof.reviews import find, load, named
from liftproof.reviews.checks.check_claims import check_claims
from liftproof.reviews.files.claims_file import claims_file
from liftproof.reviews.files.configuration_file import check_configuration
from liftproof.reviews.loading import listed
from liftproof.reviews.model.problems import Problem
from liftproof.reviews.model.review import Review
from liftproof.words.entry_words import entry_lines


@click.command("check")
@click.argument("reviews", metavar="[REVIEW...]", nargs=-1)
def command(reviews: tuple[str, ...]) -> None:
    """Print every problem in the data of the reviews.

    And of each trial which analyses it enters, and why it does not enter the others. With none
    named: of all reviews, of data/claims.yaml and of config/config.yaml. Exit code 1 if any problem
    is an error; warnings alone leave it at 0.
    """
    checked = check_reviews(reviews, Path())
    problems = checked.problems
    if problems:
        click.echo(listed(problems))
    for review in checked.reviews:
        for line in entry_lines(review.name, trial_entries(review)):
            click.echo(line)
    errors = sum(not problem.is_warning for problem in problems)
    click.echo(f"{errors} errors, {len(problems) - errors} warnings", err=True)
    if errors:
        raise SystemExit(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """Problems of reviews and of what goes with them; ``reviews``: those without errors."""

    problems: tuple[Problem, ...]
    reviews: tuple[Review, ...]


def check_reviews(wanted: Sequence[str], root: Path) -> Checked:
    """Return the problems of the named reviews; of the whole project when none is.

    The project's are those of every review, of the claims and of the configuration.

    Raises UsageError for a name that is no review, and where there is none at all.
    """
    every = named((), root) if not wanted else ()
    loaded = {name: load(find(name, root)) for name in wanted or every}
    problems = [problem for one in loaded.values() for problem in one.problems]
    reviews = {name: one.review for name, one in loaded.items() if one.review}
    refused = {name: tuple(refused_pools(review)) for name, review in reviews.items()}
    problems += [problem for each in refused.values() for problem in each]
    if not wanted:
        problems += _of_project(root, every, reviews)
    pooled = (review for name, review in reviews.items() if not refused[name])
    return Checked(problems=tuple(problems), reviews=tuple(pooled))


def _of_project(
    root: Path, every: Sequence[str], reviews: Mapping[str, Review]
) -> Iterator[Problem]:
    """Yield the problems of the configuration and of the claims."""
    yield from check_configuration(root, every)
    file = claims_file(root)
    if file is not None:
        yield from check_claims(file, reviews, every)
