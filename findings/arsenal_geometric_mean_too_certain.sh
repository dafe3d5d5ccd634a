#!/usr/bin/env bash
# arsenal 3.6.3 (R package of Debian 12), gmeanCI(), a summary for tableby(), seen 2026-11-30.
#
# Days out of play of five players, 2 to 40. Expected of the geometric mean's interval of 95 %: that of the mean of the logarithms,
# by t on 4 degrees of freedom, 2.2 to 35.1, as of t.test(log(x)). Seen: 2.5 to 30.3. The standard deviation of the logarithms is
# taken with n in the divisor, but its standard error and t as of n - 1: the interval on the log scale is too short by a factor of
# sqrt((n - 1) / n), 11 % here; of three people it covers 93 % for 95 %. meanCI() beside it in the same table is right. gsd()
# and gmeansd() divide by n too; a standard error made of them is too small.
# So: exp(t.test(log(x))$conf.int); of a table that names arsenal, widen before pooling.
# Home: https://cran.r-project.org/package=arsenal
# Needs Debian 12 with R. The functions are read from the package's file; they use base R alone.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get -o APT::Sandbox::User=root --quiet=2 download r-cran-arsenal=3.6.3-1 > download.log
dpkg --extract ./*.deb .
cat > run.R <<'R'
invisible(lazyLoad("usr/lib/R/site-library/arsenal/R/arsenal", globalenv()))
show <- function(x) paste(format(round(as.numeric(unlist(x)), 3), nsmall = 3, trim = TRUE), collapse = " ")
days <- c(2, 5, 9, 14, 40)
alone <- t.test(log(days))
cat("gmeanCI():", show(gmeanCI(days)), "t.test():", show(exp(c(alone$estimate, alone$conf.int))), "\n")
cat("by hand with n:", show(exp(mean(log(days)) + c(0, -1, 1) * qt(.975, 4) * sqrt(mean((log(days) - mean(log(days)))^2) / 5))), "\n")
cat("meanCI():", show(meanCI(days)), "t.test():", show(c(mean(days), t.test(days)$conf.int)), "\n")
cat("gsd():", show(gsd(days)), "exp(sd(log(x))):", show(exp(sd(log(days)))), "\n")
cat("covers, of three people:", show(1 - 2 * pt(-qt(.975, 2) * sqrt(2 / 3), 2)), "\n")
R
seen=$(R --vanilla --no-echo --file=run.R)
echo "$seen"
[ "$seen" = "gmeanCI(): 8.719 2.512 30.267 t.test(): 8.719 2.169 35.056 
by hand with n: 8.719 2.512 30.267 
meanCI(): 14.000 -4.892 32.892 t.test(): 14.000 -4.892 32.892 
gsd(): 2.725 exp(sd(log(x))): 3.067 
covers, of three people: 0.928 " ] || { echo "arsenal behaves otherwise than was seen" >&2; exit 1; }
