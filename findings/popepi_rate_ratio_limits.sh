#!/usr/bin/env bash
# popEpi 0.4.10 (Debian 12), rate_ratio() of rates with their standard errors, its default, seen 2026-11-30.
#
# 10 injuries in 1000 hours against 20 in 1000: the rates are 0.010 and 0.020 with standard errors of √10 / 1000 and √20 / 1000.
# Expected: 0.5 (0.23 to 1.07), Wald's limits on the log scale, or 0.12 to 0.88 on the plain one, if not
# the exact 0.21 to 1.12. Seen: 0.206 to 0.794, far from 1, where P is 0.10. With 1000 and 2000 events the limits are
# 0.497 to 0.503, thirteen times too close. The sum of the squared relative errors, which is
# the variance of the logarithm, is itself taken for the standard error of the ratio: ratio ± 1.96 (1 / 10 + 1 / 20).
# So: exp(log(ratio) ± 1.96 √(…)) by hand, or SE.method = FALSE, which takes events and time and is exact.
# Documentation: https://cran.r-project.org/package=popEpi
# Needs Debian 12 with R. The functions are read from the package's file; these use base R alone.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get -o APT::Sandbox::User=root --quiet=2 download r-cran-popepi=0.4.10+dfsg-1 > download.log
dpkg --extract ./*.deb .
cat > run.R <<'R'
invisible(lazyLoad("usr/lib/R/site-library/popEpi/R/popEpi", globalenv()))
show <- function(x) paste(format(round(unlist(x), 3), nsmall = 3), collapse = " ")
for (n in list(c(10, 20), c(1000, 2000))) {
  rates <- n / 1000
  errors <- sqrt(n) / 1000
  cat(n, "events:", show(rate_ratio(c(rates[1], errors[1]), c(rates[2], errors[2]))), "\n")
  log_error <- sqrt(sum((errors / rates)^2))
  cat("  on the log scale:", show(rates[1] / rates[2] * exp(c(-1.96, 1.96) * log_error)), "\n")
  cat("  on the plain scale:", show(rates[1] / rates[2] * (1 + c(-1.96, 1.96) * log_error)), "\n")
  cat("  exact:", show(poisson.test(n, c(1000, 1000))$conf.int), "\n")
}
R
seen=$(R --vanilla --no-echo --file=run.R)
echo "$seen"
[ "$seen" = "10 20 events: 0.500 0.206 0.794 
  on the log scale: 0.234 1.068 
  on the plain scale: 0.120 0.880 
  exact: 0.209 1.119 
1000 2000 events: 0.500 0.497 0.503 
  on the log scale: 0.463 0.539 
  on the plain scale: 0.462 0.538 
  exact: 0.463 0.540 " ] || { echo "popEpi behaves otherwise than was seen" >&2; exit 1; }
