#!/usr/bin/env bash
# epiR 2.0.57 (Debian 12), epi.mh() with method = "odds.ratio", seen 2026-11-30.
#
# Four trials, no empty cell. Expected: the Mantel-Haenszel odds ratio and the interval of Robins, Breslow
# and Greenland about it: on the log scale the estimate is the middle of its interval.
# Seen: estimate 0.339 as it should be, but the interval 0.145 to 0.616 where 0.212 to 0.542 is due. It is
# laid about a mean of the trials' log odds ratios, another number, and one sum of the variance is of
# products where the formula has a product of sums. In the BCG trials the estimate, 0.623, lies outside its
# own interval, 0.464 to 0.602. The risk ratio of the same function is right.
# So: recompute an interval that is not symmetric about its estimate; audits meet such prints.
# Home: https://cran.r-project.org/package=epiR (the help page names the approach of Deeks and others, 2001).
# Needs Debian 12 with R. The function is read from the package's file, as it uses base R alone.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get -o APT::Sandbox::User=root --quiet=2 download r-cran-epir=2.0.57+dfsg-1 > download.log
dpkg --extract ./*.deb .
cat > run.R <<'R'
invisible(lazyLoad("usr/lib/R/site-library/epiR/R/epiR", globalenv()))
by_package <- function(a, n1, c, n2)
  epi.mh(ev.trt = a, n.trt = n1, ev.ctrl = c, n.ctrl = n2, names = seq_along(a), method = "odds.ratio")
by_formula <- function(a, n1, c, n2) { # Robins, Breslow and Greenland 1986
  b <- n1 - a; d <- n2 - c; n <- n1 + n2
  r <- a * d / n; s <- b * c / n; p <- (a + d) / n; q <- (b + c) / n
  variance <- sum(p * r) / (2 * sum(r)^2) + sum(p * s + q * r) / (2 * sum(r) * sum(s)) + sum(q * s) / (2 * sum(s)^2)
  exp(log(sum(r) / sum(s)) + c(0, -1, 1) * qnorm(0.975) * sqrt(variance))
}
show <- function(x) paste(format(round(unlist(x), 3), nsmall = 3), collapse = " ")
four <- list(c(4, 6, 3, 12), c(123, 306, 231, 130), c(11, 29, 11, 20), c(139, 303, 220, 140))
bcg <- list(
  c(4, 6, 3, 62, 33, 180, 8, 505, 29, 17, 186, 5, 27),
  c(123, 306, 231, 13598, 5069, 1541, 2545, 88391, 7499, 1716, 50634, 2498, 16913),
  c(11, 29, 11, 248, 47, 372, 10, 499, 45, 65, 141, 3, 29),
  c(139, 303, 220, 12867, 5808, 1451, 629, 88391, 7277, 1665, 27338, 2341, 17854))
cat("four trials, epiR:", show(do.call(by_package, four)$OR.summary), "\n")
cat("four trials, formula:", show(do.call(by_formula, four)), "\n")
cat("BCG, epiR:", show(suppressWarnings(do.call(by_package, bcg))$OR.summary), "\n")
cat("BCG, formula:", show(do.call(by_formula, bcg)), "\n")
R
seen=$(R --vanilla --no-echo --file=run.R)
echo "$seen"
[ "$seen" = "four trials, epiR: 0.339 0.145 0.616 
four trials, formula: 0.339 0.212 0.542 
BCG, epiR: 0.623 0.464 0.602 
BCG, formula: 0.623 0.575 0.675 " ] || { echo "epiR behaves otherwise than was seen" >&2; exit 1; }
