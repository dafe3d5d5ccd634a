# make_nnf.R -- Nagashima, Noma and Furukawa's prediction interval by draws, with pimeta: the mean of
# its limits over runs with a seed each, and the standard error of that mean. By default tau2 is
# searched to 6e-5, whatever its scale, and up to 1000; pima() hands no tol on, pima_boot() takes it.
# usage: Rscript make_nnf.R <outdir with data/> > nnf.json
suppressMessages(library(pimeta))
args <- commandArgs(TRUE)
RUNS <- 20
numbers <- function(x) paste0("[", paste(sprintf("%.17g", x), collapse = ", "), "]")
sets <- list(
  three = list(csv = "data/boundary_k3_unbalanced.csv", draws = 50000),
  six = list(yi = c(0.1, 0.3, -0.1, 0.2, 0.5, 0.0), vi = c(0.05, 0.1, 0.03, 0.08, 0.1, 0.04), draws = 50000),
  thirteen = list(csv = "data/bcg__RR.csv", draws = 20000))
case <- function(id) {
  set <- sets[[id]]
  d <- if (is.null(set$csv)) set else read.csv(file.path(args[1], set$csv))
  runs <- sapply(seq_len(RUNS), function(seed) {
    p <- pima_boot(d$yi, sqrt(d$vi), B = set$draws, seed = seed, tol = 1e-10, upper = 1e9)
    stopifnot(is.finite(p$rnd))
    c(p$muhat, p$tau2h, p$lci, p$uci, p$lpi, p$upi)
  })
  limits <- runs[3:6, ]
  paste0(" {\"id\": \"", id, "\", \"engine\": \"pimeta ", packageVersion("pimeta"), " on R ", getRversion(),
    "\", \"runs\": ", RUNS, ", \"draws\": ", sprintf("%d", set$draws), ",\n  \"y\": ", numbers(d$yi), ", \"v\": ", numbers(d$vi),
    ",\n  \"estimate\": ", sprintf("%.17g", runs[1, 1]), ", \"tau2\": ", sprintf("%.17g", runs[2, 1]),
    ",\n  \"limits\": ", numbers(rowMeans(limits)), ", \"errors\": ", numbers(apply(limits, 1, sd) / sqrt(RUNS)), "}")
}
cat("[\n", paste(vapply(names(sets), case, ""), collapse = ",\n"), "\n]\n", sep = "")
