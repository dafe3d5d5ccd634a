# make_stopping.R -- fragility by trying every move, smallest trials by root search, conditional
# power by integration; with metafor, which shares no code with the package.
# usage: Rscript make_stopping.R > stopping.json
suppressMessages(library(metafor))

number <- function(x) if (is.logical(x)) tolower(as.character(x)) else sprintf("%.17g", x)
several <- function(x) paste0("[", paste(vapply(x, number, ""), collapse = ", "), "]")
value <- function(x) if (is.character(x)) paste0("\"", x, "\"") else if (length(x) > 1) several(x) else number(x)
case <- function(...) { x <- list(...); paste0(" {", paste0("\"", names(x), "\": ", vapply(x, value, ""), collapse = ", "), "}") }

tests <- list(wald = "z", hksj = "knha", hksj_adhoc = "adhoc")
limits <- function(y, v, tau2, interval) { m <- rma(y, v, method = tau2, test = tests[[interval]], control = list(threshold = 1e-14, maxiter = 20000, stepadj = 0.5)); c(m$ci.lb, m$ci.ub) }
excludes <- function(ends) ends[1] > 0 || ends[2] < 0

# every way to move d events, each once, as a list of vectors of net changes in 2k arms
moves <- function(arms, d) {
  if (d == 0) return(list(rep(0, arms)))
  if (arms == 0) return(list())
  found <- list()
  for (here in -d:d) for (rest in moves(arms - 1, d - abs(here))) found[[length(found) + 1]] <- c(here, rest)
  found
}
fragility <- function(a, n1, c, n2, measure, tau2, interval, deepest) {
  ends <- function(da, dc) { e <- escalc(measure = measure, ai = a + da, n1i = n1, ci = c + dc, n2i = n2, drop00 = measure != "RD"); e <- e[!is.na(e$yi), ]; limits(e$yi, e$vi, tau2, interval) }
  odd <- seq(1, 2 * length(a), 2); before <- excludes(ends(0, 0))
  for (d in 1:deepest) {
    fewest <- Inf; ways <- 0
    for (m in moves(2 * length(a), d)) { da <- m[odd]; dc <- m[-odd]
      if (any(a + da < 0) || any(a + da > n1) || any(c + dc < 0) || any(c + dc > n2)) next
      if (excludes(ends(da, dc)) != before) { ways <- ways + 1; fewest <- min(fewest, sum(da != 0 | dc != 0)) } }
    if (ways > 0) return(list(before = before, fewest = d, ways = ways, trials = fewest))
  }
  list(before = before, fewest = NA, ways = 0, trials = 0)
}
out <- character()
sets <- list(
  undecided = list(a = c(5, 3), n1 = c(60, 45), c = c(10, 8), n2 = c(60, 50), deepest = 5),
  decided = list(a = c(3, 4), n1 = c(60, 50), c = c(15, 14), n2 = c(60, 52), deepest = 5),
  empty = list(a = c(0, 1, 3), n1 = c(30, 25, 60), c = c(4, 3, 9), n2 = c(30, 25, 61), deepest = 3))
for (name in names(sets)) for (measure in c("RR", "OR", "RD")) for (how in list(c("DL", "wald"), c("REML", "hksj_adhoc"))) {
  s <- sets[[name]]
  f <- tryCatch(fragility(s$a, s$n1, s$c, s$n2, measure, how[1], how[2], s$deepest), error = function(e) NULL)
  if (is.null(f) || is.na(f$fewest)) next
  out <- c(out, case(kind = "fragility", set = name, events_intervention = s$a, n_intervention = s$n1, events_control = s$c, n_control = s$n2,
    measure = measure, tau2 = how[1], interval = how[2], excludes = f$before, fewest = f$fewest, ways = f$ways, trials = f$trials))
  message(name, " ", measure, " ", how[1], " ", f$fewest)
}
y <- c(-0.5, -0.3, -0.4, -0.1); v <- c(0.04, 0.02, 0.03, 0.09)
hy <- c(-0.4, 0.1, -0.6, 0.05); hv <- c(0.05, 0.03, 0.08, 0.02)
for (data in list(list("alike", y, v, 0), list("unlike", hy, hv, -0.5), list("unlike", hy, hv, -0.2)))
  for (how in list(c("DL", "wald"), c("REML", "wald"), c("REML", "hksj"))) {
    y_ <- data[[2]]; v_ <- data[[3]]; e <- data[[4]]; like <- median(v_); before <- excludes(limits(y_, v_, how[1], how[2]))
    side <- if (before) function(ends) min(abs(ends)) * ifelse(excludes(ends), 1, -1) else function(ends) max(ends[1], -ends[2])
    gap <- function(size) side(limits(c(y_, e), c(v_, like / size), how[1], how[2]))
    grid <- exp(seq(log(1e-3), log(1e4), length.out = 300)); flips <- vapply(grid, function(s) excludes(limits(c(y_, e), c(v_, like / s), how[1], how[2])) != before, NA)
    size <- if (!any(flips)) -1 else if (flips[1]) grid[1] else uniroot(gap, grid[which(flips)[1] + c(-1, 0)], tol = 1e-13)$root
    fewest <- -1; for (m in 1:40) if (excludes(limits(c(y_, rep(e, m)), c(v_, rep(like, m)), how[1], how[2])) != before) { fewest <- m; break }
    out <- c(out, case(kind = "next_trials", y = y_, v = v_, effect = e, tau2 = how[1], interval = how[2], excludes = before, like = like, size = size, trials = fewest))
  }
for (at in list(c(1.5, 0.5, 0), c(1.5, 0.5, 2.801585), c(-2.2, 0.31, -3.1), c(0.4, 0.9, 0.42))) {
  z <- at[1]; t <- at[2]; drift <- at[3]; c_ <- qnorm(0.975)
  # the density of what is still to come, integrated over where the final z lies beyond c
  beyond <- function(from, to) integrate(function(step) dnorm(step, drift * (1 - t), sqrt(1 - t)), from, to, rel.tol = 1e-13, abs.tol = 0)$value
  out <- c(out, case(kind = "conditional_power", z = z, fraction = t, drift = drift, critical = c_,
    above = beyond(c_ - z * sqrt(t), Inf), below = beyond(-Inf, -c_ - z * sqrt(t))))
}
cat("[\n", paste(c(case(kind = "engine", engine = paste("metafor", packageVersion("metafor"))), out), collapse = ",\n"), "\n]\n", sep = "")
