# Conversions of printed numbers: five numbers, test statistics, 2x2 tables, Wald limits, the delta method.
# Rscript make_conversions.R OUT.json. Needs metafor 4.2 or newer, numDeriv and jsonlite: metafor 3.8.1, as in Debian 12, has
# none of conv.*. The numbers kept are those of metafor 5.1-12.
suppressMessages({library(metafor); library(jsonlite)})
args <- commandArgs(trailingOnly = TRUE)
cases <- list()
add <- function(what, call, given, found) cases[[length(cases) + 1]] <<- list(what = what, call = call, given = given, found = found)

# Five numbers, made up; the last row of each kind is skewed.
n <- c(5, 8, 15, 26, 40, 71, 120, 400, 60)
a <- c(2, 1.5, 9, 4, 9, 10, 3, 1, 1)
q1 <- c(3, 4, 16, 8, 16, 15, 8, 6, 2)
m <- c(4, 5.5, 20, 10, 20, 19, 11, 8.5, 3)
q3 <- c(5.5, 7, 25, 13, 25, 24, 14, 11, 9)
b <- c(7, 9, 33, 17, 33, 31, 21, 18, 40)
kinds <- list(range = list(min = a, median = m, max = b, n = n), quartiles = list(q1 = q1, median = m, q3 = q3, n = n),
              both = list(min = a, q1 = q1, median = m, q3 = q3, max = b, n = n))
for (kind in names(kinds)) for (method in c("luo/wan/shi", "wan2014", "hozo2005", "bland2015")) {
  if (method == "hozo2005" && kind != "range" || method == "bland2015" && kind != "both") next
  for (dist in c("norm", if (method == "luo/wan/shi") "lnorm")) for (test in c(TRUE, FALSE)) {
    r <- do.call(conv.fivenum, c(kinds[[kind]], list(method = method, dist = dist, test = test)))
    add("conv_fivenum", sprintf("conv.fivenum(method=\"%s\", dist=\"%s\", test=%s)", method, dist, test),
        c(kinds[[kind]], list(kind = kind, method = method, distribution = dist, test = test)), list(mean = r$mean, sd = r$sd))
  }
}

# Test statistics; signs say the direction.
n1 <- c(12, 20, 35, 8); n2 <- c(12, 22, 30, 9); tv <- c(2.5, -1.2, 0.4, 3.5)
pv <- c(0.02, -0.24, 0.69, 0.0004)
for (vt in c("LS", "LS2", "UB")) {
  e <- escalc(measure = "SMD", ti = tv, n1i = n1, n2i = n2, vtype = vt)
  add("smd_from_t", sprintf("escalc(measure=\"SMD\", ti=, vtype=\"%s\")", vt), list(t = tv, n1 = n1, n2 = n2, formula = vt), list(yi = c(e$yi), vi = e$vi))
}
e <- escalc(measure = "SMD", ti = tv, n1i = n1, n2i = n2)
add("smd_from_f", "escalc(measure=\"SMD\", ti=sqrt(F))", list(f = tv^2, direction = sign(tv), n1 = n1, n2 = n2), list(yi = c(e$yi), vi = e$vi))
e <- escalc(measure = "SMD", pi = pv, n1i = n1, n2i = n2)
add("smd_from_p", "escalc(measure=\"SMD\", pi=)", list(p = abs(pv), direction = sign(pv), n1 = n1, n2 = n2), list(yi = c(e$yi), vi = e$vi))
ni <- c(24, 42, 65, 17)
for (ms in c("COR", "ZCOR")) {
  e <- escalc(measure = ms, ti = tv, ni = ni)
  add("correlation_from_t", sprintf("escalc(measure=\"%s\", ti=)", ms), list(t = tv, n = ni, fisher = ms == "ZCOR"), list(yi = c(e$yi), vi = e$vi))
}

# Tables of two arms, from each statistic of them.
ai <- c(9, 4, 60, 17, 5); bi <- c(91, 119, 40, 280, 5); ci <- c(21, 11, 45, 12, 5); di <- c(79, 128, 55, 270, 5)
tables <- list(n = ai + bi + ci + di, n1 = ai + bi, events = ai + ci)
from <- function(statistic, given, ...) {
  r <- conv.2x2(..., ni = tables$n, n1i = tables$n1, n2i = tables$events)
  add("conv_2x2", sprintf("conv.2x2(%s)", statistic), c(tables, given), list(ai = r$ai, bi = r$bi, ci = r$ci, di = r$di))
}
or <- round(ai * di / (bi * ci), 2)
from("ori=", list(odds_ratio = or), ori = or)
phi <- round((ai * di - bi * ci) / sqrt((ai + bi) * (ci + di) * (ai + ci) * (bi + di)), 3)
from("ri=", list(phi = phi), ri = phi)
x2 <- mapply(function(a, b, c, d) suppressWarnings(unname(chisq.test(matrix(c(a, b, c, d), 2), correct = TRUE)$statistic)), ai, bi, ci, di)
x2 <- round(sign(ai * di - bi * ci) * x2, 2)
from("x2i=, correct=TRUE", list(chi2 = x2, correct = TRUE), x2i = x2, correct = TRUE)
x2 <- round(sign(phi) * tables$n * phi^2, 2)
from("x2i=, correct=FALSE", list(chi2 = x2, correct = FALSE), x2i = x2, correct = FALSE)

# Wald limits at several levels, one limit, z, P.
hr <- c(0.8, 0.7, 1.9, 0.33); lo <- c(0.5, 0.6, 1.1, 0.12); hi <- c(1.28, 0.82, 3.3, 0.91); lv <- c(95, 90, 99, 80)
wald <- function(call, given, ...) {
  r <- conv.wald(out = hr, ..., transf = log, check = FALSE)
  add("conv_wald", call, c(list(estimate = hr), given), list(yi = c(r$yi), vi = r$vi))
}
wald("conv.wald(ci.lb=, ci.ub=, level=, transf=log)", list(low = lo, high = hi, level = lv / 100), ci.lb = lo, ci.ub = hi, level = lv)
wald("conv.wald(ci.ub=, level=, transf=log)", list(high = hi, level = lv / 100), ci.ub = hi, level = lv)
zs <- c(-1.2, -3.4, 2.2, -0.3); ps <- c(0.03, 0.0004, 0.2, 0.81)
wald("conv.wald(zval=, transf=log)", list(z = zs), zval = zs)
wald("conv.wald(pval=, transf=log)", list(p = ps), pval = ps)

# The delta method.
y <- c(0.2, -0.5, 1.3, -0.01); v <- c(0.04, 0.09, 0.01, 0.2)
for (f in c("exp", "tanh", "transf.ilogit")) {
  r <- conv.delta(y, v, transf = get(f))
  add("conv_delta", sprintf("conv.delta(transf=%s)", f), list(y = y, v = v, transform = f), list(yi = c(r$yi), vi = r$vi))
}
text <- vapply(cases, function(c) toJSON(c, auto_unbox = TRUE, digits = I(17), na = "null"), "")
writeLines(paste0("[\n", paste(text, collapse = ",\n"), "\n]"), args[1])
