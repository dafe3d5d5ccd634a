#!/usr/bin/env bash
# psych 2.2.9 (R package of Debian 12), cohen.d.ci(), alias d.ci(), seen 2026-11-30.
#
# d = 1.5 in a trial of 4 and 4 people. Expected: limits by the noncentral t on 6 degrees of freedom, -0.16 to 3.07, whether
# the trial is asked about alone or in a table. Seen: alone these; in a vector with a trial of 500 and 500 people, 0.11 to 2.89,
# which leaves out 0. The greatest of all sample sizes gives the degrees of freedom of every row. And with n = 8, its argument
# for both groups together, -0.36 to 3.23 even alone: half of n plus 1 is taken for n, and 3 degrees for 6.
# cohen.d(), which calls it, has every outcome judged by the one with fewest people missing.
# So: call it once for each trial, with n1 and n2.
# Home: https://cran.r-project.org/package=psych (help page "cohen.d": n is the total of groups 1 and 2)
# Needs Debian 12 with R. The functions are read from the package's file; those used need base R alone.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get -o APT::Sandbox::User=root --quiet=2 download r-cran-psych=2.2.9-1 > download.log
dpkg --extract ./*.deb .
cat > run.R <<'R'
invisible(lazyLoad("usr/lib/R/site-library/psych/R/psych", globalenv()))
show <- function(x) sprintf("%.3f to %.3f", x[1], x[length(x)])
t <- 1.5 / sqrt(1 / 4 + 1 / 4)
limit <- function(share) uniroot(function(shift) pt(t, 6, shift) - share, c(-10, 15), tol = 1e-10)$root * sqrt(1 / 4 + 1 / 4)
cat("due:", show(suppressWarnings(c(limit(.975), limit(.025)))), "\n")
cat("alone:", show(cohen.d.ci(1.5, n1 = 4, n2 = 4)), "\n")
cat("beside 500 and 500:", show(cohen.d.ci(c(1.5, .1), n1 = c(4, 500), n2 = c(4, 500))[1, ]), "\n")
cat("alone, n = 8:", show(cohen.d.ci(1.5, n = 8)), "\n")
R
seen=$(R --vanilla --no-echo --file=run.R)
echo "$seen"
[ "$seen" = "due: -0.159 to 3.071 
alone: -0.159 to 3.071 
beside 500 and 500: 0.112 to 2.887 
alone, n = 8: -0.358 to 3.233 " ] || { echo "psych behaves otherwise than was seen" >&2; exit 1; }
