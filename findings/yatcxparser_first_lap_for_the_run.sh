#!/usr/bin/env bash
# yatcxparser 0.0.1b0, total_distance, total_time, calories and slopes of a run of two laps, seen 2026-11-30.
#
# Two laps of 1000 m in 300 s and 3000 m in 900 s, 60 and 200 kcal, the second above 1500 m of height. Expected: 4000 m, 1200 s, 260 kcal and
# a distance below 1500 m of 1000 m. Seen: 1000 m, 300 s and 60 kcal, those of the first lap, and -2000 m below 1500 m, the
# whole of the first lap less what was run higher up in the second. The first of all laps found is taken for the total; watches begin
# a lap at each kilometre. Slopes, "in a radians", are the arc sine times 15.915: a rise of 100 m in 1000 is 1.59, where 0.10 radians,
# 5.7 degrees or 10 per cent are due.
# So: sum the laps by hand, or take the last point's distance.
# Home: yatcxparser on PyPI
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile \
    yatcxparser==0.0.1b0 numpy==2.3.5 lxml==6.0.2 > "$folder/pip.log" 2>&1
"$folder/venv/bin/python" -W ignore - "$folder" <<'PYTHON'
import sys
from pathlib import Path

from yatcxparser import TcxParser

SCHEMA = "http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2"


def lap(minutes: range, seconds: int, metres: int, energy: int) -> str:
    points = "".join(
        f"<Trackpoint><Time>2020-01-01T10:{m:02}:00.000Z</Time><AltitudeMeters>{1400 + 20 * m}</AltitudeMeters>"
        f"<DistanceMeters>{200 * m}</DistanceMeters></Trackpoint>" for m in minutes)
    return (f'<Lap StartTime="2020-01-01T10:{minutes[0]:02}:00.000Z"><TotalTimeSeconds>{seconds}</TotalTimeSeconds>'
            f"<DistanceMeters>{metres}</DistanceMeters><Calories>{energy}</Calories><Track>{points}</Track></Lap>")


file = Path(sys.argv[1], "run.tcx")
file.write_text(
    f'<TrainingCenterDatabase xmlns="{SCHEMA}"><Activities><Activity Sport="Running"><Id>2020-01-01T10:00:00.000Z</Id>'
    f"{lap(range(0, 6), 300, 1000, 60)}{lap(range(6, 21), 900, 3000, 200)}</Activity></Activities></TrainingCenterDatabase>")
run = TcxParser(str(file))
seen = [float(x) for x in (run.total_distance, run.total_time, run.calories, run.distances[-1], run.low_altitude_distance)]
slope = round(float(run.grades[1]), 2)
print("metres, seconds, kcal, distance at the last point, metres below 1500 m:", *seen)
print("slope of a rise of 20 m in 200 m:", slope)
assert seen == [1000, 300, 60, 4000, -2000] and slope == 1.59, "yatcxparser behaves otherwise than was seen"
PYTHON
