# make_genqm.R -- regressions and means by metafor with GENQ and GENQM, given weights that are not 1/v, and with the
# limits of tau^2 from the distribution of Q; needs CompQuadForm (of CRAN, not in Debian), whose farebrother() metafor calls.
# usage: Rscript make_genqm.R <outdir with data/>

args <- commandArgs(TRUE)
suppressMessages(library(metafor))
num <- function(x) paste0("[", paste(sprintf("%.17g", as.numeric(x)), collapse = ", "), "]")
d <- read.csv(file.path(args[1], "data", "bcg__RR.csv"))
raw <- read.csv(file.path(args[1], "data", "bcg.csv"))
d$ablat <- raw$ablat; d$alloc <- raw$alloc
weights <- list(shifted = 1 / (d$vi + 0.2), equal = rep(1, nrow(d)), inverse = 1 / d$vi, ranks = rev(seq_len(nrow(d))))
case <- function(formula, kind, method, test) {
  f <- rma(yi, vi, mods = as.formula(paste("~", formula)), data = d, method = method, weights = weights[[kind]], test = test,
           control = list(tol = 1e-14, threshold = 1e-15, tau2.max = 100))
  # confint stops within 1.2e-4 of tau^2, whatever control says: in a unit of 1/10,000 that is 1.2e-12 of ours
  scale <- 1e4
  e <- rma(yi = d$yi * scale, vi = d$vi * scale^2, mods = as.formula(paste("~", formula)), data = d, method = method,
           weights = weights[[kind]], control = list(tol = 1e-14 * scale^2, tau2.max = 100 * scale^2))
  limits <- confint(e, control = list(tau2.max = 100 * scale^2))$random["tau^2", c("ci.lb", "ci.ub")] / scale^2
  found <- list(coef = f$beta, se = f$se, vcov = f$vb, tau2 = f$tau2, se_tau2 = f$se.tau2, I2 = f$I2, H2 = f$H2,
                QE = f$QE, QEp = f$QEp, tau2_ci = limits)
  if (formula != "1") found <- c(found, list(QM = f$QM, QMp = f$QMp)) # of a mean alone QM would test the mean
  paste0("{\"formula\": \"", formula, "\", \"weights\": \"", kind, "\", \"method\": \"", method, "\", \"test\": \"", test,
    "\", \"engine\": \"metafor ", packageVersion("metafor"), ", CompQuadForm ", packageVersion("CompQuadForm"), " on R ",
    getRversion(), "\"", paste0(", \"", names(found), "\": ", sapply(found, num), collapse = ""), "}")
}
cases <- c()
for (method in c("GENQ", "GENQM")) for (kind in names(weights)) for (formula in c("1", "ablat", "ablat + alloc"))
  for (test in c("z", "knha")) cases <- c(cases, case(formula, kind, method, test))
writeLines(paste0("[\n", paste(cases, collapse = ",\n"), "\n]"), file.path(args[1], "genqm.json"))
