#!/usr/bin/env bash
# psych 2.2.9 (R package of Debian 12), corr.p(adjust = "bonferroni"), adjusted limits of correlations, seen 2026-11-30.
#
# Three measures against two others in 32 cars, six correlations. Expected of limits that allow for six tests: wider ones than of
# each alone, for 0.66 from 0.29 to 0.86 instead of 0.40 to 0.82, as corr.test() of the same package gives them from the raw
# data. Seen: lower 0.75, upper 0.54. The lower limit lies above the correlation, the upper below it, and both are nearer than
# those of a single test: the level is computed as (1 - alpha / 2) / 6 = 0.1625, whose normal quantile is -0.98, for 1 - alpha / 12,
# 2.64. Only tables that are not square are concerned, and any adjustment but "holm"; the limits without adjustment are right.
# So: take corr.test() on the data, or tanh(atanh(r) + c(-1, 1) * qnorm(1 - alpha / (2 * k)) / sqrt(n - 3)).
# Home: https://cran.r-project.org/package=psych
# Needs Debian 12 with R. The functions are read from the package's file; they use base R alone.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get -o APT::Sandbox::User=root --quiet=2 download r-cran-psych=2.2.9-1 > download.log
dpkg --extract ./*.deb .
cat > run.R <<'R'
invisible(lazyLoad("usr/lib/R/site-library/psych/R/psych", globalenv()))
show <- function(x) paste(format(round(unlist(x), 3), nsmall = 3, trim = TRUE), collapse = " ")
x <- mtcars[, c("mpg", "hp", "disp")]
y <- mtcars[, c("wt", "qsec")]
limits <- function(r, tests) tanh(atanh(r) + c(-1, 0, 1) * qnorm(1 - .05 / (2 * tests)) / sqrt(32 - 3))
for (adjust in c("bonferroni", "holm")) {
  of_r <- corr.p(cor(x, y), n = 32, adjust = adjust)
  of_data <- corr.test(x, y, adjust = adjust)
  cat(adjust, "corr.p():", show(of_r$ci.adj[2, ]), "corr.test():", show(of_data$ci.adj[2, ]), "\n")
}
cat("alone:", show(of_r$ci[2, 1:3]), "by hand for one test and for six:", show(limits(cor(x, y)[2, 1], 1)), "and",
  show(limits(cor(x, y)[2, 1], 6)), "\n")
cat("quantile used:", show(qnorm((1 - .05 / 2) / 6)), "due:", show(qnorm(1 - .05 / 12)), "\n")
R
seen=$(R --vanilla --no-echo --file=run.R)
echo "$seen"
[ "$seen" = "bonferroni corr.p(): 0.750 0.659 0.543 corr.test(): 0.292 0.659 0.857 
holm corr.p(): 0.333 0.659 0.844 corr.test(): 0.333 0.659 0.844 
alone: 0.403 0.659 0.819 by hand for one test and for six: 0.403 0.659 0.819 and 0.292 0.659 0.857 
quantile used: -0.984 due: 2.638 " ] || { echo "psych behaves otherwise than was seen" >&2; exit 1; }
