#!/usr/bin/env bash
# cutpointr 1.1.2 (R package of Debian 12), risk_ratio(), "relative risk", a metric of a cut-off, seen 2026-11-30.
#
# A test finds 90 of 100 who will be injured and is positive in 100 of 900 who will not. Expected: a risk ratio of 38, the risk of those
# with a positive test (90 of 190) over that of those with a negative one (10 of 810). Seen: 8.1, the positive likelihood ratio: the
# share of positives among the injured over that among the others, columns in place of rows. Its page gives this formula under the
# name of relative risk; plr(), which is listed as another metric, is the same number for every table.
# A risk ratio depends on how many are injured: with 270 others in place of 900 it is 19, and 8.1 stays.
# So: (tp / (tp + fp)) / (fn / (fn + tn)), and plr() for the likelihood ratio.
# Home: https://cran.r-project.org/package=cutpointr
# Needs Debian 12 with R. The functions are read from the package's file; they use base R alone.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get -o APT::Sandbox::User=root --quiet=2 download r-cran-cutpointr=1.1.2-1 > download.log
dpkg --extract ./*.deb .
cat > run.R <<'R'
invisible(lazyLoad("usr/lib/R/site-library/cutpointr/R/cutpointr", globalenv()))
for (others in c(900, 270)) {
  fp <- others / 9
  tn <- others - fp
  by_definition <- (90 / (90 + fp)) / (10 / (10 + tn))
  cat(sprintf("%d others: risk_ratio() %.2f, plr() %.2f; risk ratio %.2f\n", others, risk_ratio(90, fp, tn, 10), plr(90, fp, tn, 10), by_definition))
}
R
seen=$(R --vanilla --no-echo --file=run.R)
echo "$seen"
[ "$seen" = "900 others: risk_ratio() 8.10, plr() 8.10; risk ratio 38.37
270 others: risk_ratio() 8.10, plr() 8.10; risk ratio 18.75" ] || { echo "cutpointr behaves otherwise than was seen" >&2; exit 1; }
