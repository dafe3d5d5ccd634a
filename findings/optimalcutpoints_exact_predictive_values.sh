#!/usr/bin/env bash
# OptimalCutpoints 1.1-5 (R package of Debian 12), optimal.cutpoints(ci.fit = TRUE), predictive values, seen 2026-11-30.
#
# A test finds 18 of 20 with the disease, and 9 of 80 without it. Limits are "Exact" by default, Clopper and Pearson, as its
# page writes them out. Expected: 18 of 27 are 0.667 (0.460 to 0.835), and 71 of 73 are 0.973 (0.905 to 0.997). Seen: 0.499 to
# 0.947 and 0.895 to 0.988. Numerator and denominator of the four limits are those of the predictive value, but the quantiles of
# F are taken at degrees of freedom from other cells: people who are not among the 27, for the positive one. Sensitivity and
# specificity, in the same list, have their right limits.
# So: ask for ci.PV = "AgrestiCoull", or compute binom.test() of the cells that are printed.
# Home: https://cran.r-project.org/package=OptimalCutpoints
# Needs Debian 12 with R.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get -o APT::Sandbox::User=root --quiet=2 download r-cran-optimalcutpoints=1.1-5-1 > download.log
dpkg --extract ./*.deb .
cat > run.R <<'R'
invisible(lazyLoad("usr/lib/R/site-library/OptimalCutpoints/R/OptimalCutpoints", globalenv()))
people <- data.frame(test = rep(c(1, 0, 1, 0), c(18, 2, 9, 71)), disease = rep(c(1, 0), c(20, 80)))
found <- suppressWarnings(optimal.cutpoints(X = "test", status = "disease", tag.healthy = 0, methods = "Youden",
  data = people, ci.fit = TRUE))$Youden$Global$optimal.cutoff
show <- function(x) paste(format(round(x, 3), nsmall = 3), collapse = " ")
exact <- function(count, of) show(c(count / of, binom.test(count, of)$conf.int))
cat("sensitivity:", show(found$Se), "due:", exact(18, 20), "\n")
cat("specificity:", show(found$Sp), "due:", exact(71, 80), "\n")
cat("positive predictive value:", show(found$PPV), "due:", exact(18, 27), "\n")
cat("negative predictive value:", show(found$NPV), "due:", exact(71, 73), "\n")
R
seen=$(R --vanilla --no-echo --file=run.R 2> warnings.log)
echo "$seen"
[ "$seen" = "sensitivity: 0.900 0.683 0.988 due: 0.900 0.683 0.988 
specificity: 0.887 0.797 0.947 due: 0.887 0.797 0.947 
positive predictive value: 0.667 0.499 0.947 due: 0.667 0.460 0.835 
negative predictive value: 0.973 0.895 0.988 due: 0.973 0.905 0.997 " ] || { echo "OptimalCutpoints behaves otherwise than was seen" >&2; exit 1; }
