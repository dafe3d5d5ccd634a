# make_robust_kinds.R -- kinds of cluster-robust variance by clubSandwich, with the weights of the model and with given ones.
# usage: Rscript make_robust_kinds.R <outdir>, writes robust_kinds.json
args <- commandArgs(TRUE)
suppressMessages({library(metafor); library(metadat); library(clubSandwich); library(jsonlite)})
engine <- paste("clubSandwich", packageVersion("clubSandwich"), "after metafor", packageVersion("metafor"), "on R", getRversion())
k <- dat.konstantopoulos2011
k$year <- k$year - 1990
w <- 1 + (seq_len(nrow(k)) %% 5)
same <- outer(k$district, k$district, "==")
V <- outer(sqrt(k$vi), sqrt(k$vi)) * ifelse(same, 0.5, 0) + diag(k$vi) / 2
k$within <- k$school / 3
fits <- list(variances = list(rma.mv(yi, vi, mods = ~ within, data = k), diag(k$vi), NULL), correlated = list(rma.mv(yi, V, mods = ~ within, data = k), V, NULL),
  mean = list(rma.mv(yi, V, data = k), V, NULL), weights = list(rma.mv(yi, V, W = w, mods = ~ within, data = k), V, diag(w)))
one <- function(id, kind) {
  f <- fits[[id]]
  searched <- kind %in% c("CR2", "CR3", "CR4")
  t <- coef_test(f[[1]], vcov = vcovCR(f[[1]], cluster = k$district, type = kind), test = if (searched) "Satterthwaite" else "naive-t")
  p <- length(t$beta)
  list(id = id, kind = kind, engine = engine, y = k$yi, x = if (p > 1) k$within else NULL, cluster = k$district, covariance = unname(f[[2]]), weights = f[[3]],
    estimate = I(t$beta), se = I(t$SE), df = I(if (searched) t$df else rep(length(unique(k$district)) - p, p)))
}
cases <- unlist(lapply(names(fits), function(id) lapply(c("CR0", "CR1", "CR1p", "CR1S", "CR2", "CR3", "CR4"), function(kind) one(id, kind))), recursive = FALSE)
writeLines(paste0("[\n", paste(vapply(cases, function(one) toJSON(one, auto_unbox = TRUE, digits = I(15), na = "null"), ""), collapse = ",\n"), "\n]"), file.path(args[1], "robust_kinds.json"))
