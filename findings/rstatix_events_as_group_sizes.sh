#!/usr/bin/env bash
# rstatix 0.7.2 (R package of Debian 12), prop_test(detailed = TRUE), seen 2026-11-30.
#
# 15 of 50 trained and 25 of 50 other players are hurt. Expected of prop_test(x = c(15, 25), n = c(50, 50)): n1 and n2 are the
# sizes of the groups, 50 and 50, as when the same trial is given as a table of hurt and not hurt. Seen: n1 15, n2 25, beside
# n 100, which they do not add up to. The counts of events are taken for the sizes; the risks, the test and the
# interval are right. A trial of that table enters a review with 40 people, and events that are 0.3 times 15 and 0.5 times 25.
# So: give prop_test() a table, or read n1 and n2 of a print only where they add up to n.
# Home: https://github.com/kassambara/rstatix
# Needs Debian 12 with R; the packages behind it are those of Debian 12.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get -o APT::Sandbox::User=root --quiet=2 download r-cran-rstatix=0.7.2-1 > download.log
apt-cache depends --recurse --no-recommends --no-suggests --no-conflicts --no-breaks --no-replaces --no-enhances \
    r-cran-dplyr r-cran-broom r-cran-tidyr r-cran-purrr | grep --only-matching --extended-regexp '^r-cran-[a-z0-9.-]+' |
    sort --unique | xargs apt-get -o APT::Sandbox::User=root --quiet=2 download >> download.log
for package in ./*.deb; do dpkg --extract "$package" .; done
cat > run.R <<'R'
.libPaths("usr/lib/R/site-library", include.site = FALSE)
library(dplyr, warn.conflicts = FALSE)
library(broom)
library(tibble)
library(purrr)
library(magrittr, warn.conflicts = FALSE)
invisible(lazyLoad("usr/lib/R/site-library/rstatix/R/rstatix", globalenv()))
show <- function(x) cat(paste(c("n", "n1", "n2", "estimate1", "estimate2", "p"), unlist(x[c("n", "n1", "n2", "estimate1", "estimate2",
  "p")]), collapse = ", "), "\n")
options(digits = 4)
show(prop_test(x = c(15, 25), n = c(50, 50), detailed = TRUE))
show(prop_test(as.table(rbind(c(15, 35), c(25, 25))), detailed = TRUE))
R
seen=$(R --vanilla --no-echo --file=run.R 2> warnings.log)
echo "$seen"
[ "$(grep '^n ' <<< "$seen")" = "n 100, n1 15, n2 25, estimate1 0.3, estimate2 0.5, p 0.0662 
n 100, n1 50, n2 50, estimate1 0.3, estimate2 0.5, p 0.0662 " ] || { echo "rstatix behaves otherwise than was seen" >&2; exit 1; }
