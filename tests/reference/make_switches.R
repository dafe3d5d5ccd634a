# make_switches.R -- Mantel-Haenszel and Peto with metafor's add, to and drop00, one value or two.
# usage: Rscript make_switches.R <outdir with data/>, writes switches.json
args <- commandArgs(TRUE)
suppressMessages({library(metafor); library(jsonlite)})
d <- read.csv(file.path(args[1], "data", "nielweise2007.csv"))
counts <- list(ai = c(d$ai, 0), n1i = c(d$n1i, 40), ci = c(d$ci, 0), n2i = c(d$n2i, 50))    # nobody in the last trial
rates <- list(x1i = counts$ai, t1i = counts$n1i / 10, x2i = counts$ci, t2i = counts$n2i / 10)
switches <- list(setNames(list(), character(0)), list(add = 0.25), list(to = "all"), list(drop00 = FALSE), list(add = c(0.5, 0.5), to = c("only0", "only0")),
  list(add = c(0.5, 0.5), to = c("if0all", "all")), list(add = c(0.1, 0.3), to = c("all", "if0all"), drop00 = c(FALSE, FALSE)),
  list(add = c(0.5, 0.5), to = c("only0", "only0"), drop00 = c(TRUE, TRUE)), list(add = c(0.1, 0.5), to = c("all", "all"), drop00 = c(FALSE, TRUE)))
of <- function(measure, s) {
  cells <- if (measure %in% c("IRR", "IRD")) rates else counts
  f <- suppressWarnings(if (measure == "Peto") do.call(rma.peto, c(cells, s)) else do.call(rma.mh, c(list(measure = measure), cells, s)))
  list(measure = measure, switches = s, columns = unname(cells), estimate = as.numeric(f$beta), se = f$se, p_value = f$pval, ci_low = f$ci.lb,
    ci_high = f$ci.ub, q = f$QE, k_q = f$k.yi, i2 = f$I2)
}
cases <- unlist(lapply(c("OR", "RR", "RD", "IRR", "IRD", "Peto"), function(m) lapply(switches, function(s) of(m, s))), recursive = FALSE)
engine <- paste("metafor", packageVersion("metafor"), "on R", getRversion())
rows <- vapply(cases, function(one) toJSON(one, auto_unbox = TRUE, digits = I(17)), "")
writeLines(paste0("{\"engine\": \"", engine, "\", \"cases\": [\n", paste(rows, collapse = ",\n"), "\n]}"), file.path(args[1], "switches.json"))
