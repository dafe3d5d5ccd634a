#!/usr/bin/env bash
# csv2md 1.7.1, a CSV file to a Markdown table, seen 2026-12-01.
#
# Two trials with events and people, and below them a footnote of one cell, "* imputed". Expected: three columns, the footnote in the first
# of four rows; or an error about the row. Seen: one column: trial, A, B and the footnote; events and people are gone from all
# rows, exit status 0. The width of columns is found across rows by zip(), which ends with the shortest one, and cells without a width are not
# written. A single row whose last cell was left out (R, awk and editors write such) takes the last column from the whole table.
# Blank lines are allowed for, shorter lines are not.
# So: fill rows up first, and count the columns.
# Home: https://github.com/lzakharov/csv2md
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile csv2md==1.7.1
csv2md() { "$folder/venv/bin/csv2md"; }
whole=$(printf 'trial,events,people\nA,4,123\nB,11,139\n' | csv2md)
noted=$(printf 'trial,events,people\nA,4,123\nB,11,139\n"* imputed"\n' | csv2md)
short=$(printf 'trial,events,people,dose\nA,4,123,10\nB,11,139\n' | csv2md)
printf '%s\n\n%s\n\n%s\n' "$whole" "$noted" "$short"
[ "$(tail -1 <<< "$whole")" = "| B     | 11     | 139    |" ] && [ "$short" = "$whole" ] && [ "$noted" = "| trial     |
| --------- |
| A         |
| B         |
| * imputed |" ] || { echo "csv2md behaves otherwise than was seen" >&2; exit 1; }
