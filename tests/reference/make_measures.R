# Effect measures under metafor's switches: escalc's yi and vi, with the numbers given. Inputs are made up.
# Rscript make_measures.R OUT.json [LIBRARY]; needs metafor and jsonlite, for UCOR and vtype "UB" gsl too.
# Run once with each version of metafor, and put both lists into measures.json.
arguments <- commandArgs(trailingOnly = TRUE)
if (length(arguments) > 1) .libPaths(c(arguments[2], .libPaths()))
suppressMessages({library(metafor); library(jsonlite)})
engine <- paste("metafor", packageVersion("metafor"))
is_new <- packageVersion("metafor") >= "5.0"
cases <- list()
case <- function(measure, given, ...) {
  switches <- list(...)
  es <- tryCatch(suppressWarnings(do.call(escalc, c(list(measure = measure), given, switches))), error = function(e) NULL)
  if (is.null(es)) return(invisible())          # a switch that this version does not know
  cases[[length(cases) + 1]] <<- list(measure = measure, engine = engine, switches = switches, given = given,
    yi = I(as.numeric(es$yi)), vi = I(as.numeric(es$vi)))
}

counts <- list(ai = c(4, 0, 12, 0, 20, 7), n1i = c(123, 20, 40, 15, 20, 31), ci = c(11, 3, 7, 0, 18, 0), n2i = c(139, 25, 39, 30, 18, 29))
full <- list(ai = c(4, 6, 12, 3), n1i = c(123, 60, 40, 15), ci = c(11, 13, 7, 9), n2i = c(139, 55, 39, 31))
rates <- list(x1i = c(9, 0, 4, 0), t1i = c(413, 100, 263.5, 50), x2i = c(19, 3, 13, 0), t2i = c(398, 120, 245, 80))
means <- list(m1i = c(5, 4.9, 22.5, 12.5), sd1i = c(4.7, 1.7, 3.4, 1.5), n1i = c(13, 30, 35, 4), m2i = c(6.5, 6.1, 24.9, 12.3), sd2i = c(3.8, 2.3, 10.7, 1.7), n2i = c(13, 50, 35, 6))
group_counts <- list(xi = c(0, 11, 29, 3, 120), ni = c(20, 29, 29, 2000, 300))
group_rates <- list(xi = c(0, 9, 4, 30), ti = c(100, 413, 263.5, 80))
group_means <- list(mi = c(5, 11.2, 0.4), sdi = c(2, 4.1, 0.6), ni = c(20, 29, 6))
correlations <- list(ri = c(0.3, -0.62, 0.05, 0.9), ni = c(20, 29, 103, 6))
partial <- list(ri = c(0.3, -0.5, 0.1), ni = c(103, 53, 20), mi = c(3, 4, 1))
pairs <- list(m1i = c(38.5, 23.1, 49.4), m2i = c(30.6, 23.5, 44.9), sd1i = c(15.0, 3.1, 12.8), sd2i = c(11.6, 4.1, 14.8), ni = c(20, 50, 7), ri = c(0.47, 0.64, -0.2))

ways <- list(list(), list(drop00 = TRUE), list(add = 0.5, to = "all"), list(add = 0.25, to = "if0all"), list(add = 0, to = "none"))
for (m in c("RR", "OR", "RD", "PETO", "AS", "PHI", "YUQ", "YUY", "OR2D", "OR2DL", "OR2DN", "ZPHI", "PBIT"))
  for (way in ways) do.call(case, c(list(m, counts), way))
for (m in c("IRR", "IRD", "IRSD")) for (way in ways) do.call(case, c(list(m, rates), way))
for (m in c("PR", "PLN", "PLO", "PAS", "PFT", "PRZ")) for (way in ways[-2]) do.call(case, c(list(m, group_counts), way))
for (m in c("IR", "IRLN", "IRS", "IRFT")) for (way in ways[-2]) do.call(case, c(list(m, group_rates), way))
for (vt in c("LS", "AV")) for (m in c("RR", "OR")) case(m, full, vtype = vt)
for (vt in c("LS", "UB", "AV")) { case("RD", full, vtype = vt); case("PR", list(xi = full$ai, ni = full$n1i), vtype = vt) }
for (vt in c("LS", "AV")) for (m in c("PLN", "PLO")) case(m, list(xi = full$ai, ni = full$n1i), vtype = vt)
for (vt in c("ST", "CS")) for (m in c("PHI", "ZPHI")) case(m, full, vtype = vt)
apart <- list(m1i = c(30, 9, 5), sd1i = c(1.7, 3.2, 4.7), n1i = c(12, 7, 13), m2i = c(24, 2, 6.5), sd2i = c(1.2, 2.4, 3.8), n2i = c(6, 20, 13))   # the first means lie far apart
for (m in c("RPB", "ZPB")) for (vt in c("LS", "ST", "CS")) case(m, means, vtype = vt)
for (m in c("RBIS", "ZBIS")) for (given in list(means, apart)) case(m, given)
for (m in c("MD", "SMD", "SMDH", "SMD1", "SMD1H", "D2OR", "D2ORL", "D2ORN", "ROM", "VR", "CVR")) case(m, means)
for (vt in c("LS2", "UB", "AV")) for (m in c("SMD", "SMD1")) case(m, means, vtype = vt)
for (vt in c("LS2", "LS3")) case("SMDH", means, vtype = vt)
for (vt in c("HO", "AV", "AVHO", "LS2")) case("ROM", means, vtype = vt)
case("MD", means, vtype = "HO")
for (m in c("VR", "CVR")) case(m, means, vtype = "LS2")
for (m in c("MC", "SMCC", "SMCR", "SMCRH", "ROMC")) case(m, pairs)
for (vt in c("LS2", "UB")) for (m in c("SMCC", "SMCR")) case(m, pairs, vtype = vt)
case("SMCRH", pairs, vtype = "LS2")
for (m in c("MN", "SMN", "MNLN", "SDLN", "CVLN")) case(m, group_means)
case("MN", group_means, vtype = "HO")
for (m in c("COR", "UCOR", "ZCOR")) case(m, correlations)
for (vt in c("AV", "UB")) for (m in c("COR", "UCOR")) case(m, correlations, vtype = vt)
t <- partial$ri * sqrt((partial$ni - partial$mi - 1) / (1 - partial$ri^2))
for (m in c("PCOR", "ZPCOR")) {                 # older versions take the t statistic alone
  case(m, if (is_new) partial else list(ti = t, ni = partial$ni, mi = partial$mi))
}
if (is_new) {
  case("PCOR", partial, vtype = "AV")
  for (m in c("SMD", "SMDH", "SMD1", "SMD1H", "ROM", "VR", "CVR")) case(m, means, correct = FALSE)
  for (m in c("SMCC", "SMCR", "SMCRH", "ROMC")) case(m, pairs, correct = FALSE)
  for (m in c("SMN", "SDLN", "CVLN")) case(m, group_means, correct = FALSE)
}
line <- function(one) toJSON(one, auto_unbox = TRUE, digits = I(17), na = "null")
writeLines(paste0("[\n", paste(vapply(cases, line, ""), collapse = ",\n"), "\n]"), arguments[1])
