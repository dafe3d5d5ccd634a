# make_without_trials.R -- pools of counts without each trial, and as trials are added, by metafor.
# usage: Rscript make_without_trials.R <outdir with data/>

args <- commandArgs(TRUE)
suppressMessages(library(metafor))
options(na.action = "na.pass")  # a trial without a number keeps its row
num <- function(x) paste0("[", paste(ifelse(is.na(x), "null", sprintf("%.17g", as.numeric(x))), collapse = ", "), "]")
numbers <- function(l) paste0("{\"estimate\": ", num(l$estimate), ", \"se\": ", num(l$se), ", \"p_value\": ", num(l$pval), ", \"ci_low\": ", num(l$ci.lb),
  ", \"q\": ", num(l$Q), ", \"q_p\": ", num(l$Qp), ", \"i2\": ", num(l$I2), ", \"h2\": ", num(l$H2), "}")
case <- function(dataset, method, f, year) paste0("{\"dataset\": \"", dataset, "\", \"method\": \"", method, "\", \"without\": ", numbers(leave1out(f)),
  ", \"rstudent\": ", num(rstudent(f)$z), ", \"cumulative\": ", numbers(cumul(f, order = year)), "}")
read <- function(name) read.csv(file.path(args[1], "data", paste0(name, ".csv")))
bcg <- read("bcg"); niel <- read("nielweise2007"); hart <- read("hart1999")
cases <- c()
for (m in c("OR", "RR", "RD")) {
  cases <- c(cases, case("bcg", m, rma.mh(ai = tpos, bi = tneg, ci = cpos, di = cneg, data = bcg, measure = m), bcg$year))
  if (m != "RD") cases <- c(cases, case("nielweise2007", m, rma.mh(ai = ai, n1i = n1i, ci = ci, n2i = n2i, data = niel, measure = m), niel$year))
}
for (m in c("IRR", "IRD")) cases <- c(cases, case("hart1999", m, rma.mh(x1i = x1i, t1i = t1i, x2i = x2i, t2i = t2i, data = hart, measure = m), hart$year))
cases <- c(cases, case("bcg", "Peto", rma.peto(ai = tpos, bi = tneg, ci = cpos, di = cneg, data = bcg), bcg$year),
  case("nielweise2007", "Peto", rma.peto(ai = ai, n1i = n1i, ci = ci, n2i = n2i, data = niel), niel$year))
engine <- paste0("metafor ", packageVersion("metafor"), " on R ", getRversion())
writeLines(paste0("{\"engine\": \"", engine, "\", \"cases\": [\n", paste(cases, collapse = ",\n"), "\n]}"), file.path(args[1], "without_trials.json"))
