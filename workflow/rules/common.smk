"""What every rule file uses.

Defines
    REVIEWS         the reviews by name, without those that have errors
    LEFT_OUT        name of a review, or path of a file, to the reasons why the run does without it
    LEFT_OUT_ROWS   the same as a parameter: lists of a name and its reasons
    POOLED          the reviews that pool trials; others show prints alone
    code_behind     a digest of a script, of the package's files that it imports and of the software;
                    as a parameter of the script's rule it makes an edited formula rerun what depends
                    on it. (Named as inputs, a hundred files a job would be looked at whenever a job
                    ends.)
    digest_of       a digest of some files; parameters hold what data a rule reads, because the dates
                    of inputs do not tell: restored data are older than what was made before
    data_of         every file with data of some reviews, as a list
"""

from functools import cache
from pathlib import Path

from liftproof.arithmetic import hold_arithmetic
from liftproof.code import digest_behind
from liftproof.content import digest_of
from liftproof.errors import LiftproofError
from liftproof.left_out import told_by_environment
from liftproof.project.run_state import at_start
from liftproof.reviews import find, load, named
from snakemake.exceptions import WorkflowError

hold_arithmetic()


def load_reviews():
    """Return every review by name, with its problems."""
    try:
        names = named(config["reviews"], Path())
        return {name: load(find(name, Path())) for name in names}
    except LiftproofError as error:
        raise WorkflowError(str(error))


def left_out():
    """Return what the run does without; stop with every reason if that is every review."""
    errors = {
        name: [str(problem) for problem in one.problems if not problem.is_warning]
        for name, one in LOADED.items()
        if one.review is None
    }
    reasons = dict(sorted({**told_by_environment(), **errors}.items()))
    if all(name in reasons for name in LOADED):
        lines = [line for lines in reasons.values() for line in lines]
        raise WorkflowError("\n".join(lines))
    return reasons


@cache
def code_behind(script):
    return digest_behind(Path(workflow.source_path(f"../scripts/{script}")))


def data_of(names):
    return [
        str(path)
        for name in names
        for path in sorted(Path("data/reviews", name).glob("*.[cy]*"))
    ]


LOADED = load_reviews()
LEFT_OUT = left_out()
LEFT_OUT_ROWS = [[name, *reasons] for name, reasons in LEFT_OUT.items()]
REVIEWS = {name: one.review for name, one in LOADED.items() if name not in LEFT_OUT}
POOLED = [name for name, review in REVIEWS.items() if not review.shows_prints_alone]

try:
    if workflow.is_main_process:
        at_start(list(REVIEWS), code_behind)
except LiftproofError as error:
    raise WorkflowError(str(error))
