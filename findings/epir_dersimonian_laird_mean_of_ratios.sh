#!/usr/bin/env bash
# epiR 2.0.57 (Debian 12), epi.dsl(), random effects by DerSimonian and Laird, seen 2026-11-30.
#
# Five trials, odds ratios from 0.53 to 0.60 in four of them and 36 in one of 10 and 10 people. Expected: Q is the sum of the
# weighted squares about the pooled *log* odds ratio, 11.16, tau squared 0.165, and the pool 0.60 (0.37 to 0.95), as of metafor.
# Seen: Q 23.77, tau squared 0.456 and 0.66 (0.33 to 1.33): no longer an effect. The centre of Q is the logarithm of the weighted
# mean of the odds ratios themselves, 0.89, for 0.56. Q is least about the pool, so that heterogeneity is always overstated. With
# method = "risk.ratio" the centre is another one too, and still not the pool. epi.iv() has the right Q.
# So: pool its OR column by another package; a tau squared of epi.dsl() is not DerSimonian and Laird's.
# Home: https://cran.r-project.org/package=epiR; DerSimonian and Laird 1986, https://doi.org/10.1016/0197-2456(86)90046-2
# Needs Debian 12 with R. The functions are read from the package's file; they use base R alone.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get -o APT::Sandbox::User=root --quiet=2 download r-cran-epir=2.0.57+dfsg-1 > download.log
dpkg --extract ./*.deb .
cat > run.R <<'R'
invisible(lazyLoad("usr/lib/R/site-library/epiR/R/epiR", globalenv()))
show <- function(x) paste(format(round(unlist(x), 3), nsmall = 3, trim = TRUE), collapse = " ")
a <- c(30, 42, 25, 18, 9)
c <- c(50, 60, 45, 35, 2)
n <- c(200, 250, 180, 150, 10)
found <- epi.dsl(a, n, c, n, as.character(1:5), method = "odds.ratio")
effect <- log(a * (n - c) / ((n - a) * c))
weight <- 1 / (1 / a + 1 / (n - a) + 1 / c + 1 / (n - c))
pool <- sum(weight * effect) / sum(weight)
q <- sum(weight * (effect - pool)^2)
tau2 <- (q - 4) / (sum(weight) - sum(weight^2) / sum(weight))
again <- 1 / (1 / weight + tau2)
limits <- exp(sum(again * effect) / sum(again) + base::c(0, -1, 1) * qnorm(.975) / sqrt(sum(again)))
cat("epi.dsl():", show(list(found$heterogeneity[["Q"]], found$tau.sq, found$OR.summary)), "\n")
cat("due:", show(list(q, tau2, limits)), "\n")
centre <- log(sum(weight * exp(effect)) / sum(weight))
cat("about the mean of the ratios:", show(list(exp(centre), sum(weight * (effect - centre)^2), exp(pool))), "\n")
cat("Q of epi.iv():", show(epi.iv(a, n, c, n, as.character(1:5))$heterogeneity[["Q"]]), "\n")
R
seen=$(R --vanilla --no-echo --file=run.R)
echo "$seen"
[ "$seen" = "epi.dsl(): 23.772 0.456 0.665 0.333 1.328 
due: 11.156 0.165 0.597 0.373 0.955 
about the mean of the ratios: 0.891 23.772 0.560 
Q of epi.iv(): 11.156 " ] || { echo "epiR behaves otherwise than was seen" >&2; exit 1; }
