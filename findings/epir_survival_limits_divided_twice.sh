#!/usr/bin/env bash
# epiR 2.0.57 (Debian 12) with survival 3.5-3, epi.insthaz(), limits of a Kaplan-Meier curve, seen 2026-11-30.
#
# Ten people, a death at each of 1 to 8, two censored after them. Expected beside survival 0.3 at the seventh: its limits on the
# complementary log-log scale, 0.071 to 0.578, as of survfit(conf.type = "log-log"). Seen: 0.000 to 0.916. survfit's std.err
# is that of the logarithm of survival, already divided by survival; epi.insthaz() divides it by survival again, as if it were
# that of survival itself. At the first death the limits are a little too wide (0.39 for 0.47), towards the end they say nothing.
# So: take the limits of summary(survfit(..., conf.type = "log-log")); those of the hazard beside them are not concerned.
# Home: https://cran.r-project.org/package=epiR; https://cran.r-project.org/package=survival, help page of survfit.object
# Needs Debian 12 with R. The functions are read from the package's file; survival comes with R.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get -o APT::Sandbox::User=root --quiet=2 download r-cran-epir=2.0.57+dfsg-1 r-cran-survival=3.5-3-1 > download.log
for package in ./*.deb; do dpkg --extract "$package" .; done
cat > run.R <<'R'
library(survival, lib.loc = "usr/lib/R/library")
invisible(lazyLoad("usr/lib/R/site-library/epiR/R/epiR", globalenv()))
show <- function(x) paste(format(round(x, 3), nsmall = 3, trim = TRUE), collapse = " ")
people <- data.frame(time = 1:10, death = rep(1:0, c(8, 2)))
found <- epi.insthaz(survfit(Surv(time, death) ~ 1, data = people))
curve <- summary(survfit(Surv(time, death) ~ 1, data = people, conf.type = "log-log"))
greenwood <- sqrt(cumsum(1 / ((10:3) * (9:2))))  # standard error of log survival
for (at in c(1, 4, 7)) {
  s <- (10 - at) / 10
  by_hand <- s^exp(c(-1, 1) * qnorm(.975) * greenwood[at] / log(s))
  cat("death", at, "epi.insthaz():", show(c(found$sest[at], found$slow[at], found$supp[at])), "survfit:",
    show(c(curve$lower[at], curve$upper[at])), "by hand:", show(sort(by_hand)), "\n")
}
R
seen=$(R --vanilla --no-echo --file=run.R)
echo "$seen"
[ "$seen" = "death 1 epi.insthaz(): 0.900 0.394 0.988 survfit: 0.473 0.985 by hand: 0.473 0.985 
death 4 epi.insthaz(): 0.600 0.070 0.907 survfit: 0.253 0.827 by hand: 0.253 0.827 
death 7 epi.insthaz(): 0.300 0.000 0.916 survfit: 0.071 0.578 by hand: 0.071 0.578 " ] || {
    echo "epiR behaves otherwise than was seen" >&2; exit 1; }
