#!/usr/bin/env bash
# survMisc 0.5.6 under R 4.2 (Debian 12), comp(), the variance of the log-rank test of two groups, seen 2026-11-30.
#
# Two groups of five; at times 2 and 3 there are deaths in both. Expected: variance 1.4495 and Z = -1.32, as of survdiff() and of the
# hypergeometric formula n₁ n₂ d (n - d) / (n² (n - 1)) with all d deaths of a time. Seen: 1.8164 and -1.18. The formula is worked
# out for each group's own deaths and summed, so that d (n - d) becomes d₁ (n - d₁) + d₂ (n - d₂), too large by 2 d₁ d₂;
# Gehan's, Peto's and Fleming and Harrington's tests use the same variances. Without shared times, 1.6720 either way.
# Follow-up counted in months or seasons has many shared times; Z is too near to 0 there. Three groups or more are right.
# So: survdiff(), or coin's logrank_test().
# Home: https://cran.r-project.org/package=survMisc
# Needs Debian 12 with R. The functions are read from the package's file; survival comes with R.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get -o APT::Sandbox::User=root --quiet=2 download r-cran-survmisc=0.5.6-1 r-cran-data.table=1.14.8+dfsg-1 \
    r-cran-survival=3.5-3-1 > download.log
for package in ./*.deb; do dpkg --extract "$package" .; done
cat > run.R <<'R'
library(survival, lib.loc = "usr/lib/R/library")
library(data.table, lib.loc = "usr/lib/R/site-library")
invisible(lazyLoad("usr/lib/R/site-library/survMisc/R/survMisc", globalenv()))
by_formula <- function(people) {
  at <- sapply(sort(unique(people$time)), function(t) {
    n <- sum(people$time >= t)
    n1 <- sum(people$time >= t & people$group == 1)
    d <- sum(people$time == t)
    if (n > 1) n1 * (n - n1) * d * (n - d) / (n^2 * (n - 1)) else 0
  })
  sum(at)
}
for (shared in c(TRUE, FALSE)) {
  times <- if (shared) c(1, 2, 2, 3, 4, 2, 2, 3, 5, 6) else c(1, 2, 2, 3, 4, 2.5, 2.5, 3.5, 5, 6)
  people <- data.frame(time = times, status = 1, group = rep(1:2, each = 5))
  found <- ten(Surv(time, status) ~ group, data = people)
  invisible(capture.output(comp(found)))
  by_it <- attr(found, "lrt")
  by_survdiff <- survdiff(Surv(time, status) ~ group, data = people)
  cat(sprintf("shared times %s: variance %.4f, Z %.3f; survdiff %.4f, %.3f; formula %.4f\n", shared, by_it$Var[1], by_it$Z[1],
              by_survdiff$var[1, 1], -sqrt(by_survdiff$chisq), by_formula(people)))
}
R
seen=$(R --vanilla --no-echo --file=run.R)
echo "$seen"
[ "$seen" = "shared times TRUE: variance 1.8164, Z -1.179; survdiff 1.4495, -1.320; formula 1.4495
shared times FALSE: variance 1.6720, Z -1.590; survdiff 1.6720, -1.590; formula 1.6720" ] || { echo "survMisc behaves otherwise than was seen" >&2; exit 1; }
