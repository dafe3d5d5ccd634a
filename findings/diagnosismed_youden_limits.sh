#!/usr/bin/env bash
# DiagnosisMed 0.2.3 with epitools 0.5-10.1 (R packages of Debian 12), diagnosis(), Youden's J, seen 2026-11-30.
#
# 90 of 100 with the disease test positive, 80 of 100 without it negative: J = 0.70. Expected: Wald's limits, which its
# page names: 0.602 to 0.798. Seen in its list: lower limit 0.703, upper limit 0.697; each limit lies on the wrong side
# of the estimate, a thirtieth of its distance. The quantile is taken at CL / 2, 0.475, where 0.975 is meant. With CL = 0.99
# the interval gets narrower still. Sensitivity and specificity beside it have right limits (Wilson's).
# So: compute J plus or minus 1.96 times the root of Se (1 - Se) / n1 + Sp (1 - Sp) / n2.
# Home: https://cran.r-project.org/package=DiagnosisMed (archived)
# Needs Debian 12 with R. The functions are read from the packages' files; those used need base R alone.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get -o APT::Sandbox::User=root --quiet=2 download r-cran-diagnosismed=0.2.3-7 r-cran-epitools=1:0.5-10.1-2 > download.log
for file in ./*.deb; do dpkg --extract "$file" .; done
cat > run.R <<'R'
for (name in c("epitools", "DiagnosisMed"))
  invisible(lazyLoad(file.path("usr/lib/R/site-library", name, "R", name), globalenv()))
show <- function(x) paste(format(round(unlist(x), 4), nsmall = 4), collapse = " ")
limits <- function(level) {
  found <- diagnosis(90, 10, 20, 80, CL = level, print = FALSE)
  found[c("Youden", "Youden.inf.cl", "Youden.sup.cl")]
}
error <- sqrt(.9 * .1 / 100 + .8 * .2 / 100)
for (level in c(.95, .99))
  cat(level, "J, lower, upper:", show(limits(level)), "due:", show(.7 + c(-1, 1) * qnorm((1 + level) / 2) * error), "\n")
R
seen=$(R --vanilla --no-echo --file=run.R)
echo "$seen"
[ "$seen" = "0.95 J, lower, upper: 0.7000 0.7031 0.6969 due: 0.6020 0.7980 
0.99 J, lower, upper: 0.7000 0.7006 0.6994 due: 0.5712 0.8288 " ] || { echo "DiagnosisMed behaves otherwise than was seen" >&2; exit 1; }
