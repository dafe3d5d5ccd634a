#!/usr/bin/env bash
# metafor 3.8-1 (Debian 12), escalc(vtype = "AV"), seen 2026-11-30.
#
# vtype = "AV" asks for variances from the mean risk of each arm over all trials, the sample-size weighted
# average. Expected: another variance than the usual one, or an error for a measure that has none.
# Seen: for "RD" it is another; for "RR" and "OR" the usual variance comes back without a word, so that an
# analysis reported as by average variances is the plain one. metafor 5.1-12 computes it for all three.
# So: look whether vi changes, or compute it: p the weighted mean risk of an arm, (1 - p) / (p n) summed
# over arms for a log risk ratio, 1 / (p (1 - p) n) for a log odds ratio.
# Home: https://www.metafor-project.org
# Needs Debian 12 with R. The functions are read from the package's file; they use base R alone.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get -o APT::Sandbox::User=root --quiet=2 download r-cran-metafor=3.8-1-1 > download.log
dpkg --extract ./*.deb .
cat > run.R <<'R'
space <- new.env(parent = globalenv())
invisible(lazyLoad("usr/lib/R/site-library/metafor/R/metafor", space))
for (name in ls(space, all.names = TRUE)) {
  one <- get(name, space)
  if (is.function(one)) { environment(one) <- space; assign(name, one, space) }
}
events <- c(4, 6, 3); n <- c(123, 306, 231); control <- c(11, 29, 11); m <- c(139, 303, 220)
variances <- function(measure, vtype) {
  found <- space$escalc(measure = measure, ai = events, n1i = n, ci = control, n2i = m, vtype = vtype)
  paste(sprintf("%.6f", found$vi), collapse = " ")
}
for (measure in c("RR", "OR", "RD"))
  cat(measure, "usual:", variances(measure, "LS"), "average:", variances(measure, "AV"), "\n")
p <- c(sum(events) / sum(n), sum(control) / sum(m))
cat("RR average, by hand:", sprintf("%.6f", (1 - p[1]) / (p[1] * n) + (1 - p[2]) / (p[2] * m)), "\n")
R
seen=$(R --vanilla --no-echo --file=run.R)
echo "$seen"
[ "$seen" = "RR usual: 0.325585 0.194581 0.415368 average: 0.325585 0.194581 0.415368 
OR usual: 0.357125 0.208132 0.433413 average: 0.357125 0.208132 0.433413 
RD usual: 0.000780 0.000348 0.000271 average: 0.000669 0.000298 0.000407 
RR average, by hand: 0.490818 0.202184 0.269908 " ] || { echo "metafor behaves otherwise than was seen" >&2; exit 1; }
