# make_dependence.R -- vcalc() by metafor, robu() by robumeta.
# usage: Rscript make_dependence.R <outdir with data/>
#
# Made-up variances, labels and times for vcalc; the fits are of data sets that are here already,
# with robumeta's convention of small samples (small = TRUE) and without.

args <- commandArgs(TRUE)
suppressMessages({library(metafor); library(robumeta)})
num <- function(x) paste0("[", paste(sprintf("%.17g", x), collapse = ", "), "]")
engine <- function(name) paste0("\"engine\": \"", name, " ", packageVersion(name), " on R ", getRversion(), "\"")

v <- c(0.04, 0.09, 0.01, 0.05, 0.02, 0.03)
cluster <- c("a", "a", "a", "a", "b", "b")
outcome <- c("pain", "pain", "strength", "strength", "pain", "strength")
obs <- c(1, 2, 1, 2, 1, 1)
time <- c(0, 3, 0, 3, 1, 2)
first <- c("x", "y", "x", "y", "x", "y"); second <- rep("z", 6)
n1 <- c(20, 35, 20, 35, 50, 40); n2 <- c(25, 25, 25, 25, 60, 60)
known <- matrix(c(1, 0.7, 0.7, 1), 2, dimnames = rep(list(c("pain", "strength")), 2))
vc <- function(id, ...) paste0("{\"id\": \"", id, "\", ", engine("metafor"), ", \"covariance\": ",
                               num(vcalc(v, cluster, ...)), "}")
cases <- c(
  vc("obs", obs = 1:6, rho = 0.6),
  vc("outcome_time", type = outcome, rho = 0.4, time1 = time, phi = 0.8),
  vc("both", obs = obs, type = outcome, rho = c(0.7, 0.3)),
  vc("known", obs = obs, type = outcome, rho = list(0.7, known)),
  vc("arms", grp1 = first, grp2 = second, obs = obs, type = outcome, rho = c(0.7, 0.3)),
  vc("weights", grp1 = first, grp2 = second, w1 = n1, w2 = n2, type = outcome, rho = 0.5),
  vc("times_of_arms", grp1 = first, grp2 = second, time1 = time, time2 = time + 1, phi = 0.9, type = outcome, rho = 0.5),
  vc("subgroup", obs = 1:6, rho = 0.6, subgroup = c(1, 1, 2, 2, 1, 2))
)
fit <- function(id, file, study, formula, model, small, rho = 0.8) {
  d <- read.csv(file.path(args[1], "data", file))
  d$study_of <- d[[study]]
  f <- robu(formula, data = d, studynum = study_of, var.eff.size = vi, modelweights = model, small = small, rho = rho)
  r <- f$reg_table
  other <- if (model == "CORR") f$mod_info$I.2 else f$mod_info$omega.sq
  paste0("{\"id\": \"", id, "\", ", engine("robumeta"), ", \"file\": \"", file, "\", \"study\": \"", study,
    "\", \"formula\": \"", deparse(formula), "\", \"model\": \"", model, "\", \"small\": ", tolower(small), ", \"rho\": ", rho,
    ", \"tau2\": ", num(c(f$mod_info$tau.sq)), ", \"other\": ", num(c(other)), ", \"estimate\": ", num(r$b.r),
    ", \"se\": ", num(r$SE), ", \"df\": ", num(r$dfs), "}")
}
for (model in c("CORR", "HIER")) for (small in c(TRUE, FALSE)) cases <- c(cases,
  fit(paste("schools", model, small, sep = "_"), "konstantopoulos2011.csv", "district", yi ~ 1, model, small),
  fit(paste("schools_year", model, small, sep = "_"), "konstantopoulos2011.csv", "district", yi ~ I(year - 1990), model, small),
  fit(paste("assink", model, small, sep = "_"), "assink2016.csv", "study", yi ~ pubstatus, model, small, 0.6))
writeLines(paste0("[\n", paste(cases, collapse = ",\n"), "\n]"), file.path(args[1], "dependence.json"))
