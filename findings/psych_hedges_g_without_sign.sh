#!/usr/bin/env bash
# psych 2.2.9 (R package of Debian 12), g2r(), seen 2026-11-30.
#
# Two groups of ten, Hedges' g = -0.8: the trained ones are hurt less. Expected as a correlation: -0.389, as the correlation of such
# data has it, and as d2r() and t2r() of the same help page keep the sign. Seen: 0.389, for g = 0.8 and for g = -0.8: the sign is
# taken and then multiplied by g itself, which squares it away. In a review that turns some trials into correlations, an
# effect the other way counts for the treatment.
# So: sign(g) * abs(g2r(g, df, n)), or g / sqrt(g^2 + 4 * df / n).
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
show <- function(x) format(round(x, 3), nsmall = 3)
spread <- c(-2, -1, -1, 0, 0, 0, 0, 1, 1, 2)
for (g in c(0.8, -0.8)) {
  hurt <- c(spread, spread + g * sd(spread))
  treated <- rep(0:1, each = 10)
  t <- unname(-t.test(hurt ~ treated, var.equal = TRUE)$statistic)
  cat("g", g, "g2r():", show(g2r(g, df = 18, n = 20)), "of the data:", show(cor(hurt, treated)), "t2r():", show(t2r(t, 18)),
    "d2r():", show(d2r(g)), "\n")
}
R
seen=$(R --vanilla --no-echo --file=run.R)
echo "$seen"
[ "$seen" = "g 0.8 g2r(): 0.389 of the data: 0.389 t2r(): 0.389 d2r(): 0.371 
g -0.8 g2r(): 0.389 of the data: -0.389 t2r(): -0.389 d2r(): -0.371 " ] || { echo "psych behaves otherwise than was seen" >&2; exit 1; }
