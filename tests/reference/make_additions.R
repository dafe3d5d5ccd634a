# make_additions.R -- areas under the curve, changes by both standard deviations, selection by a cut of the effect, location-scale models with the identity link,
# without a constant and by permutation, correlations of one sample and their regression, long frames.
# usage: Rscript make_additions.R <outdir with data/>, writes additions.json; numbers of areas and correlations made up
args <- commandArgs(TRUE)
suppressMessages({library(metafor); library(metadat); library(jsonlite)})
engine <- paste("metafor", packageVersion("metafor"), "on R", getRversion())
cases <- list()
add <- function(kind, id, given, found) cases[[length(cases) + 1]] <<- list(kind = kind, id = id, engine = engine, given = given, found = found)
num <- function(x) I(as.numeric(x))
area <- function(measure, columns, ...) {
  e <- do.call(escalc, c(list(measure = measure), columns, list(...)))
  add("area", measure, list(columns = columns, switches = list(...)), list(y = num(e$yi), v = num(e$vi)))
}
printed <- list(ai = c(0.893171, 0.55, 0.5, 0.02), n1i = c(51, 20, 3, 40), n2i = c(58, 35, 8, 9))
for (m in c("AUC", "CLES")) for (vt in c("LS", "LS2")) area(m, printed, vtype = vt)
means <- list(m1i = c(5, 4.9, 22.5, 12.5), sd1i = c(4.7, 1.7, 3.4, 1.5), n1i = c(13, 30, 35, 4), m2i = c(6.5, 6.1, 24.9, 12.3), sd2i = c(3.8, 2.3, 10.7, 1.7), n2i = c(13, 50, 35, 6))
for (m in c("AUCN", "CLESN")) for (vt in c("LS", "HO")) area(m, means, vtype = vt)
pairs <- list(m1i = c(38.5, 26.8, 0.7), m2i = c(30.6, 23.5, 0.5), sd1i = c(11.6, 4.1, 0.1), sd2i = c(15.0, 3.1, 0.1), ni = c(20, 50, 9), ri = c(0.47, 0.64, 0.77))
for (m in c("AUCCN", "CLESCN")) area(m, pairs)
for (correct in c(TRUE, FALSE)) for (m in c("SMCRP", "CVRC")) area(m, pairs, correct = correct)
for (vt in c("LS", "LS2")) area("SMCRPH", pairs, vtype = vt)
area("VRC", pairs[c("sd1i", "sd2i", "ni", "ri")])

h <- read.csv(file.path(args[1], "data", "bangertdrowns2004.csv"))
h$size <- (h$ni - 100) / 100
tight <- function(call) {                       # the tightest that nlminb reaches
  for (tol in 10^-(13:6)) { f <- try(suppressWarnings(call(list(optimizer = "nlminb", rel.tol = tol))), silent = TRUE); if (!inherits(f, "try-error")) return(f) }
  stop(f)
}
cut <- function(id, mods, method, steps, alternative, delta = NA) {
  s <- tight(function(control) selmodel(rma(yi, vi, mods = mods, data = h, method = method), type = "trunc", steps = steps, alternative = alternative,
    delta = delta, control = control))
  add("cut", id, list(cut = steps, alternative = alternative, method = method, delta = delta, size = mods != ~ 1), list(coef = num(s$beta), se = num(s$se), tau2 = s$tau2,
    delta = num(s$delta), delta_se = num(s$se.delta), log_likelihood = as.numeric(logLik(s)), lrt = s$LRT))
}
cut("zero", ~ 1, "ML", 0, "greater"); cut("above", ~ 1, "ML", 0.15, "greater"); cut("less", ~ 1, "ML", 0.5, "less")
cut("fixed effect", ~ 1, "EE", 0, "greater"); cut("known", ~ 1, "ML", 0, "greater", delta = 0.4); cut("line", ~ size, "ML", 0.1, "greater")

L <- escalc(measure = "RR", ai = ai, n1i = n1i, ci = ci, n2i = n2i, data = dat.laopaiboon2015)
L$ni <- L$n1i + L$n2i
spread <- function(id, method, scale, link, data = L, ...) {
  f <- tight(function(control) rma(yi, vi, scale = scale, link = link, data = data, method = method, control = control, ...))
  add("scale", id, list(method = method, link = link, y = num(data$yi), v = num(data$vi), z = unname(model.matrix(scale, data = data))),
    list(coef = num(f$beta), se = num(f$se), scale = num(f$alpha), scale_se = num(f$se.alpha), log_likelihood = as.numeric(logLik(f)), qs = f$QS, tau2 = num(f$tau2)))
}
for (method in c("ML", "REML")) {
  spread(paste("identity", method), method, ~ I(100 / ni), "identity"); spread(paste("log", method), method, ~ I(100 / ni), "log")
  spread(paste("log without a constant", method), method, ~ 0 + I(100 / ni), "log")
  spread(paste("identity without a constant", method), method, ~ 0 + I(100 / ni), "identity")
}
b <- escalc(measure = "RR", ai = tpos, bi = tneg, ci = cpos, di = cneg, data = dat.bcg)
spread("identity by groups", "REML", ~ alloc, "identity", data = b)

few <- data.frame(yi = c(2.44, -2.16, 0.82, -0.17, -0.05, 0.18), vi = c(0.06, 0.03, 0.08, 0.03, 0.05, 0.06), dose = c(1, 3, 3, 1, 5, 5), year = c(0, 1, 0, 1, 1, 0))
permuted <- function(id, mods) {
  f <- rma(yi, vi, mods = mods, scale = ~ dose, data = few, control = list(optimizer = "nlminb"))
  p <- suppressWarnings(permutest(f, exact = TRUE, progbar = FALSE))
  add("permuted", id, list(y = few$yi, v = few$vi, dose = few$dose, year = if (id == "line") few$year else NULL),
    list(p_values = num(p$pval), scale_p = num(p$pval.alpha), qm_p = p$QMp, qs_p = p$QSp, fits = c(sum(!is.na(p$QM.perm)), sum(!is.na(p$QS.perm)))))
}
permuted("mean", ~ 1); permuted("line", ~ year)

R <- matrix(c(1, .5, .3, -.2, .5, 1, .2, .1, .3, .2, 1, .45, -.2, .1, .45, 1), 4)
for (z in c(FALSE, TRUE)) { r <- rcalc(R, ni = 101, rtoz = z); add("rcalc", paste("z", z), list(r = R, n = 101, z = z), list(y = num(r$dat$yi), v = unname(as.matrix(unclass(r$V))))) }
V <- unclass(rcalc(R, ni = 101)$V); attributes(V) <- list(dim = dim(V))
told <- function(m) list(coef = num(m$tab$beta), se = num(m$tab$se), p = num(m$tab$pval), low = num(m$tab$ci.lb), high = num(m$tab$ci.ub), r2 = m$R2, v = unname(as.matrix(m$vb)))
for (x in list(2:4, c(4, 2), 3)) {
  m <- matreg(1, x, R, n = 101); add("matreg", paste(c("n", x), collapse = " "), list(r = R, x = I(x), n = 101), c(told(m), list(all = m$F[[1]], all_p = m$Fp)))
  m <- matreg(1, x, R, V = V); add("matreg", paste(c("V", x), collapse = " "), list(r = R, x = I(x), covariance = V), c(told(m), list(all = m$QM, all_p = m$QMp)))
}
writeLines(paste0("[\n", paste(vapply(cases, function(one) toJSON(one, auto_unbox = TRUE, digits = I(17), na = "null"), ""), collapse = ",\n"), "\n]"), file.path(args[1], "additions.json"))
