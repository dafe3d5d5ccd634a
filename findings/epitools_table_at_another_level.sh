#!/usr/bin/env bash
# epitools 0.5-10.1 (R package of Debian 12), epitab(conf.level = ...), seen 2026-11-30.
#
# 20 of 100 and 10 of 100 people have the event. Expected of epitab(method = "riskratio", conf.level = 0.90): the limits of 90 %,
# 1.11 to 3.62, as riskratio.wald() of the same package gives. Seen: 0.99 to 4.05, and "conf.level 0.9" beside them: they are those
# of 95 %, at any level. For risk ratios and rate ratios the level is not passed on, only reported; for odds ratios it is. A
# review that turns such a 90 % interval into a standard error, width / (2 * 1.645), gets 0.43 for 0.36.
# So: take riskratio() and rateratio(), or read limits of epitab() as of 95 % whatever they are called.
# Home: https://cran.r-project.org/package=epitools
# Needs Debian 12 with R. The functions are read from the package's file; they use base R alone.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get -o APT::Sandbox::User=root --quiet=2 download r-cran-epitools=1:0.5-10.1-2 > download.log
dpkg --extract ./*.deb .
cat > run.R <<'R'
invisible(lazyLoad("usr/lib/R/site-library/epitools/R/epitools", globalenv()))
show <- function(x) paste(format(round(x, 2), nsmall = 2, trim = TRUE), collapse = " to ")
people <- matrix(c(90, 10, 80, 20), 2, byrow = TRUE)
rates <- matrix(c(10, 100, 20, 100), 2, byrow = TRUE)
for (level in c(.90, .95, .99)) {
  z <- qnorm((1 + level) / 2)
  tab <- epitab(people, method = "riskratio", conf.level = level)
  cat(tab$conf.level, "risk ratio:", show(tab$tab[2, 6:7]), "riskratio.wald():", show(riskratio.wald(people, conf.level = level)$measure[2, 2:3]),
    "by hand:", show(2 * exp(c(-z, z) * sqrt(1 / 10 + 1 / 20 - 2 / 100))), "\n")
  tab <- epitab(rates, method = "rateratio", conf.level = level)
  cat(tab$conf.level, "rate ratio:", show(tab$tab[2, 4:5]), "by hand:", show(2 * exp(c(-z, z) * sqrt(1 / 10 + 1 / 20))), "\n")
}
R
seen=$(R --vanilla --no-echo --file=run.R)
echo "$seen"
[ "$seen" = "0.9 risk ratio: 0.99 to 4.05 riskratio.wald(): 1.11 to 3.62 by hand: 1.11 to 3.62 
0.9 rate ratio: 0.94 to 4.27 by hand: 1.06 to 3.78 
0.95 risk ratio: 0.99 to 4.05 riskratio.wald(): 0.99 to 4.05 by hand: 0.99 to 4.05 
0.95 rate ratio: 0.94 to 4.27 by hand: 0.94 to 4.27 
0.99 risk ratio: 0.99 to 4.05 riskratio.wald(): 0.79 to 5.06 by hand: 0.79 to 5.06 
0.99 rate ratio: 0.94 to 4.27 by hand: 0.74 to 5.42 " ] || { echo "epitools behaves otherwise than was seen" >&2; exit 1; }
