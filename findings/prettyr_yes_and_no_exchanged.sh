#!/usr/bin/env bash
# prettyR 2.2-3 with foreign 0.8-84 (Debian 12), freq() of a variable read from SPSS, seen 2026-11-30.
#
# Ten players, six injured: 1 is "yes" and 0 is "no" in the file's value labels. read.spss(use.value.labels = FALSE) keeps them as
# the attribute value.labels, which freq() uses. Expected: yes 6, no 4. Seen: no 6, yes 4, as frequencies and as percentages. foreign
# gives labels from the highest code down, freq() counts from the lowest up, and puts the labels on in the order they come.
# Of three grades the five without injury become "severe". Labels in rising order come out right; xtab() of the same package
# sorts them first.
# So: turn codes into factors before counting, read.spss(use.value.labels = TRUE), and check one count against the file.
# Home: https://cran.r-project.org/package=prettyR; https://cran.r-project.org/package=foreign
# Needs Debian 12 with R. The functions of prettyR are read from the package's file; they use base R alone.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get -o APT::Sandbox::User=root --quiet=2 download r-cran-prettyr=2.2-3-2 r-cran-foreign=0.8.84-1 > download.log
for package in ./*.deb; do dpkg --extract "$package" .; done
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check --no-compile pyreadstat==1.3.7 pandas==2.3.3 numpy==2.3.5
venv/bin/python - <<'PYTHON'
import pandas
import pyreadstat

players = pandas.DataFrame({"injured": [1.0] * 6 + [0.0] * 4, "grade": [0.0] * 5 + [1.0] * 3 + [2.0] * 2})
labels = {"injured": {0: "no", 1: "yes"}, "grade": {0: "none", 1: "mild", 2: "severe"}}
pyreadstat.write_sav(players, "players.sav", variable_value_labels=labels)
PYTHON
cat > run.R <<'R'
library(foreign, lib.loc = "usr/lib/R/library")
invisible(lazyLoad("usr/lib/R/site-library/prettyR/R/prettyR", globalenv()))
show <- function(x) paste(names(x), as.vector(x), collapse = ", ")
players <- suppressMessages(read.spss("players.sav", use.value.labels = FALSE, to.data.frame = TRUE))
named <- suppressMessages(read.spss("players.sav", to.data.frame = TRUE))
cat("labels as read:", show(attr(players$injured, "value.labels")), "\n")
cat("freq():", show(freq(players$injured, display.na = FALSE)[[1]]), "due:", show(rev(table(named$injured))), "\n")
cat("freq():", show(freq(players$grade, display.na = FALSE)[[1]]), "due:", show(table(named$grade)), "\n")
rising <- structure(players$injured, value.labels = c(no = 0, yes = 1))
cat("labels in rising order:", show(freq(rising, display.na = FALSE)[[1]]), "\n")
cat("xtab():", show(calculate.xtab(players$injured, players$grade)$row.margin), "\n")
R
seen=$(R --vanilla --no-echo --file=run.R)
echo "$seen"
[ "$seen" = "labels as read: yes 1, no 0 
freq(): no 6, yes 4 due: yes 6, no 4 
freq(): severe 5, mild 3, none 2 due: none 5, mild 3, severe 2 
labels in rising order: yes 6, no 4 
xtab(): no 4, yes 6 " ] || { echo "prettyR or foreign behaves otherwise than was seen" >&2; exit 1; }
