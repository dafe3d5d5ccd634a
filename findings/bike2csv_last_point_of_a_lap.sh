#!/usr/bin/env bash
# bike2csv 0.1.4 with pandas 1.5.3, a TCX file of three laps to CSV, seen 2026-11-30.
#
# Three laps of four points a minute apart, a pulse each; the second lap has a pause, so that its points stand in two tracks. Expected: twelve
# rows with twelve pulses. Seen: eight rows without a pulse. The next lap's first point takes the row of a lap's last one, as
# the row to go on from is that of the last point and not the one after it; of each lap the first track alone is read; and the pulse is
# looked for as the text of <HeartRateBpm>, where it stands in <Value> inside. The column heart_rate is there, with blanks.
# What a new point lacks stays as the overwritten one had it: place and time of one row can be of different laps.
# So: fitparse for FIT; for TCX, the points by ".//Trackpoint" of any reader of XML, counted before and after.
# Home: https://github.com/evavanweenen/bike2csv
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile bike2csv==0.1.4 fitparse==1.2.0 pandas==1.5.3 numpy==1.26.4 \
    > "$folder/pip.log" 2>&1
"$folder/venv/bin/python" -W ignore - "$folder" <<'PYTHON'
import csv
import sys
from pathlib import Path

from bike2csv.xml import TCX

SCHEMA = "http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2"
PAUSED = 2


def points(minutes: range) -> str:
    return "<Track>\n" + "".join(
        f"<Trackpoint>\n<Time>2020-01-01T10:{minute:02}:00Z</Time>\n<AltitudeMeters>{100 + minute}</AltitudeMeters>\n"
        f"<HeartRateBpm>\n<Value>{120 + minute}</Value>\n</HeartRateBpm>\n</Trackpoint>\n" for minute in minutes) + "</Track>\n"


def lap(number: int) -> str:
    start = 4 * (number - 1)
    tracks = points(range(start, start + 2)) + points(range(start + 2, start + 4)) if number == PAUSED else points(range(start, start + 4))
    return (f'<Lap StartTime="2020-01-01T10:{start:02}:00Z">\n<TotalTimeSeconds>240</TotalTimeSeconds>\n'
            f"<DistanceMeters>800</DistanceMeters>\n<Calories>50</Calories>\n{tracks}</Lap>\n")


folder = Path(sys.argv[1])
laps = "".join(lap(number) for number in (1, 2, 3))
(folder / "run.tcx").write_text(
    f'<TrainingCenterDatabase xmlns="{SCHEMA}">\n<Activities>\n<Activity Sport="Running">\n<Id>2020-01-01T10:00:00Z</Id>\n'
    f"{laps}</Activity>\n</Activities>\n</TrainingCenterDatabase>\n")
TCX("run.tcx", folder, folder).parse()
rows = list(csv.DictReader((folder / "record" / "run_record.csv").open()))
minutes = [int(row["timestamp"][14:16]) for row in rows]
pulses = sum(bool(row["heart_rate"].strip()) for row in rows)
print("minutes of the points:", *minutes, "| points with a pulse:", pulses, "of", 12)
assert (minutes, pulses) == ([0, 1, 2, 4, 8, 9, 10, 11], 0), "bike2csv behaves otherwise than was seen"
PYTHON
