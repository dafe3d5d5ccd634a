#!/usr/bin/env bash
# psychometric 2.3 (R package of Debian 12), MetaTable() and CIrb(), seen 2026-11-30.
#
# Five correlations, 0.10 to 0.60, heterogeneous: sampling error accounts for 32 % of their variance. MetaTable() gives
# two intervals of the mean, by the heterogeneous and the homogeneous standard error, SERHET() 0.078 and SERHOM() 0.044.
# Expected: HET the wider. Seen: HET95 0.262 to 0.435 and HOM95 0.196 to 0.502: each is computed with the other's standard
# error, since CIrb(homogenous = TRUE), its default, takes SERHET() and FALSE takes SERHOM(). A review that reports the
# interval for varying effects, as it should, prints the one for equal effects.
# So: exchange the columns, or compute rbar(x) plus or minus qnorm(.975) * SERHET(x).
# Home: https://cran.r-project.org/package=psychometric
# Needs Debian 12 with R. The functions are read from the package's file; they use base R alone.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get -o APT::Sandbox::User=root --quiet=2 download r-cran-psychometric=2.3-1 > download.log
dpkg --extract ./*.deb .
cat > run.R <<'R'
invisible(lazyLoad("usr/lib/R/site-library/psychometric/R/psychometric", globalenv()))
show <- function(x) paste(format(round(unlist(x), 3), nsmall = 3), collapse = " ")
trials <- data.frame(Rxy = c(.1, .5, .2, .6, .35), n = c(60, 80, 100, 70, 90), Rxx = 1, Ryy = 1, u = NA)
found <- MetaTable(trials)
mean <- with(trials, sum(n * Rxy) / sum(n))
total <- with(trials, sum(n))
observed <- with(trials, sum(n * (Rxy - mean)^2) / total)
sampling <- with(trials, sum(n * (1 - mean^2)^2 / (n - 1)) / total)
equal <- (1 - mean^2) / sqrt(total - 5)
varying <- sqrt((1 - mean^2)^2 / (total - 5) + (observed - sampling) / 5)
z <- qnorm(.975)
cat("standard errors, SERHET and SERHOM:", show(c(SERHET(trials), SERHOM(trials))), "by hand:", show(c(varying, equal)), "\n")
cat("HET95:", show(found[c("HET95LCL", "HET95UCL")]), "due:", show(mean + c(-z, z) * varying), "\n")
cat("HOM95:", show(found[c("HOM95LCL", "HOM95UCL")]), "due:", show(mean + c(-z, z) * equal), "\n")
R
seen=$(R --vanilla --no-echo --file=run.R)
echo "$seen"
[ "$seen" = "standard errors, SERHET and SERHOM: 0.078 0.044 by hand: 0.078 0.044 
HET95: 0.262 0.435 due: 0.196 0.502 
HOM95: 0.196 0.502 due: 0.262 0.435 " ] || { echo "psychometric behaves otherwise than was seen" >&2; exit 1; }
