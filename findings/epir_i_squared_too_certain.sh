#!/usr/bin/env bash
# epiR 2.0.57 (Debian 12), epi.iv() and epi.dsl(), the interval of I squared, seen 2026-11-30.
#
# Six trials with Q = 7.67, I squared 35 %. Expected, by Higgins and Thompson (2002) whom its page names: limits of ln H from
# its standard error, turned into I squared: -63 to 74 %, that is 0 to 74 %. Seen: 24 to 44 %, as if heterogeneity were beyond
# doubt. The standard error is that of ln H, but is added to ln(H squared), which is twice as large and needs twice as much; and
# of the formula 0.5 (ln Q - ln(k - 1)) / (sqrt(2 Q) - sqrt(2 k - 3)) the 0.5 has become a 2 before one root, and 3 is 6 under the
# other. For the thirteen BCG trials: 91.4 to 93.7 % for 89.2 to 95.0 %.
# So: compute the interval from Q and k; Q, its P and I squared itself are right in epi.iv().
# Home: https://cran.r-project.org/package=epiR; Higgins and Thompson 2002, https://doi.org/10.1002/sim.1186
# Needs Debian 12 with R. The functions are read from the package's file; they use base R alone.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get -o APT::Sandbox::User=root --quiet=2 download r-cran-epir=2.0.57+dfsg-1 > download.log
dpkg --extract ./*.deb .
cat > run.R <<'R'
invisible(lazyLoad("usr/lib/R/site-library/epiR/R/epiR", globalenv()))
show <- function(x) paste(format(round(unlist(x), 1), nsmall = 1, trim = TRUE), collapse = " ")
due <- function(q, k) {
  se <- if (q > k) (log(q) - log(k - 1)) / 2 / (sqrt(2 * q) - sqrt(2 * k - 3)) else
    sqrt((1 - 1 / (3 * (k - 2)^2)) / (2 * (k - 2)))
  h2 <- exp(log(q / (k - 1)) + c(0, -2, 2) * qnorm(.975) * se)
  100 * (h2 - 1) / h2
}
six <- list(c(12, 8, 20, 5, 15, 9), rep(100, 6), c(20, 22, 25, 18, 16, 10), rep(100, 6))
bcg <- list(c(4, 6, 3, 62, 33, 180, 8, 505, 29, 17, 186, 5, 27), c(123, 306, 231, 13598, 5069, 1541, 2545, 88391, 7499, 1716, 50634,
  2498, 16913), c(11, 29, 11, 248, 47, 372, 10, 499, 45, 65, 141, 3, 29), c(139, 303, 220, 12867, 5808, 1451, 629, 88391, 7277, 1665,
  27338, 2341, 17854))
for (trials in list(six, bcg)) {
  k <- length(trials[[1]])
  found <- epi.iv(trials[[1]], trials[[2]], trials[[3]], trials[[4]], as.character(seq_len(k)), method = "odds.ratio")
  cat(k, "trials, Q", show(found$heterogeneity[["Q"]]), "I2:", show(found$Isq), "due:", show(due(found$heterogeneity[["Q"]], k)), "\n")
}
R
seen=$(R --vanilla --no-echo --file=run.R)
echo "$seen"
[ "$seen" = "6 trials, Q 7.7 I2: 34.9 23.9 44.3 due: 34.9 -62.7 73.9 
13 trials, Q 163.2 I2: 92.6 91.4 93.7 due: 92.6 89.2 95.0 " ] || { echo "epiR behaves otherwise than was seen" >&2; exit 1; }
