# make_peers.R -- effect measures without a column in a review, fit statistics, means of true values, effects averaged in clusters.
# usage: Rscript make_peers.R <outdir with data/>, writes peers.json; inputs of measures are made up
args <- commandArgs(TRUE)
suppressMessages({library(metafor); library(jsonlite)})
engine <- paste("metafor", packageVersion("metafor"), "on R", getRversion())
cases <- list()
add <- function(kind, id, given, found) cases[[length(cases) + 1]] <<- list(kind = kind, id = id, engine = engine, given = given, found = found)

escalc_case <- function(measure, given, ...) {
  es <- suppressWarnings(do.call(escalc, c(list(measure = measure), given, list(...))))
  add("escalc", paste(c(measure, unlist(list(...))), collapse = "_"), c(list(columns = given, switches = list(...))), list(y = as.numeric(es$yi), v = as.numeric(es$vi)))
}
pairs <- list(ai = c(20, 0, 3, 7, 0), bi = c(10, 4, 0, 6, 0), ci = c(5, 2, 3, 0, 3), di = c(20, 9, 8, 12, 4))
ways <- list(list(), list(add = 0, to = "none"), list(add = 0.25, to = "if0all"), list(add = 0.5, to = "all"))
for (m in c("MPRD", "MPRR", "MPOR", "MPORC", "MPPETO")) for (way in ways) do.call(escalc_case, c(list(m, pairs), way))
alphas <- list(ai = c(0.9, 0.5, -0.2, 0.77), mi = c(10, 4, 3, 2), ni = c(50, 30, 20, 7))
for (m in c("ARAW", "AHW", "ABT")) escalc_case(m, alphas)
counts <- list(ai = c(135, 0, 3, 20), bi = c(15, 9, 12, 0), ci = c(40, 3, 10, 18), di = c(10, 5, 5, 0))
for (way in ways) do.call(escalc_case, c(list("PBIT", counts), way))
means <- list(m1i = c(5, 4.9, 22.5, 12.5), sd1i = c(4.7, 1.7, 3.4, 1.5), n1i = c(13, 30, 35, 4), m2i = c(6.5, 6.1, 24.9, 12.3), sd2i = c(3.8, 2.3, 10.7, 1.7), n2i = c(13, 50, 35, 6))
for (vt in c("ST", "CS")) escalc_case("RPB", means, vtype = vt)
escalc_case("RBIS", means)
escalc_case("SPCOR", list(ti = c(2, -3.1, 0.4), ni = c(100, 40, 25), mi = c(3, 5, 1), r2i = c(0.3, 0.5, 0.02)))

d <- read.csv(file.path(args[1], "data", "bcg__RR.csv"))
raw <- read.csv(file.path(args[1], "data", "bcg.csv"))
d$ablat <- raw$ablat; d$alloc <- raw$alloc; d$trial <- raw$trial
tight <- list(threshold = 1e-15, maxiter = 1000)
for (method in c("REML", "ML", "DL", "PM", "EE", "SJ")) for (mods in c("~ 1", "~ ablat", "~ ablat + alloc")) {
  name <- if (method == "EE" && mods != "~ 1") "FE" else method
  fit <- rma(yi, vi, mods = as.formula(mods), data = d, method = name, control = if (method %in% c("REML", "ML", "PM")) c(tight, tol = 1e-15) else list())
  add("fit", paste(name, mods), list(method = name, mods = mods), setNames(as.list(as.numeric(fitstats(fit))), c("log_likelihood", "deviance", "aic", "bic", "aicc")))
}
fixed <- rma(yi, vi, mods = ~ ablat, data = d, tau2 = 0.1, method = "ML")
add("fit", "given ~ ablat", list(method = 0.1, mods = "~ ablat"), setNames(as.list(as.numeric(fitstats(fixed))), c("log_likelihood", "deviance", "aic", "bic", "aicc")))

