#!/usr/bin/env bash
# runcalc 0.1.1, running pace from time and distance, seen 2026-12-01.
#
# 5 km in 20:40.25. Expected: 248.05 seconds for a kilometre, that is 4 minutes 8.05 seconds. Seen: "4 minutes 8.5 seconds": hundredths are
# rounded to a whole number, 5, and put behind the point without their zero. Every pace with less than a tenth of a second over a whole
# second is wrong by up to 0.81 seconds (8.09 is printed as 8.9), and in the order of the printed paces 8.05 comes after 8.4. From 0.995
# on it gets worse: 41:14.996 is "41 minutes 14.100 seconds", 14.1 for 15.00. Two runs that differ by 0.04 seconds, 8.05 and 8.09, are 0.4 apart.
# So: divide in seconds, and print minutes and seconds by f"{seconds:05.2f}".
# Home: https://pypi.org/project/runcalc/
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile runcalc==0.1.1 click==8.3.1
pace() { "$folder/venv/bin/python" -W ignore "$folder/venv/bin/runcalc" --time "$1" --distance "$2" --unit km; }
seen="$(pace 20:40.25 5)
$(pace 20:42 5)
$(pace 41:14.996 1)"
echo "$seen"
"$folder/venv/bin/python" -c 'print("due:", (20 * 60 + 40.25) / 5 - 240, (20 * 60 + 42) / 5 - 240, 14.996)'
[ "$seen" = "Pace: 4 minutes 8.5 seconds per km
Pace: 4 minutes 8.40 seconds per km
Pace: 41 minutes 14.100 seconds per km" ] || { echo "runcalc behaves otherwise than was seen" >&2; exit 1; }
