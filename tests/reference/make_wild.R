# make_wild.R -- the cluster wild bootstrap by wildmeta, with every pattern of signs in the place of its draws.
# usage: Rscript make_wild.R <outdir with data/>, writes wild.json; needs the R package wildmeta
args <- commandArgs(TRUE)
suppressMessages({library(metafor); library(clubSandwich); library(wildmeta); library(jsonlite)})
patterns <- NULL; turn <- 0
in_turn <- function(auxiliary_dist, n_clusters) { turn <<- turn + 1; patterns[turn, ] }
assignInNamespace("wild_wts", in_turn, "wildmeta")
of <- function(id, dataset, fit, cluster, tested, draw) {
  patterns <<- as.matrix(unname(expand.grid(rep(list(c(-1, 1)), length(unique(cluster)))))); turn <<- 0
  test <- Wald_test_cwb(fit, constraints = constrain_zero(tested), R = nrow(patterns), cluster = cluster, type = "CR1p", test = "Naive-F")
  stopifnot(turn == nrow(patterns))
  found <- attr(test, "bootstraps"); observed <- attr(test, "original")
  list(id = id, dataset = dataset, draw = draw, tested = I(tested - 1), patterns = nrow(patterns), statistic = observed * length(tested),
    as_large = sum(found >= observed * (1 - 1e-10)), p_value = mean(found >= observed * (1 - 1e-10)), own_p = test$p_val)
}
s <- dat.konstantopoulos2011; s <- s[s$district %in% sort(unique(s$district))[1:8], ]; s$new <- s$year - 1990; s$late <- as.numeric(s$school > 3)
b <- dat.berkey1998; b$pd <- as.numeric(b$outcome == "PD")
VV <- as.matrix(bldiag(lapply(split(b[, c("v1i", "v2i")], b$trial), as.matrix)))
S <- vcalc(vi, cluster = district, obs = school, rho = 0.5, data = s)
cases <- list(
  of("schools, position", "konstantopoulos2011", rma.mv(yi, vi, mods = ~ late, data = s), s$district, 2, "late"),
  of("schools, both", "konstantopoulos2011", rma.mv(yi, vi, mods = ~ late + new, data = s), s$district, 2:3, c("late", "new")),
  of("schools, correlated", "konstantopoulos2011", rma.mv(yi, S, mods = ~ late, data = s), s$district, 2, "late"),
  of("outcomes", "berkey1998", rma.mv(yi, VV, mods = ~ pd, data = b), b$trial, 2, "pd"))
engine <- paste("wildmeta", packageVersion("wildmeta"), "with metafor", packageVersion("metafor"), "on R", getRversion())
rows <- vapply(cases, function(one) toJSON(one, auto_unbox = TRUE, digits = I(17)), "")
writeLines(paste0("{\"engine\": \"", engine, "\", \"cases\": [\n", paste(rows, collapse = ",\n"), "\n]}"), file.path(args[1], "wild.json"))
