# make_robust_weights.R -- cluster-robust tests of coefficients by given weights, by clubSandwich after rma.mv(W=).
# usage: Rscript make_robust_weights.R <outdir with data/>, writes robust_weights.json
args <- commandArgs(TRUE)
suppressMessages({library(metafor); library(metadat); library(clubSandwich); library(jsonlite)})
engine <- paste("clubSandwich", packageVersion("clubSandwich"), "after metafor", packageVersion("metafor"), "on R", getRversion())
k <- dat.konstantopoulos2011
k$year <- k$year - 1990
w <- 1 + (seq_len(nrow(k)) %% 5)
same <- outer(k$district, k$district, "==")
known <- outer(w, w) * ifelse(same, 0.3, 0) + diag(w)
V <- outer(sqrt(k$vi), sqrt(k$vi)) * ifelse(same, 0.5, 0) + diag(k$vi) / 2
fits <- list(diagonal = list(rma.mv(yi, vi, W = w, mods = ~ year, data = k), diag(k$vi), diag(w)),
  correlated = list(rma.mv(yi, V, W = w, mods = ~ year, data = k), V, diag(w)),
  matrix = list(rma.mv(yi, V, W = known, data = k), V, known))
one <- function(id, kind) {
  f <- fits[[id]]
  t <- coef_test(f[[1]], vcov = vcovCR(f[[1]], cluster = k$district, type = c(CR0 = "CR0", CR1 = "CR1p", CR2 = "CR2")[[kind]]), test = if (kind == "CR2") "Satterthwaite" else "naive-t")
  list(id = id, kind = kind, engine = engine, y = k$yi, year = if (length(coef(f[[1]])) > 1) k$year else NULL, cluster = k$district, covariance = unname(f[[2]]), weights = unname(f[[3]]),
    estimate = I(t$beta), se = I(t$SE), df = I(if (kind == "CR2") t$df else rep(length(unique(k$district)) - length(t$beta), length(t$beta))))
}
cases <- unlist(lapply(names(fits), function(id) lapply(c("CR0", "CR1", "CR2"), function(kind) one(id, kind))), recursive = FALSE)
writeLines(paste0("[\n", paste(vapply(cases, function(one) toJSON(one, auto_unbox = TRUE, digits = I(15), na = "null"), ""), collapse = ",\n"), "\n]"), file.path(args[1], "robust_weights.json"))
