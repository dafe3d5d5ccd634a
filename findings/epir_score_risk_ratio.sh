#!/usr/bin/env bash
# epiR 2.0.57 (Debian 12), epi.2by2(), seen 2026-11-30.
#
# 15 of 100 exposed and 10 of 100 unexposed have the outcome: the risk ratio is 1.5 by any method.
# Expected: the score row of the details has the estimate 1.5 and Miettinen and Nurminen's limits, about
# 0.72 to 3.14. Seen: 1.235 (0.818 to 1.671). It is the ratio of the table's columns, as if outcome and
# exposure were exchanged: (15 / 25) / (85 / 175). The Wald row beside it is right.
# With two strata the printed "Test that M-H adjusted OR = 1: chi2(1) = 0.120 Pr>chi2" has 0.365: one tail.
# Chi-squared of 0.120 on one degree of freedom leaves 0.729 above it.
# So: a score interval or that p of this package is no reference, neither for tests nor for extraction.
# Home: https://cran.r-project.org/package=epiR
# Needs Debian 12 with R. The functions are read from the package's file; they use base R alone.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get -o APT::Sandbox::User=root --quiet=2 download r-cran-epir=2.0.57+dfsg-1 > download.log
dpkg --extract ./*.deb .
cat > run.R <<'R'
invisible(lazyLoad("usr/lib/R/site-library/epiR/R/epiR", globalenv()))
show <- function(x) paste(format(round(unlist(x), 3), nsmall = 3), collapse = " ")
table <- epi.2by2(c(15, 85, 10, 90), method = "cohort.count", outcome = "as.columns")
cat("Wald:", show(table$massoc.detail$RR.strata.wald), "\n")
cat("score:", show(table$massoc.detail$RR.strata.score), "\n")
cat("by columns:", show((15 / 25) / (85 / 175)), "\n")
strata <- as.table(array(c(15, 10, 85, 90, 5, 8, 45, 42), c(2, 2, 2)))
stratified <- epi.2by2(strata, method = "cohort.count", outcome = "as.columns")
printed <- capture.output(print.epi.2by2(stratified))
cat(trimws(grep("M-H adjusted OR", printed, value = TRUE)), "\n")
cat("base R:", show(mantelhaen.test(strata, correct = FALSE)$p.value), "\n")
R
seen=$(R --vanilla --no-echo --file=run.R)
echo "$seen"
[ "$seen" = "Wald: 1.500 0.708 3.177 
score: 1.235 0.818 1.671 
by columns: 1.235 
Test that M-H adjusted OR = 1:  chi2(1) = 0.120 Pr>chi2 = 0.365 
base R: 0.729 " ] || { echo "epiR behaves otherwise than was seen" >&2; exit 1; }
