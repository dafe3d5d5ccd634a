#!/usr/bin/env bash
# vcdExtra 0.8-2 (Debian 12), HosmerLemeshow() (HLtest()) of a logistic regression, seen 2026-11-30.
#
# R's mtcars, manual gears by weight, four groups by fitted chance. Expected: obs and exp are observed and expected events, as the
# page says that it compares "observed event rates", and rise with the fitted chance: 0, 1, 5 and 7 of eight.
# Seen: 8, 7, 3 and 1, falling: the people without the event. The first of the two columns of counts (1 - y, y) is taken for both, and the
# deviations have the other sign: the group of the highest chance has +1.4, where the events are 0.7 fewer than expected.
# Chi-squared and P are of all cells and right. A calibration plot of this table is upside down.
# So: total less obs and total less exp are the events.
# Documentation: https://cran.r-project.org/package=vcdExtra
# Needs Debian 12 with R. The functions are read from the package's file; these use base R alone.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get -o APT::Sandbox::User=root --quiet=2 download r-cran-vcdextra=0.8-2-1 > download.log
dpkg --extract ./*.deb .
cat > run.R <<'R'
invisible(lazyLoad("usr/lib/R/site-library/vcdExtra/R/vcdExtra", globalenv()))
model <- glm(am ~ wt, binomial, mtcars)
table <- HosmerLemeshow(model, 4)$table
group <- cut(fitted(model), quantile(fitted(model), 0:4 / 4), include.lowest = TRUE)
show <- function(x) paste(format(round(as.numeric(x), 1), nsmall = 1), collapse = " ")
cat("fitted:", show(tapply(fitted(model), group, mean)), "\n")
cat("obs:", show(table$obs), "exp:", show(table$exp), "chi:", show(table$chi), "\n")
cat("events:", show(tapply(model$y, group, sum)), "expected:", show(tapply(fitted(model), group, sum)), "\n")
R
seen=$(R --vanilla --no-echo --file=run.R)
echo "$seen"
[ "$seen" = "fitted: 0.0 0.1 0.5 1.0 
obs: 8.0 7.0 3.0 1.0 exp: 7.8 7.0 3.9 0.3 chi:  0.1  0.0 -0.4  1.4 
events: 0.0 1.0 5.0 7.0 expected: 0.2 1.0 4.1 7.7 " ] || { echo "vcdExtra behaves otherwise than was seen" >&2; exit 1; }
