# make_deletion.R -- what a fit by rma.mv is without each effect or cluster: rstudent, rstandard, dfbetas,
# cooks.distance, hatvalues, weights; and fits by given weights W.
# usage: Rscript make_deletion.R <outdir with data/>, writes deletion.json
args <- commandArgs(TRUE)
suppressMessages({library(metafor); library(metadat); library(jsonlite)})
engine <- paste("metafor", packageVersion("metafor"), "on R", getRversion())
fit <- function(...) {                    # the tightest that nlminb reaches; rma.mv looks its arguments up by name
  for (tol in c(1e-13, 1e-12, 1e-11, 1e-10, 1e-9)) {
    call <- sys.call(); call[[1]] <- quote(rma.mv)
    call$control <- list(optimizer = "nlminb", rel.tol = tol, iter.max = 5000, eval.max = 5000)
    f <- try(eval(call, parent.frame()), silent = TRUE)
    if (!inherits(f, "try-error")) return(f)
  }
}
k <- dat.konstantopoulos2011
b <- dat.berkey1998
B <- vcalc(vi = 1, cluster = trial, rvars = c(v1i, v2i), data = b)
w <- 1 + (seq_len(nrow(k)) %% 5)
known <- outer(w, w) * ifelse(outer(k$district, k$district, "=="), 0.3, 0) + diag(w)
fits <- list(
  nested = list(fit(yi, vi, random = ~ 1 | district/school, data = k), k$district),
  moderator = list(fit(yi, vi, mods = ~ I(year - 1990), random = ~ 1 | district/school, data = k), k$district),
  outcomes = list(fit(yi, B, mods = ~ outcome - 1, random = ~ outcome | trial, struct = "UN", data = b), b$trial),
  known = list(fit(yi, B, mods = ~ outcome - 1, random = ~ outcome | trial, struct = "CS", rho = 0.5, data = b), b$trial),
  weights = list(fit(yi, vi, W = w, mods = ~ I(year - 1990), random = ~ 1 | district/school, data = k), k$district),
  weight_matrix = list(fit(yi, vi, W = known, random = ~ 1 | district/school, data = k), k$district))
of_one <- function(id) {
  f <- fits[[id]][[1]]; cluster <- fits[[id]][[2]]
  deleted <- function(again, ...) {
    if (again) f$control <- list()         # refits by the default search: the tightest one does not always end
    r <- suppressWarnings(rstudent(f, reestimate = again, ...)); o <- if (is.null(r$obs)) r else r$obs
    list(resid = o$resid, se = o$se, chi2 = r$cluster$X2, labels = r$cluster$slab, cook = as.numeric(cooks.distance(f, reestimate = again, ...)),
      dfbetas = unname(as.matrix(dfbetas(f, reestimate = again, ...))))
  }
  s <- rstandard(f, cluster = cluster)
  found <- list(id = id, engine = engine, weights = if (is.null(f$W)) NULL else f$W, estimate = I(as.numeric(f$beta)), se = I(f$se), qm = f$QM,
    log_likelihood = as.numeric(logLik(f)), hat = as.numeric(hatvalues(f)), weight = as.numeric(weights(f)), resid = s$obs$resid,
    resid_se = s$obs$se, chi2 = s$cluster$X2, labels = s$cluster$slab, clusters = deleted(FALSE, cluster = cluster), effects = deleted(FALSE))
  if (id %in% c("nested", "weights")) found$again <- deleted(TRUE, cluster = cluster)
  found
}
cases <- lapply(names(fits), of_one)
writeLines(paste0("[\n", paste(vapply(cases, function(one) toJSON(one, auto_unbox = TRUE, digits = I(17), na = "null"), ""), collapse = ",\n"), "\n]"), file.path(args[1], "deletion.json"))