for (y in c(-1, 0.2, 0.549306144334055)) for (tau2 in c(0.01, 0.1, 0.4)) {
  t <- list(tau2 = tau2)
  add("mean", paste(y, tau2), list(y = y, tau2 = tau2), list(PLO = transf.ilogit.int(y, targs = c(t, lower = y - 9 * sqrt(tau2), upper = y + 9 * sqrt(tau2))),
    ZCOR = transf.ztor.int(y, targs = c(t, lower = y - 9 * sqrt(tau2), upper = y + 9 * sqrt(tau2))), RR = transf.exp.int(y, targs = c(t, lower = y - 9 * sqrt(tau2), upper = y + 9 * sqrt(tau2)))))
}
es <- escalc("RR", yi = d$yi, vi = d$vi)
for (level in c(95, 90)) { s <- summary(es, level = level); add("summary", paste("bcg", level), list(level = level / 100), list(se = s$sei, statistic = s$zi, p_value = s$pval, ci_low = s$ci.lb, ci_high = s$ci.ub)) }

k <- dat.konstantopoulos2011
for (w in c(TRUE, FALSE)) {
  a <- aggregate(escalc(yi = yi, vi = vi, data = k), cluster = district, rho = 0.6, weighted = w)
  add("aggregate", paste("konstantopoulos", w), list(y = k$yi, v = k$vi, cluster = k$district, rho = 0.6, weighted = w), list(y = as.numeric(a$yi), v = as.numeric(a$vi), group = a$district))
}
b <- read.csv(file.path(args[1], "data", "bangertdrowns2004.csv"))
b$size <- (b$ni - 100) / 100
for (test in c("z", "t")) {
  for (reach in c(1e-13, 1e-12, 1e-11, 1e-10)) {     # the tightest that nlminb reaches
    f <- try(rma(yi, vi, data = b, mods = ~ size, scale = ~ size + grade, test = test, control = list(optimizer = "nlminb", rel.tol = reach)), silent = TRUE)
    if (!inherits(f, "try-error")) break
  }
  group <- anova(f, att = 2:3); sums <- anova(f, Z = rbind(c(1, 0, 2), c(1, 1, 3)))
  at <- predict(f, newscale = rbind(c(0, 2), c(1, 3)))
  add("of_scale", paste("schools", test), list(test = test), list(joint = group$QS, joint_p = group$QSp, sums = as.numeric(sums$Za), sums_se = as.numeric(sums$se),
    estimate = at$pred, ci_low = at$ci.lb, ci_high = at$ci.ub))
}
for (test in c("z", "knha")) for (mods in c("~ ablat", "~ ablat + alloc")) {
  s <- blup(rma(yi, vi, mods = as.formula(mods), data = d, test = test, control = tight))
  add("blup", paste(mods, test), list(test = test, mods = mods), list(estimate = s$pred, se = s$se))
}
s <- list(x1i = c(32, 104, 206, 186, 102), t1i = c(52407, 43248, 28612, 12663, 5317), x2i = c(2, 12, 28, 28, 31), t2i = c(18790, 10673, 5710, 2585, 1462))
for (correct in c(TRUE, FALSE)) { f <- do.call(rma.mh, c(list(measure = "IRR", correct = correct), s)); add("mh_rates", paste("smokers", correct), c(s, list(correct = correct)), list(statistic = f$MH, p_value = f$MHp)) }
told <- function(p) list(estimate = p$pred, se = p$se, ci_low = p$ci.lb, ci_high = p$ci.ub, pi_low = p$pi.lb, pi_high = p$pi.ub)
pooled <- rma(yi, vi, data = d, control = list(threshold = 1e-15)); line <- rma(yi, vi, mods = ~ ablat, data = d, control = list(threshold = 1e-15))
add("predicted", "robust pool", list(tau2 = pooled$tau2, at = I(list(I(1)))), told(predict(robust(pooled, cluster = d$trial))))
add("predicted", "robust line", list(tau2 = line$tau2, at = I(list(c(1, 30), c(1, 50)))), told(predict(robust(line, cluster = d$trial), newmods = c(30, 50))))
f <- rma(yi, vi, data = b, mods = ~ size, scale = ~ size, control = list(optimizer = "nlminb", rel.tol = 1e-12))
add("predicted", "location-scale", list(at = I(list(c(1, 0), c(1, 2)))), told(predict(f, newmods = c(0, 2), newscale = c(0, 2))))
writeLines(paste0("[\n", paste(vapply(cases, function(one) toJSON(one, auto_unbox = TRUE, digits = I(17), na = "null"), ""), collapse = ",\n"), "\n]"), file.path(args[1], "peers.json"))
