# make_selection.R -- selection models with moderators and their profile limits, by metafor's selmodel and confint;
# weights that may not rise, by its likelihood (this version of selmodel has no decreasing=).
# usage: Rscript make_selection.R <outdir with data/>

args <- commandArgs(TRUE)
suppressMessages(library(metafor))
num <- function(x) paste0("[", paste(ifelse(is.na(x), "null", sprintf("%.17g", as.numeric(x))), collapse = ", "), "]")
line <- function(kind, id, found) { cat(kind, id, format(Sys.time()), "\n", file = stderr()); paste0("{\"kind\": \"", kind, "\", \"id\": \"", id, "\", \"engine\": \"metafor ",
  packageVersion("metafor"), " on R ", getRversion(), "\"", paste0(", \"", names(found), "\": ", sapply(found, num), collapse = ""), "}") }
d <- read.csv(file.path(args[1], "data", "bangertdrowns2004.csv"))
d$size <- (d$ni - 100) / 100
bcg <- read.csv(file.path(args[1], "data", "bcg__RR.csv"))
bcg$ablat <- read.csv(file.path(args[1], "data", "bcg.csv"))$ablat
tight <- function(tol) list(optimizer = "nlminb", rel.tol = tol, intCtrl = list(rel.tol = 1e-9))
selmodel_tight <- function(...) {                # the tightest that nlminb reaches
  for (tol in 10^-(12:8)) {
    s <- try(suppressWarnings(selmodel(..., control = tight(tol))), silent = TRUE)
    if (!inherits(s, "try-error")) return(s)
  }
}
selected <- function(id, type, mods, method = "ML", ..., tau2 = NULL, data = d) {
  f <- rma(yi, vi, mods = mods, data = data, method = method, tau2 = tau2)
  s <- selmodel_tight(f, type = type, ...)
  line("regression", id, list(coef = s$beta, se = s$se, vcov = s$vb, tau2 = s$tau2, se_tau2 = s$se.tau2, delta = s$delta, delta_se = s$se.delta,
    log_likelihood = s$ll, QM = s$QM, LRT = s$LRT, LRTp = s$LRTp))
}
limits <- function(id, type, mods, ..., data = d) {
  s <- selmodel_tight(rma(yi, vi, mods = mods, data = data, method = "ML"), type = type, ...)
  free <- which(!s$delta.fix)
  t2 <- suppressWarnings(confint(s, tau2 = TRUE, control = list(tol = 1e-10)))
  one <- function(i) { r <- try(suppressWarnings(confint(s, delta = i, control = list(tol = 1e-10))), silent = TRUE)
    if (inherits(r, "try-error")) c(NA, NA) else r$random[1, 2:3] }
  each <- sapply(free, one)
  line("limits", id, list(tau2 = t2$random[1, 2:3], delta_low = each[1, ], delta_high = each[2, ]))
}
falling <- function(id, data, steps, alternative) {
  e <- read.csv(file.path(args[1], "data", paste0(data, ".csv")))
  sign <- if (alternative == "less") -1 else 1
  p <- pnorm(sign * e$yi / sqrt(e$vi), lower.tail = FALSE); edges <- c(steps, 1)
  z <- -qnorm(c(0, edges))
  minus <- function(par) {                       # -log-likelihood; weights exp(-cumulated squares)
    mu <- par[1]; t2 <- par[2]^2; w <- c(1, exp(-cumsum(par[-(1:2)]^2)))
    sd <- sqrt(e$vi + t2)
    a <- sapply(seq_along(w), function(j) pnorm((z[j] * sqrt(e$vi) - mu) / sd) - pnorm((z[j + 1] * sqrt(e$vi) - mu) / sd)) %*% w
    -sum(dnorm(sign * e$yi, mu, sd, log = TRUE) + log(w[findInterval(p, c(0, edges), left.open = TRUE)]) - log(a))
  }
  set.seed(1); best <- NULL
  for (i in 1:15) {
    o <- nlminb(c(rnorm(1, 0, 0.5), runif(1, 0, 0.6), runif(length(edges) - 1, 0, 1.5)), minus, control = list(rel.tol = 1e-14, eval.max = 5000, iter.max = 5000))
    if (is.null(best) || o$objective < best$objective) best <- o
  }
  line("falling", id, list(coef = sign * best$par[1], tau2 = best$par[2]^2, delta = c(1, exp(-cumsum(best$par[-(1:2)]^2))), log_likelihood = -best$objective))
}
cases <- c(
  selected("step", "stepfun", ~ size, steps = 0.025),
  selected("steps", "stepfun", ~ size + grade, steps = c(0.025, 0.5)),
  selected("fe", "stepfun", ~ size, method = "EE", steps = c(0.05, 0.5)),
  selected("fixed", "stepfun", ~ size, steps = c(0.025, 0.5), delta = c(1, 0.6, 0.3)),
  selected("twosided", "stepfun", ~ size, steps = c(0.05, 0.5), alternative = "two.sided"),
  selected("given", "stepfun", ~ size, steps = 0.025, tau2 = 0.05),
  selected("beta", "beta", ~ size),
  selected("beta_part", "beta", ~ size, delta = c(NA, 1)),
  selected("beta_fe", "beta", ~ size, method = "EE"),
  selected("beta_fixed", "beta", ~ size, delta = c(0.8, 1)),
  selected("halfnorm", "halfnorm", ~ ablat, data = bcg),
  selected("halfnorm_fixed", "halfnorm", ~ size, delta = 2),
  selected("negexp", "negexp", ~ ablat, data = bcg),
  selected("negexp_given", "negexp", ~ size, tau2 = 0.05),
  selected("logistic", "logistic", ~ ablat, data = bcg),
  selected("logistic_two", "logistic", ~ size, alternative = "two.sided", delta = 1.5),
  selected("power", "power", ~ size),
  selected("power_less", "power", ~ ablat, alternative = "less", data = bcg),
  limits("step", "stepfun", ~ size, steps = 0.025),
  limits("halfnorm", "halfnorm", ~ ablat, data = bcg),
  falling("raudenbush", "raudenbush1985", c(0.025, 0.05, 0.5), "greater"))
writeLines(paste0("[\n", paste(cases, collapse = ",\n"), "\n]"), file.path(args[1], "selection.json"))
