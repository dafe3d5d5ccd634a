#!/usr/bin/env bash
# csv-diff 1.2, two versions of a table of arms, seen 2026-11-30.
#
# Trial A has two arms, so the key "trial" stands twice. Events of its first arm change from 1 to 9.
# Expected: the change is reported, or the repeated key is refused. Seen: no output and exit status 0, as if
# the files were equal: rows are kept by key, each overwriting the one before, and only last ones are compared.
# A whole arm can vanish in the same way. So: a key for csv-diff must be shown to be unique first.
# Home: https://github.com/simonw/csv-diff (its help takes the key for a unique one).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check csv-diff==1.2
cd "$folder"
printf 'trial,arm,events\nA,low,1\nA,high,2\nB,low,3\n' > old.csv
printf 'trial,arm,events\nA,low,9\nA,high,2\nB,low,3\n' > changed.csv
printf 'trial,arm,events\nA,high,2\nB,low,3\n' > without.csv
echo "one number changed: '$(venv/bin/csv-diff old.csv changed.csv --key trial | tr -d '[:space:]')'"
echo "one arm removed: '$(venv/bin/csv-diff old.csv without.csv --key trial | tr -d '[:space:]')'"
[ -z "$(venv/bin/csv-diff old.csv changed.csv --key trial | tr -d '[:space:]')" ] \
    && [ -z "$(venv/bin/csv-diff old.csv without.csv --key trial | tr -d '[:space:]')" ] \
    || { echo "csv-diff behaves otherwise than was seen" >&2; exit 1; }
