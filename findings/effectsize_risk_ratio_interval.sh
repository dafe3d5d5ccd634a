#!/usr/bin/env bash
# effectsize 0.8.3 (R package of Debian 12), riskratio(), seen 2026-11-30.
#
# 15 of 100 treated and 10 of 100 controls have the event: RR 1.5, p = 0.29.
# Expected: the interval of Katz on the log scale, 0.71 to 3.18, which its help page names.
# Seen: 1.29 to 1.74, which leaves out 1. The standard error of the log has p / (1 - p) where (1 - p) / p
# belongs, and adds two roots where variances add. The rarer the event, the narrower the interval.
# Found and mended upstream in 2023 (https://github.com/easystats/effectsize/issues/584); a Debian 12
# installation still has it.
# So: an interval of a risk ratio that is too narrow for its counts is a cause worth a check.
# Needs Debian 12 with R.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get -o APT::Sandbox::User=root --quiet=2 download r-cran-effectsize=0.8.3+dfsg-1 r-cran-insight=0.19.0+dfsg-1 \
    r-cran-bayestestr=0.13.0-1 r-cran-parameters=0.20.2-1 r-cran-performance=0.10.2-1 \
    r-cran-datawizard=0.6.5+dfsg-1 > download.log
for package in ./*.deb; do dpkg --extract "$package" .; done
cat > run.R <<'R'
.libPaths(c("usr/lib/R/site-library", .libPaths()))
counts <- matrix(c(15, 85, 10, 90), 2, dimnames = list(c("event", "none"), c("treated", "control")))
fit <- effectsize::riskratio(counts)
due <- exp(log(1.5) + c(0, -1, 1) * qnorm(0.975) * sqrt(0.85 / 15 + 0.90 / 10))
show <- function(x) paste(format(round(unlist(x), 3), nsmall = 3), collapse = " ")
cat("effectsize:", show(fit[c("Risk_ratio", "CI_low", "CI_high")]), "\n")
cat("due:", show(due), "\n")
cat("p of chi-squared:", show(chisq.test(counts, correct = FALSE)$p.value), "\n")
R
seen=$(R --vanilla --no-echo --file=run.R)
echo "$seen"
[ "$seen" = "effectsize: 1.500 1.294 1.739 
due: 1.500 0.708 3.177 
p of chi-squared: 0.285 " ] || { echo "effectsize behaves otherwise than was seen" >&2; exit 1; }
