"""What every rule file uses.

Defines
    REVIEWS         the reviews by name
    ANALYSES        review to the ids of its analyses, in the order of review.yaml
    POOLED          the reviews that pool trials; others show prints alone
    code_behind     a digest of the package's files that a script imports; as a parameter of the
                    script's rule it makes an edited formula rerun what depends on it. (Named as
                    inputs, a hundred files a job would be looked at whenever a job ends.)
    data_of         every file with data of some reviews, as a list
    if_present      a table that a review need not have, as a list of one path or none
"""

from functools import cache
from pathlib import Path

from liftproof.code import digest_behind
from liftproof.errors import LiftproofError
from liftproof.reviews import find, load, named
from liftproof.wiring import keep_to_one_thread
from snakemake.exceptions import WorkflowError

keep_to_one_thread()


def reviews():
    """Return the reviews by name; stop with every problem if data has errors."""
    try:
        loaded = {
            name: load(find(name, Path())) for name in named(config["reviews"], Path())
        }
    except LiftproofError as error:
        raise WorkflowError(str(error))
    problems = [problem for one in loaded.values() for problem in one.problems]
    errors = [str(problem) for problem in problems if not problem.is_warning]
    if errors:
        raise WorkflowError("\n".join(errors))
    return {name: one.review for name, one in loaded.items()}


@cache
def code_behind(script):
    return digest_behind(Path(workflow.source_path(f"../scripts/{script}")))


def data_of(names):
    return [
        str(path)
        for name in names
        for path in sorted(Path("data/reviews", name).glob("*.[cy]*"))
    ]


def if_present(name):
    return lambda wildcards: [
        str(path) for path in Path("data/reviews", wildcards.review).glob(name)
    ]


REVIEWS = reviews()
ANALYSES = {
    name: [analysis.id for analysis in review.settings.analyses]
    for name, review in REVIEWS.items()
}

POOLED = [name for name, review in REVIEWS.items() if not review.shows_prints_alone]


wildcard_constraints:
    review="|".join(ANALYSES),
