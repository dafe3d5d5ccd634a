# Matched margins, genotypes, R² by escalc; tetrachoric correlations by it and, as its search stops at four digits, by their equation. Inputs are made up.
# Rscript make_further_measures.R OUT.json [LIBRARY]; needs metafor, jsonlite, mvtnorm and numDeriv. Run once with each version of metafor; both lists are in further_measures.json.
arguments <- commandArgs(trailingOnly = TRUE)
if (length(arguments) > 1) .libPaths(c(arguments[2], .libPaths()))
suppressMessages({library(metafor); library(jsonlite); library(mvtnorm)})
engine <- paste("metafor", packageVersion("metafor"))
is_new <- packageVersion("metafor") >= "5.0"
cases <- list()
add <- function(measure, given, switches, found, by = engine) cases[[length(cases) + 1]] <<- list(measure = measure, engine = by, switches = switches, given = given,
  yi = I(as.numeric(found$yi)), vi = I(as.numeric(found$vi)))
case <- function(measure, given, ...) add(measure, given, list(...), suppressWarnings(do.call(escalc, c(list(measure = measure), given, list(...)))))

margins <- list(ai = c(30, 8, 0, 12), bi = c(55, 22, 9, 8), ci = c(25, 3, 4, 11), di = c(60, 27, 5, 9), ri = c(0.4667, -0.1, 0.2, 0.9))
for (way in list(list(), list(add = 0, to = "none"), list(add = 0.5, to = "all"))) do.call(case, c(list("MPORM", margins), way))
genotypes <- list(ai = c(30, 12, 0, 5), bi = c(50, 4, 10, 6), ci = c(15, 9, 7, 0))
case("REH", genotypes)
models <- list(r2i = c(0.3, 0.02, 0.85, 0.5), mi = c(3, 1, 5, 2), ni = c(100, 40, 25, 31))
if (is_new) { for (vt in c("LS", "LS2", "AV", "AV2")) case("R2", models, vtype = vt); case("ZR2", models)
  case("R2", list(fi = c(4.5, 0.8), mi = c(3, 2), ni = c(60, 40))); case("R2", list(pi = c(0.004, 0.2), mi = c(3, 2), ni = c(60, 40)))
  case("MPORM", c(lapply(margins[1:4], `[`, -3), list(pi = c(20, 1, 10) / c(85, 30, 20)))) }

counts <- list(ai = c(43, 10, 900, 3, 7, 18), bi = c(4, 10, 100, 997, 20, 1), ci = c(12, 5, 100, 1, 30, 2), di = c(18, 15, 900, 999, 4, 25))
for (m in if (is_new) c("RTET", "ZTET") else "RTET") { case(m, counts); case(m, counts, add = 0.5, to = "all") }
case("RTET", list(ai = c(5, 0, 4), bi = c(3, 5, 6), ci = c(0, 3, 0), di = c(9, 9, 6)))
cell <- function(h, k, r) as.numeric(pmvnorm(upper = c(h, k), corr = matrix(c(1, r, r, 1), 2), algorithm = TVPACK(1e-15)))
exact <- function(a, b, c, d) {
  n <- a + b + c + d
  minus <- function(x) { p <- cell(x[2], x[3], x[1]); q <- c(p, pnorm(x[2]) - p, pnorm(x[3]) - p, 1 - pnorm(x[2]) - pnorm(x[3]) + p); -sum(c(a, b, c, d) * log(q)) }
  h <- qnorm((a + b) / n); k <- qnorm((a + c) / n)
  r <- uniroot(function(r) cell(h, k, r) - a / n, c(-0.99999, 0.99999), tol = 1e-15)$root
  c(r, solve(numDeriv::hessian(minus, c(r, h, k), method.args = list(d = 5e-3, zero.tol = 1e-4, eps = 5e-3)))[1, 1])
}
if (!is_new) { e <- mapply(exact, counts$ai, counts$bi, counts$ci, counts$di); add("RTET", counts, list(), list(yi = e[1, ], vi = e[2, ]), paste("mvtnorm", packageVersion("mvtnorm"))) }
line <- function(one) toJSON(one, auto_unbox = TRUE, digits = I(17), na = "null")
writeLines(paste0("[\n", paste(vapply(cases, line, ""), collapse = ",\n"), "\n]"), arguments[1])
