"""The verb ``check``: every problem of reviews, of claims and of the configuration."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from liftproof.analysis.refused_pools import refused_pools
from liftproof.reviews import Loaded, find, load, named
from liftproof.reviews.checks.check_claims import check_claims
from liftproof.reviews.files.claims_file import claims_file
from liftproof.reviews.files.configuration_file import check_configuration
from liftproof.reviews.model.problems import Problem


@click.command("check")
@click.argument("reviews", metavar="[REVIEW...]", nargs=-1)
def command(reviews: tuple[str, ...]) -> None:
    """Print every problem in the data of the reviews.

    With none named: of all of them, of data/claims.yaml and of config/config.yaml. Exit code 1 if
    any problem is an error; warnings alone leave it at 0.
    """
    problems = check_reviews(reviews, Path())
    for problem in problems:
        click.echo(str(problem))
    errors = sum(not problem.is_warning for problem in problems)
    click.echo(f"{errors} errors, {len(problems) - errors} warnings", err=True)
    if errors:
        raise SystemExit(1)


def check_reviews(wanted: Sequence[str], root: Path) -> list[Problem]:
    """Return the problems of the named reviews; of the whole project when none is.

    The project's are those of every review, of the claims and of the configuration.

    Raises UsageError for a name that is no review, and where there is none at all.
    """
    every = named((), root) if not wanted else ()
    loaded = {name: load(find(name, root)) for name in wanted or every}
    problems = [problem for one in loaded.values() for problem in _problems(one)]
    if wanted:
        return problems
    problems += check_configuration(root, every)
    file = claims_file(root)
    if file is None:
        return problems
    reviews = {name: one.review for name, one in loaded.items() if one.review}
    return [*problems, *check_claims(file, reviews, every)]


def _problems(loaded: Loaded) -> Iterator[Problem]:
    """Yield the problems of a review; where the data have no error, of pooling them, too."""
    yield from loaded.problems
    if loaded.review:
        yield from refused_pools(loaded.review)
