#!/usr/bin/env bash
# csvkit 2.2.0, csvsort and csvjoin of a table of trials, seen 2026-11-30.
#
# Expected: sorting rows moves rows, joining puts columns side by side, and no cell is written otherwise.
# Seen, without a warning: events 0 and 1 become False and True; the comparator "None" becomes an empty
# cell; a risk of "0,5" becomes 5 and "1,25" becomes 125 (the comma is dropped); doses 007 and 010 become 7
# and 10; strata "1-2" and "3-4" become 2001-01-02 and 2001-03-04; "5%" becomes 5.
# csvcut, csvgrep and csvstack leave the same cells alone.
# So: give --no-inference and --blanks wherever csvkit touches extracted data.
# The options exist (https://csvkit.readthedocs.io/en/latest/common_arguments.html); that sorting needs them
# to keep what it does not sort by is what one would not think.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check csvkit==2.2.0 agate==1.14.2
cd "$folder"
cat > trials.csv <<'CSV'
trial,comparator,events,risk,dose,stratum,loss
A,None,0,"0,5",007,1-2,5%
B,none,1,"1,25",010,3-4,12%
CSV
venv/bin/csvsort --columns trial trials.csv > sorted.csv
venv/bin/csvjoin --columns trial trials.csv trials.csv | cut -d, -f 1-7 > joined.csv
venv/bin/csvcut --columns 1-7 trials.csv > cut.csv
venv/bin/csvsort --no-inference --blanks --columns trial trials.csv > kept.csv
cat > seen.csv <<'CSV'
trial,comparator,events,risk,dose,stratum,loss
A,,False,5,7,2001-01-02,5
B,,True,125,10,2001-03-04,12
CSV
cat sorted.csv
cmp seen.csv sorted.csv && cmp seen.csv joined.csv && cmp trials.csv cut.csv && cmp trials.csv kept.csv \
    || { echo "csvkit behaves otherwise than was seen" >&2; exit 1; }
