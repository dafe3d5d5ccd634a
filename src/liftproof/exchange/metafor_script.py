"""The R script beside an exported table: metafor pools each analysis by the same methods."""

from collections.abc import Iterable

from liftproof.analysis.estimates import PooledAnalysis
from liftproof.exchange.metafor_names import effect_columns
from liftproof.vocabulary.estimators import ESTIMATORS
from liftproof.vocabulary.intervals import INTERVALS
from liftproof.vocabulary.measures import MEASURES
from liftproof.vocabulary.models import INVERSE_VARIANCE, THREE_LEVEL

KNOWN_TAU2 = ("FE", "DL", "HE", "HS", "HSk", "SJ", "ML", "REML", "EB", "PM", "PMM", "DLIT", "SJIT")
"""Estimators that metafor finds from effects and variances alone."""
KNOWN_INTERVALS = ("wald", "t", "hksj", "hksj_adhoc")
LEAST = 2
"""Trials without which nothing is pooled."""

HEAD = """\
# Pools the analyses of {file} again. Needs the package metafor. Run it in the folder of the table:
#   Rscript {script}
library(metafor)
dat <- read.csv("{file}", na.strings = "NA")
dat$row <- seq_len(nrow(dat))
# Searches end where the estimate of tau2 moves by less than this.
precise <- list(threshold = 1e-10, maxiter = 10000)
# The first search of the three-level model does not always end; this one is slower and does.
patient <- list(optimizer = "optim", optmethod = "BFGS", reltol = 1e-14, maxit = 10000)
rows <- list()
compare <- function(analysis, fit, tau2, natural, here) {{
  there <- c(natural(c(fit$b[1], fit$ci.lb[1], fit$ci.ub[1])), tau2)
  rows[[analysis]] <<- data.frame(
    analysis = analysis, quantity = c("estimate", "ci_low", "ci_high", "tau2"),
    liftproof = here, metafor = there
  )
}}
"""
ONE_LEVEL = """
fit <- rma({y}, {v}, data = dat, subset = !is.na({y}), method = "{method}", test = "{test}",
           level = {level}{control})
compare("{analysis}", fit, fit$tau2, {natural}, c({numbers}))
"""
THREE_LEVELS = """
fit <- rma.mv({y}, {v}, random = ~ 1 | study/row, data = dat, subset = !is.na({y}),
              method = "{method}", test = "{test}", level = {level}, control = patient)
compare("{analysis}", fit, sum(fit$sigma2), {natural}, c({numbers}))
"""
TAIL = """
all <- do.call(rbind, rows)
for (name in c("liftproof", "metafor")) all[[name]] <- sprintf("%.15g", all[[name]])
write.csv(all, row.names = FALSE, quote = FALSE)
"""


def script_of(pools: Iterable[PooledAnalysis], file: str) -> str:
    """Return the script for the analyses that it can pool; ``file``: name of the table."""
    stem = file.removesuffix(".csv")
    parts = [_fit(pool) for pool in pools if not why_not_in_script(pool)]
    return "".join([HEAD.format(file=file, script=f"{stem}.R"), *parts, TAIL])


def why_not_in_script(pool: PooledAnalysis) -> str:
    """Return why metafor cannot be asked for an analysis; empty where it can."""
    asked = pool.specification
    if len(pool.trials) < LEAST:
        return "fewer than two trials have an effect"
    if asked.model not in (INVERSE_VARIANCE, THREE_LEVEL):
        return f"the script does not know the model {asked.model}"
    if asked.tau2 not in KNOWN_TAU2:
        return f"the script does not know the estimator {asked.tau2}"
    if asked.interval not in KNOWN_INTERVALS:
        return f"the script does not know the interval {asked.interval}"
    return ""


def _fit(pool: PooledAnalysis) -> str:
    asked, row = pool.specification, pool.estimate
    y, v = effect_columns(row.analysis)
    numbers = (row.estimate, row.ci_low, row.ci_high, row.tau2)
    is_search = ESTIMATORS[asked.tau2].can_stop_early and asked.tau2 != "PM"
    return (THREE_LEVELS if asked.model == THREE_LEVEL else ONE_LEVEL).format(
        analysis=row.analysis,
        y=y,
        v=v,
        method=ESTIMATORS[asked.tau2].metafor or asked.tau2,
        test=INTERVALS[asked.interval].metafor or asked.interval,
        level=f"{100 * asked.level:g}",
        control=", control = precise" if is_search else "",
        natural="exp" if MEASURES[asked.measure].is_log else "identity",
        numbers=", ".join(_number(each) for each in numbers),
    )


def _number(value: float | None) -> str:
    return "NA" if value is None else repr(float(value))
