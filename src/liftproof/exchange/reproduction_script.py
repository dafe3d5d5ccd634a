"""``results/<review>/reproduce.R``: metafor code for every analysis, with the tables beside it."""

from collections.abc import Sequence
from pathlib import Path

from liftproof.analysis.specification import specification_of
from liftproof.exchange.metafor_script import HEAD, ScriptedPool, script_of
from liftproof.files import write_text
from liftproof.result_tables import REPRODUCTION_SCRIPT, ResultRows, script_files
from liftproof.reviews.model.review import Review
from liftproof.rows.result_rows import EstimateRow

_TABLES = """\
# y is an effect on the scale of the pool (the logarithm of a ratio), v its variance, clusters
# and signs dealt with; the columns of effects.csv say what each was computed from.
effects <- read.csv("effects.csv", na.strings = "", encoding = "UTF-8")
effects$subgroup[is.na(effects$subgroup)] <- ""
trials <- function(id, group = NULL) {
  pooled <- effects$analysis == id & is.na(effects$left_out)
  chosen <- effects[if (is.null(group)) pooled else pooled & effects$subgroup == group, ]
  data.frame(yi = chosen$y, vi = chosen$v, study = chosen$study, row = seq_len(nrow(chosen)))
}
# Groups of one trial are not pooled.
groups_of <- function(id) {
  counts <- table(effects$subgroup[effects$analysis == id & is.na(effects$left_out)])
  names(counts)[counts > 1]
}
estimates <- read.csv("estimates.csv", na.strings = "", encoding = "UTF-8")
estimates$subgroup <- rep("", nrow(estimates))
groups <- read.csv("subgroups.csv", na.strings = "", encoding = "UTF-8")
estimates <- rbind(estimates, groups[names(estimates)])
"""


def write_reproduction(review: Review, rows: ResultRows, folder: Path) -> None:
    """Write the script into the folder of results of a review that pools trials."""
    for name in script_files(review):
        write_text(folder / name, reproduction_script(review, rows.of_class(EstimateRow)))


def reproduction_script(review: Review, estimates: Sequence[EstimateRow]) -> str:
    """Return the script, which reads effects and our numbers from the tables beside it."""
    rows = {row.analysis: row for row in estimates}
    pools = [
        ScriptedPool(
            asked=specification_of(analysis),
            row=rows[analysis.id],
            has_groups=bool(analysis.subgroup),
        )
        for analysis in review.settings.analyses
    ]
    head = HEAD.format(what="every analysis of this review", script=REPRODUCTION_SCRIPT)
    return script_of(pools, head + _TABLES)
