#!/usr/bin/env bash
# metap 1.8 (R package of Debian 12), meanz(), seen 2026-11-30.
#
# Three one-sided p, 0.01, 0.02 and 0.03, are combined by the mean of their z.
# Expected: its help page compares the mean over its standard error with Student's t on k - 1 = 2 degrees of
# freedom, which gives p = 0.0019. Seen: 1.4e-58, the tail of the normal distribution at the same 16.09.
# So: a combined p of this function is no tail of the distribution that the page names; with few trials it
# is too small beyond all measure. A paper that states it cannot be reproduced by the stated method.
# Documentation: https://cran.r-project.org/package=metap (help page "meanz").
# Needs Debian 12 with R. The function is read from the package's file, as it uses base R alone.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get -o APT::Sandbox::User=root --quiet=2 download r-cran-metap=1.8-1 > download.log
dpkg --extract ./*.deb .
cat > run.R <<'R'
invisible(lazyLoad("usr/lib/R/site-library/metap/R/metap", globalenv()))
p <- c(0.01, 0.02, 0.03)
z <- qnorm(p, lower.tail = FALSE)
t <- mean(z) / (sd(z) / sqrt(3))
fit <- meanz(p)
cat(sprintf("statistic %.4f here, %.4f by hand\n", fit$z, t))
cat(sprintf("p: metap %.3g, normal %.3g, t on 2 df %.4f\n", fit$p, pnorm(t, lower.tail = FALSE), pt(t, 2, lower.tail = FALSE)))
R
seen=$(R --vanilla --no-echo --file=run.R)
echo "$seen"
[ "$seen" = "statistic 16.0922 here, 16.0922 by hand
p: metap 1.45e-58, normal 1.45e-58, t on 2 df 0.0019" ] || { echo "metap behaves otherwise than was seen" >&2; exit 1; }
