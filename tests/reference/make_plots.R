# make_plots.R -- what metafor draws: coordinates of plots that it returns, without drawing any.
# usage: Rscript make_plots.R <outdir with data/>

args <- commandArgs(TRUE)
suppressMessages(library(metafor))
pdf(NULL)
num <- function(x) paste0("[", paste(sprintf("%.17g", as.numeric(x)), collapse = ", "), "]")
engine <- paste0("\"engine\": \"metafor ", packageVersion("metafor"), " on R ", getRversion(), "\"")
case <- function(kind, id, call, ...) {
  given <- list(...)
  paste0("{\"kind\": \"", kind, "\", \"id\": \"", id, "\", ", engine, ", \"call\": \"", call, "\"",
    paste0(", \"", names(given), "\": ", sapply(given, num), collapse = ""), "}")
}
b <- read.csv(file.path(args[1], "data", "bcg__RR.csv"))
tight <- list(threshold = 1e-15, maxiter = 10000)
reml <- rma(yi, vi, data = b, control = tight)
equal <- rma(yi, vi, data = b, method = "EE")
few <- rma(yi, vi, data = b[1:9, ], method = "DL")
latitude <- rma(yi, vi, mods = ~ ablat, data = cbind(b, ablat = dat.bcg$ablat), control = tight)

# The envelope of qqnorm() is drawn and not returned: its own lines, with many simulations.
envelope <- function(x, level, bonferroni, reps = 400000) {
  set.seed(1)
  H <- hatvalues(x, type = "matrix")
  e <- apply((diag(x$k) - H) %*% matrix(rnorm(x$k * reps), nrow = x$k), 2, sort)
  tail <- (1 - level) / 2 / (if (bonferroni) x$k else 1)
  list(low = apply(e, 1, quantile, tail), high = apply(e, 1, quantile, 1 - tail))
}
qq <- function(id, x, call, level = 0.95, bonferroni = FALSE, ...) {
  at <- qqnorm(x, envelope = FALSE, ...)
  order <- order(at$y)
  lines <- envelope(x, level, bonferroni)
  case("qq", id, call, quantile = at$x[order], residual = at$y[order], low = lines$low, high = lines$high)
}
radii <- function(id, x, call) { at <- radial(x); case("radial", id, call, x = at$x, z = at$y) }
at <- baujat(equal); places <- case("baujat", "equal", "baujat(rma(yi, vi, method='EE'))", x = at$x, y = at$y)
tau2 <- seq(0, 1.2, length.out = 13)
p <- profile(reml, xlim = c(0, 1.2), steps = 13, progbar = FALSE)
limits <- confint(reml, type = "PL", control = list(tol = 1e-12))$random
l <- labbe(rma(ai = tpos, n1i = tpos + tneg, ci = cpos, n2i = cpos + cneg, data = dat.bcg, measure = "RR"), transf = exp)
line <- predict(latitude, newmods = c(13, 33, 55))
g <- gosh(rma(yi, vi, data = b[1:7, ], method = "DL"), progbar = FALSE)
cases <- c(
  qq("reml", reml, "qqnorm(rma(yi, vi), smooth=FALSE)"),
  qq("rstudent", reml, "qqnorm(rma(yi, vi), type='rstudent', bonferroni=TRUE, smooth=FALSE)", bonferroni = TRUE, type = "rstudent"),
  qq("few", few, "qqnorm(rma(yi, vi, method='DL'), smooth=FALSE)"),
  radii("reml", reml, "radial(rma(yi, vi))"),
  radii("equal", equal, "radial(rma(yi, vi, method='EE'))"),
  places,
  case("profile", "reml", "profile(rma(yi, vi), xlim=c(0, 1.2), steps=13)", tau2 = p$tau2, log_likelihood = p$ll),
  case("labbe", "bcg", "labbe(rma(measure='RR', ...), transf=exp)", control = l$x, intervention = l$y),
  case("regplot", "latitude", "predict(rma(yi, vi, mods = ~ ablat), newmods=c(13, 33, 55))", estimate = line$pred, ci_low = line$ci.lb, ci_high = line$ci.ub, pi_low = line$pi.lb, pi_high = line$pi.ub),
  case("gosh", "seven", "gosh(rma(yi, vi, method='DL'))", estimate = g$res$estimate, i2 = g$res$I2))
writeLines(paste0("[\n", paste(cases, collapse = ",\n"), "\n]"), file.path(args[1], "plots.json"))
