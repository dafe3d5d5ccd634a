#!/usr/bin/env bash
# km.ci 0.5-6 under R 4.2 (Debian 12), km.ci(), its default method "rothman", seen 2026-11-30.
#
# Five people, who leave at 1, 2, 3, 4 and 5; the third is censored, the others die. At 5 nobody is left: survival is 0.
# Expected: limits that hold 0, or none (survfit() gives none, Thomas and Grunkemeier's method of the same package NA).
# Seen: 1 to 1, the band of a plot rising from 0.06 to 0.75 up to certain survival. Greenwood's sum is infinite there, infinite
# times 0 is no number, and whatever is no number is set to 1. That is meant for times before the first death, where survival is 1.
# So: method = "loglog", or drop the last step of the curve when survival is 0 there.
# Documentation: https://cran.r-project.org/package=km.ci
# Needs Debian 12 with R. The functions are read from the package's file; survival comes with R.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get -o APT::Sandbox::User=root --quiet=2 download r-cran-km.ci=0.5-6-1 r-cran-survival=3.5-3-1 > download.log
for package in ./*.deb; do dpkg --extract "$package" .; done
cat > run.R <<'R'
library(survival, lib.loc = "usr/lib/R/library")
invisible(lazyLoad("usr/lib/R/site-library/km.ci/R/km.ci", globalenv()))
curve <- survfit(Surv(1:5, c(1, 1, 0, 1, 1)) ~ 1)
show <- function(name, x) {
  cat(name, sprintf("%.2f (%s to %s)", x$surv, format(round(x$lower, 2)), format(round(x$upper, 2))), "\n")
}
show("rothman:", km.ci(curve))
show("grunkemeier:", km.ci(curve, method = "grunkemeier"))
show("survfit:", survfit(Surv(1:5, c(1, 1, 0, 1, 1)) ~ 1, conf.type = "log-log"))
R
seen=$(R --vanilla --no-echo --file=run.R)
echo "$seen"
[ "$seen" = "rothman: 0.80 (0.38 to 0.96) 0.60 (0.23 to 0.88) 0.60 (0.23 to 0.88) 0.30 (0.06 to 0.75) 0.00 (1.00 to 1.00) 
grunkemeier: 0.80 (0.37 to 0.99) 0.60 (0.20 to 0.92) 0.60 (0.20 to 0.92) 0.30 (0.02 to 0.76) 0.00 (  NA to   NA) 
survfit: 0.80 (0.20 to 0.97) 0.60 (0.13 to 0.88) 0.60 (0.13 to 0.88) 0.30 (0.01 to 0.72) 0.00 (  NA to   NA) " ] || {
    echo "km.ci behaves otherwise than was seen" >&2; exit 1; }
