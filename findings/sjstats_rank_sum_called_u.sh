#!/usr/bin/env bash
# sjstats 0.18.2 with coin 1.4-2 (R packages of Debian 12), mwu(), alias mannwhitney(), seen 2026-11-30.
#
# Days out of play of 8 trained and 12 other players. Its page: the function "reports U, p and Z-values". Expected: U = 9, the
# pairs in which a trained player is out for longer, 9 of 96. Seen: "U = 45.000, W = 9.000": U is the sum of ranks,
# 8 * 9 / 2 = 36 too large, and the U of Mann and Whitney stands beside it as W; the table for papers has the same under
# "Mann-Whitney-U". P and z are right. A reviewer who turns U into an effect, U / (n1 n2), gets 0.47, next to nothing, for
# 0.09. The sum that coin calls its linear statistic is taken for U.
# So: take W of such a print for U; a U above n1 n2, or one that does not fit its z, is a sum of ranks.
# Home: https://github.com/strengejacke/sjstats; Mann and Whitney 1947, https://doi.org/10.1214/aoms/1177730491
# Needs Debian 12 with R; the packages behind it are those of Debian 12.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get -o APT::Sandbox::User=root --quiet=2 download r-cran-sjstats=0.18.2-1 r-cran-sjlabelled=1.2.0-1 \
    r-cran-sjmisc=2.8.9-1 r-cran-insight=0.19.0+dfsg-1 r-cran-coin=1.4-2-1+b1 r-cran-libcoin=1.0-9-1+b1 \
    r-cran-modeltools=0.2-23-2 > download.log
apt-cache depends --recurse --no-recommends --no-suggests --no-conflicts --no-breaks --no-replaces --no-enhances \
    r-cran-dplyr r-cran-multcomp r-cran-matrixstats | grep --only-matching --extended-regexp '^r-cran-[a-z0-9.-]+' |
    sort --unique | xargs apt-get -o APT::Sandbox::User=root --quiet=2 download >> download.log
for package in ./*.deb; do dpkg --extract "$package" .; done
cat > run.R <<'R'
.libPaths("usr/lib/R/site-library", include.site = FALSE)
invisible(lazyLoad("usr/lib/R/site-library/sjstats/R/sjstats", globalenv()))
trained <- c(3, 5, 6, 8, 9, 11, 12, 14)
other <- c(7, 10, 13, 15, 16, 18, 20, 21, 22, 25, 27, 30)
players <- data.frame(arm = factor(rep(c("trained", "other"), c(8, 12)), c("trained", "other")), days = c(trained, other))
found <- mwu(players, days, arm)
cat("sjstats:", grep("U =", capture.output(print(found)), value = TRUE), "\n")
cat("its table, Mann-Whitney-U:", found$tab.df[["Mann.Whitney.U"]], "\n")
cat("pairs that the trained lose:", sum(outer(trained, other, ">")), "of", 8 * 12, "sum of their ranks:",
  sum(rank(players$days)[1:8]), "\n")
R
seen=$(R --vanilla --no-echo --file=run.R)
echo "$seen"
[ "$seen" = "sjstats:   U = 45.000, W = 9.000, p = 0.003, Z = -3.009 
its table, Mann-Whitney-U: 45 
pairs that the trained lose: 9 of 96 sum of their ranks: 45 " ] || { echo "sjstats behaves otherwise than was seen" >&2; exit 1; }
