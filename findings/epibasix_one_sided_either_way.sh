#!/usr/bin/env bash
# epibasix 1.5 (R package of Debian 12), corXY(HA = "greater.than") and "less.than", seen 2026-11-30.
#
# Twenty pairs with r = -0.51. Expected: the one-sided test for a correlation above 0 has p = 0.990, the one for a
# correlation below 0 p = 0.010, by Fisher's z as its page says. Seen: 0.010 and 0.990, the other way round. The sign
# of z is taken off before the tail is chosen: "greater.than" is the smaller tail of any correlation, "less.than"
# the larger one, whichever way the data point. With r = 0.51 both happen to be right.
# So: take the two-sided test, or cor.test(alternative =) of base R, for which the direction counts.
# Home: https://cran.r-project.org/package=epibasix
# Needs Debian 12 with R. The functions are read from the package's file; they use base R alone.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get -o APT::Sandbox::User=root --quiet=2 download r-cran-epibasix=1.5-2 > download.log
dpkg --extract ./*.deb .
cat > run.R <<'R'
invisible(lazyLoad("usr/lib/R/site-library/epibasix/R/epibasix", globalenv()))
show <- function(x) paste(format(round(unlist(x), 3), nsmall = 3), collapse = " ")
x <- 1:20
y <- c(14, 18, 9, 17, 12, 19, 5, 16, 8, 13, 10, 4, 15, 3, 11, 20, 1, 7, 2, 6)
tails <- function(y) sapply(c("greater.than", "less.than"), function(side) corXY(x, y, HA = side)$p.value)
z <- function(y) atanh(cor(x, y)) * sqrt(17)
due <- function(y) c(1 - pnorm(z(y)), pnorm(z(y)))
for (outcome in list(y, -y)) {
  cat("r:", show(cor(x, outcome)), "greater, less:", show(tails(outcome)), "due:", show(due(outcome)), "base R:",
    show(sapply(c("greater", "less"), function(side) cor.test(x, outcome, alternative = side)$p.value)), "\n")
}
R
seen=$(R --vanilla --no-echo --file=run.R)
echo "$seen"
[ "$seen" = "r: -0.511 greater, less: 0.010 0.990 due: 0.990 0.010 base R: 0.989 0.011 
r: 0.511 greater, less: 0.010 0.990 due: 0.010 0.990 base R: 0.011 0.989 " ] || { echo "epibasix behaves otherwise than was seen" >&2; exit 1; }
