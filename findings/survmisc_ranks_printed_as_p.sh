#!/usr/bin/env bash
# survMisc 0.5.6 under R 4.2 (Debian 12), comp(), six log-rank tests of two groups, seen 2026-11-30.
#
# Lung cancer, women against men (228 people of the package survival). Expected: the table's last column, pNorm, holds P: 0.0013
# for the log-rank test (Z = -3.21), 0.0004 for Gehan's, 0.0057 for Fleming and Harrington's with p = q = 1. Seen: 5, 3 and 6,
# without a word; of four groups it is the same in pChisq. In a trial without any difference one of the six is
# "1" as well. They are the places of the six numbers in the alphabet: P is formatted as text and handed to printCoefmat(),
# which since R 4.0 turns text into the numbers of its levels. Z, variances and the numbers within are right.
# So: compute P from Z, or take survdiff(); a pNorm that is a whole number is none.
# Under R 3 the same call printed P: https://github.com/kassambara/survminer/issues/191 shows some.
# Home: https://cran.r-project.org/package=survMisc
# Needs Debian 12 with R. The functions are read from the package's file; survival comes with R.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get -o APT::Sandbox::User=root --quiet=2 download r-cran-survmisc=0.5.6-1 r-cran-data.table=1.14.8+dfsg-1 \
    r-cran-survival=3.5-3-1 > download.log
for package in ./*.deb; do dpkg --extract "$package" .; done
cat > run.R <<'R'
library(survival, lib.loc = "usr/lib/R/library")
library(data.table, lib.loc = "usr/lib/R/site-library")
invisible(lazyLoad("usr/lib/R/site-library/survMisc/R/survMisc", globalenv()))
people <- ten(Surv(time, status) ~ sex, data = lung)
invisible(capture.output(comp(people)))
found <- attr(people, "lrt")
print(found)
cat("P of these Z:", format(signif(2 * pnorm(-abs(found$Z)), 2), scientific = FALSE), "\n")
arms <- ten(Surv(time, status) ~ celltype, data = veteran)
invisible(capture.output(comp(arms)))
cat("four groups, pChisq:", sub(".* ", "", trimws(capture.output(print(attr(arms, "lrt")))[-1])), "\n")
cat("survdiff():", format(pchisq(survdiff(Surv(time, status) ~ sex, data = lung)$chisq, 1, lower.tail = FALSE), digits = 2), "\n")
R
seen=$(R --vanilla --no-echo --file=run.R 2>&1)
echo "$seen"
[ "$(grep -E '^(1|n|sqrtN|S1|S2|FH)' <<< "$seen" | awk '{ print $5 }' | xargs)" = "5 3 4 2 1 6" ] &&
    [ "$(tail -3 <<< "$seen")" = "P of these Z: 0.00130 0.00042 0.00042 0.00037 0.00037 0.00570 
four groups, pChisq: 4 3 5 1 2 6 
survdiff(): 0.0013 " ] || { echo "survMisc behaves otherwise than was seen" >&2; exit 1; }
