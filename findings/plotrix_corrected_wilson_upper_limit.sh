#!/usr/bin/env bash
# plotrix 3.8-2 (R package of Debian 12), binciW(cc = TRUE), Wilson's interval with continuity correction, seen 2026-11-30.
#
# 2 of 20 injured. Expected: 0.018 to 0.331, Newcombe's formula and prop.test(), and for 18 of 20 the complement, 0.669 to 0.982.
# Seen: 0.018 to 0.311, and 0.669 to 1: the upper limits are wrong, too low below one half and too high above. Under the root
# of the lower limit stands 4 p - 2; the upper one needs 2 - 4 p, but has the same. The lower limits are right, so that a look at
# them finds nothing. Without the correction both are right.
# So: prop.test(), whose interval is this one.
# Home: https://cran.r-project.org/package=plotrix
# Needs Debian 12 with R. The functions are read from the package's file; they use base R alone.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get -o APT::Sandbox::User=root --quiet=2 download r-cran-plotrix=3.8-2-1 > download.log
dpkg --extract ./*.deb .
cat > run.R <<'R'
invisible(lazyLoad("usr/lib/R/site-library/plotrix/R/plotrix", globalenv()))
newcombe <- function(x, n) {
  z <- qnorm(0.975)
  p <- x / n
  root <- function(sign) sqrt(z^2 - 1 / n + 4 * n * p * (1 - p) + sign * (4 * p - 2))
  c(max(0, (2 * x + z^2 - 1 - z * root(1)) / (2 * (n + z^2))), min(1, (2 * x + z^2 + 1 + z * root(-1)) / (2 * (n + z^2))))
}
show <- function(limits) paste(sprintf("%.3f", limits), collapse = " to ")
for (x in c(2, 7, 18))
  cat(x, "of 20:", show(binciW(x, 20, cc = TRUE)), "| formula", show(newcombe(x, 20)), "| prop.test", show(prop.test(x, 20)$conf.int), "\n")
R
seen=$(R --vanilla --no-echo --file=run.R)
echo "$seen"
[ "$seen" = "2 of 20: 0.018 to 0.311 | formula 0.018 to 0.331 | prop.test 0.018 to 0.331 
7 of 20: 0.163 to 0.585 | formula 0.163 to 0.591 | prop.test 0.163 to 0.591 
18 of 20: 0.669 to 1.000 | formula 0.669 to 0.982 | prop.test 0.669 to 0.982 " ] || { echo "plotrix behaves otherwise than was seen" >&2; exit 1; }
