#!/usr/bin/env bash
# epiR 2.0.57 (Debian 12), epi.kappa(), its default method "fleiss", seen 2026-11-30.
#
# Two screeners agree on 90 of 100 records: kappa is 0.80. Expected: Fleiss, Cohen and Everitt's limits, as SPSS, SAS
# and vcd give them, 0.68 to 0.92. Seen: 0.60 to 1.00, across two of the usual classes of agreement. The standard error is that of
# a kappa of 0, meant for the test of no agreement (the P beside it is right): two who agree on all hundred have 0.80 to 1.20.
# The limits of the index of bias take the two totals of the same hundred records for independent: a standard error of 0.070
# where McNemar's has 0.042 (40 and 40 agreed, 18 and 2 not).
# So: Kappa() of vcd, or method = "watson", whose error is near the right one.
# Home: https://cran.r-project.org/package=epiR
# Needs Debian 12 with R. The functions are read from the package's file; they use base R alone.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get -o APT::Sandbox::User=root --quiet=2 download r-cran-epir=2.0.57+dfsg-1 r-cran-vcd=1:1.4-11-1 > download.log
for package in ./*.deb; do dpkg --extract "$package" .; done
cat > run.R <<'R'
invisible(lazyLoad("usr/lib/R/site-library/vcd/R/vcd", vcd <- new.env()))
invisible(lazyLoad("usr/lib/R/site-library/epiR/R/epiR", globalenv()))
show <- function(x) paste(format(round(unlist(x), 3), nsmall = 3), collapse = " ")
for (table in list(matrix(c(45, 5, 5, 45), 2), matrix(c(50, 0, 0, 50), 2), matrix(c(40, 2, 18, 40), 2))) {
  cat(table, "\n")
  found <- epi.kappa(table)
  cat("  kappa:", show(found$kappa[c("est", "lower", "upper")]), "\n")
  due <- vcd$Kappa(as.table(table))$Unweighted
  cat("  vcd:", show(due[1] + c(0, -1, 1) * qnorm(0.975) * due[2]), "\n")
  n <- sum(table)
  off <- (table[1, 2] - table[2, 1]) / n
  cat("  bias:", show(c(found$bindex$est, found$bindex$se)), "due", show(sqrt(((table[1, 2] + table[2, 1]) / n - off^2) / n)), "\n")
  cat("  watson:", show(epi.kappa(table, method = "watson")$kappa[c("lower", "upper")]), "\n")
}
R
seen=$(R --vanilla --no-echo --file=run.R)
echo "$seen"
[ "$seen" = "45 5 5 45 
  kappa: 0.800 0.604 0.996 
  vcd: 0.800 0.682 0.918 
  bias: 0.000 0.071 due 0.032 
  watson: 0.682 0.918 
50 0 0 50 
  kappa: 1.000 0.804 1.196 
  vcd: 1.000 1.000 1.000 
  bias: 0.000 0.071 due 0.000 
  watson: 1.000 1.000 
40 2 18 40 
  kappa: 0.610 0.424 0.796 
  vcd: 0.610 0.465 0.755 
  bias: 0.160 0.070 due 0.042 
  watson: 0.457 0.763 " ] || { echo "epiR behaves otherwise than was seen" >&2; exit 1; }
