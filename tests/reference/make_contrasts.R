# make_contrasts.R -- contrasts of independent estimates by metafor.
# usage: Rscript make_contrasts.R <folder with data/> <outdir>
#
# Each group is fitted by itself (its own tau2, its own standard error), the estimates are then
# taken as one trial each: rma(method = "EE")$QE for all, rma(mods = ~ first, method = "EE") for a
# pair, p.adjust(p, "holm") for the pairs.

args <- commandArgs(TRUE)
suppressMessages(library(metafor))
version <- paste("metafor", packageVersion("metafor"), "on R", getRversion())
num <- function(x) paste0("[", paste(sprintf("%.17g", x), collapse = ", "), "]")
txt <- function(x) paste0("[", paste(sprintf("\"%s\"", x), collapse = ", "), "]")

case <- function(id, call, groups, est, se) {
  all <- rma(est, sei = se, method = "EE")
  pairs <- combn(length(est), 2)
  fits <- apply(pairs, 2, function(p)
    rma(est[p], sei = se[p], mods = ~ c(1, 0), method = "EE"))
  get <- function(name) sapply(fits, function(f) f[[name]][2])
  p <- get("pval")
  paste0("{\"id\": \"", id, "\", \"engine\": \"", version, "\", \"call\": \"", call,
    "\", \"groups\": ", txt(groups), ", \"estimate\": ", num(est), ", \"se\": ", num(se),
    ", \"q\": ", num(all$QE), ", \"q_p\": ", num(all$QEp),
    ", \"pair_estimate\": ", num(sapply(fits, function(f) f$beta[2])),
    ", \"pair_se\": ", num(get("se")), ", \"pair_ci_low\": ", num(get("ci.lb")),
    ", \"pair_ci_high\": ", num(get("ci.ub")), ", \"pair_z\": ", num(get("zval")),
    ", \"pair_p\": ", num(p), ", \"pair_holm\": ", num(p.adjust(p, "holm")), "}")
}

by_group <- function(file, groups, names, method, test, id) {
  d <- read.csv(file.path(args[1], "data", file))
  control <- list(threshold = 1e-15, tol = 1e-15, maxiter = 10000)
  fits <- lapply(names, function(n)
    rma(d$yi[groups == n], d$vi[groups == n], method = method, test = test, control = control))
  call <- sprintf("rma(yi, vi, method='%s', test='%s') per group", method, test)
  case(id, call, names, sapply(fits, function(f) c(f$beta)), sapply(fits, function(f) f$se))
}

bcg <- read.csv(file.path(args[1], "data", "bcg.csv"))$alloc
printed <- list(                          # Lauersen 2014, abstract: RR with 95 % limits
  strength = c(0.315, 0.207, 0.480), proprioception = c(0.550, 0.347, 0.869),
  stretching = c(0.963, 0.846, 1.095), multiple = c(0.655, 0.520, 0.826))
y <- sapply(printed, function(x) log(x[1]))
se <- sapply(printed, function(x) log(x[3] / x[2]) / (2 * qnorm(0.975)))

cases <- c(
  by_group("bcg__RR.csv", bcg, c("random", "alternate", "systematic"), "DL", "z", "bcg_dl"),
  by_group("bcg__RR.csv", bcg, c("random", "alternate", "systematic"), "REML", "z", "bcg_reml"),
  by_group("bcg__RR.csv", bcg, c("random", "alternate", "systematic"), "DL", "knha", "bcg_knha"),
  by_group("bcg__OR.csv", bcg, c("random", "systematic"), "EE", "z", "bcg_two_groups"),
  case("lauersen2014_printed", "log(print), log(high / low) / (2 qnorm(.975))",
       names(printed), y, se))
writeLines(paste0("[\n", paste(cases, collapse = ",\n"), "\n]"), file.path(args[2], "contrasts.json"))
