#!/usr/bin/env bash
# epicalc 2.15 (R package of Debian 12), csi() and cs(), method = "Newcombe.Wilson", seen 2026-11-30.
#
# 10 of 20 exposed and 30 of 200 others fall ill: a risk difference of 0.35. Expected: Newcombe's limits from Wilson's
# of each group, 0.14 to 0.56. Seen: 0.13 to 0.47. The sizes of the groups have changed places: the 20 stand under
# the risk of the 200 and the other way round. With groups of one size the limits are right, which hides it.
# The number needed to harm follows: 2.13 for its lower limit where 1.80 is due.
# So: take the limits of unequal groups elsewhere.
# Home: https://cran.r-project.org/package=epicalc (archived); Newcombe 1998, method 10
# Needs Debian 12 with R. The functions are read from the package's file; they use base R alone.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get -o APT::Sandbox::User=root --quiet=2 download r-cran-epicalc=2.15.1.0-5 > download.log
dpkg --extract ./*.deb .
cat > run.R <<'R'
invisible(lazyLoad("usr/lib/R/site-library/epicalc/R/epicalc", globalenv()))
wilson <- function(events, people, z = qnorm(.975)) {
  share <- events / people
  middle <- share + z^2 / (2 * people)
  half <- z * sqrt(share * (1 - share) / people + z^2 / (4 * people^2))
  (middle + c(-half, half)) / (1 + z^2 / people)
}
due <- function(events1, people1, events0, people0) {
  risks <- c(events1 / people1, events0 / people0)
  one <- wilson(events1, people1)
  none <- wilson(events0, people0)
  risks[1] - risks[2] + c(-1, 1) * sqrt(c((risks[1] - one[1])^2 + (none[2] - risks[2])^2,
    (one[2] - risks[1])^2 + (risks[2] - none[1])^2))
}
for (people0 in c(20, 200)) {
  events0 <- .15 * people0
  printed <- capture.output(csi(10, 10, events0, people0 - events0))
  line <- grep("Risk difference|NNH", printed, value = TRUE)
  cat(people0, "others:", gsub(" +", " ", line), "due:", format(round(due(10, 20, events0, people0), 2), nsmall = 2), "\n")
}
R
seen=$(R --vanilla --no-echo --file=run.R)
echo "$seen"
[ "$seen" = "20 others:  Risk difference (attributable risk) 0.35 0.06 0.57   Number needed to harm (NNH) 2.86 1.74 16.89  due: 0.06 0.57 
200 others:  Risk difference (attributable risk) 0.35 0.13 0.47   Number needed to harm (NNH) 2.86 2.13 7.77  due: 0.14 0.56 " ] || { echo "epicalc behaves otherwise than was seen" >&2; exit 1; }
