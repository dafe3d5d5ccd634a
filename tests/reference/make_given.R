# make_given.R -- regressions by metafor with a given tau^2, with given weights, and with both.
# usage: Rscript make_given.R <outdir with data/>

args <- commandArgs(TRUE)
suppressMessages(library(metafor))
num <- function(x) paste0("[", paste(sprintf("%.17g", as.numeric(x)), collapse = ", "), "]")
d <- read.csv(file.path(args[1], "data", "bcg__RR.csv"))
raw <- read.csv(file.path(args[1], "data", "bcg.csv"))
d$ablat <- raw$ablat; d$alloc <- raw$alloc
w <- 1 / (d$vi + 0.2)
case <- function(id, ...) {
  f <- rma(yi, vi, data = d, control = list(threshold = 1e-15, maxiter = 1000), ...)
  found <- list(coef = f$beta, se = f$se, vcov = f$vb, ci_low = f$ci.lb, tau2 = f$tau2, I2 = f$I2, H2 = f$H2, R2 = f$R2,
                QM = f$QM, QMp = f$QMp, QE = f$QE)
  if (!f$tau2.fix && f$method != "EE") found$se_tau2 <- f$se.tau2
  paste0("{\"id\": \"", id, "\", \"engine\": \"metafor ", packageVersion("metafor"), " on R ", getRversion(), "\"",
    paste0(", \"", names(found), "\": ", sapply(found, num), collapse = ""), "}")
}
cases <- c()
for (test in c("z", "knha", "adhoc")) {
  one <- function(id, ...) case(paste(id, test, sep = "_"), test = test, ...)
  cases <- c(cases,
    one("line", mods = ~ ablat, tau2 = 0.1),
    one("zero", mods = ~ ablat, tau2 = 0),
    one("factor", mods = ~ ablat + alloc, tau2 = 0.3),
    one("both", mods = ~ ablat, tau2 = 0.1, weights = w),
    one("genq", mods = ~ ablat, method = "GENQ", weights = w),
    one("genqf", mods = ~ ablat + alloc, method = "GENQ", weights = w),
    one("reml", mods = ~ ablat, method = "REML", weights = w))
}
cases <- c(cases, case("ee_z", mods = ~ ablat, method = "EE", weights = w))
writeLines(paste0("[\n", paste(cases, collapse = ",\n"), "\n]"), file.path(args[1], "given.json"))
