"""What every rule file uses.

Defines
    REVIEWS         the plan of each review by name, without those that have errors: which files it
                    will have (src/liftproof/project/review_plan.py)
    LEFT_OUT        name of a review, or path of a file, to the reasons why the run does without it
    LEFT_OUT_ROWS   the same as a parameter: lists of a name and its reasons
    POOLED          the reviews that pool trials; others show prints alone
    IS_TOGETHER     whether the first page is made from everything of all reviews; there are few of them.
                    Where there are many it is a table of them, and claims look at those that they name
    COMPUTING, DRAWING, READING     what jobs hold at most (mem_mb) and take (runtime, minutes), as a
                    cluster wants to know it, with room to spare
    FIRST, LAST     the groups of what is about no one review, before and after what is. A group is one job
                    of a cluster: all stages of a review (but see publish.smk), and what follows
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
from liftproof.errors import LiftproofError
from liftproof.left_out import told_by_environment
from liftproof.project.data_files import data_of, digest_of
from liftproof.project.job_server import shell_prefix
from liftproof.project.kept_plans import plans_of
from liftproof.project.review_plan import ReviewPlan
from liftproof.project.run_state import at_start
from liftproof.project.worker import reviews_of_rules
from liftproof.reviews.files.finding import named
from snakemake.exceptions import WorkflowError

MOST_TOGETHER = 20
COMPUTING = {"mem_mb": 1500, "runtime": 30}
DRAWING = {"mem_mb": 1500, "runtime": 30}
READING = {"mem_mb": 1500, "runtime": 60}

hold_arithmetic()

# Under `liftproof report` a process that has imported once forks for each job.
if shell_prefix():
    shell.prefix(shell_prefix())


def planned():
    """Return the names of all reviews, and of those that this process needs the plan, or errors."""
    try:
        names = named(config["reviews"], Path())
        allowed = getattr(workflow.dag_settings, "allowed_rules", ())
        asked = reviews_of_rules(allowed, names)
        return names, plans_of(asked, keep=workflow.is_main_process)
    except LiftproofError as error:
        raise WorkflowError(str(error))


def left_out():
    """Return what the run does without; stop with every reason if that is every review."""
    errors = {
        name: list(one)
        for name, one in PLANNED.items()
        if not isinstance(one, ReviewPlan)
    }
    reasons = dict(sorted({**told_by_environment(), **errors}.items()))
    if all(name in reasons for name in PLANNED):
        lines = [line for lines in reasons.values() for line in lines]
        raise WorkflowError("\n".join(lines))
    return reasons


@cache
def code_behind(script):
    try:
        place = workflow.source_path(f"../scripts/{script}")
    except FileNotFoundError:
        return ""  # an earlier version had it: no record of its job is of now
    return digest_behind(Path(place))


NAMES, PLANNED = planned()
LEFT_OUT = left_out()
LEFT_OUT_ROWS = [[name, *reasons] for name, reasons in LEFT_OUT.items()]
REVIEWS = {name: plan for name, plan in PLANNED.items() if name not in LEFT_OUT}
POOLED = [name for name, plan in REVIEWS.items() if plan.pools_trials]
IS_TOGETHER = len(NAMES) <= MOST_TOGETHER
LAST = "together"
FIRST = "first"

try:
    if workflow.is_main_process:
        at_start(list(REVIEWS), code_behind)
except LiftproofError as error:
    raise WorkflowError(str(error))
