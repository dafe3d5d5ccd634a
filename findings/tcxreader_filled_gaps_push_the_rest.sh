#!/usr/bin/env bash
# tcxreader 0.4.11, read(null_value_handling=2), which fills gaps by straight lines, seen 2026-11-30.
#
# Six points a minute apart with pulses of 120, 140, nothing, 160, 180 and 190, a height each. Expected: the gap is filled with 150, and
# the rest stands as it was. Seen: 120, 140, 146, 153, 160 and 180: two values are put in for one, so that every later pulse moves one point
# back, and the last, which is the highest, is lost. Before the first pulse, 120, one missing point becomes two of 40 and 80: the line
# starts at 0. n missing points are replaced by n + 1, in each column by its own gaps, so that pulse, place and height of one
# point are those of different moments.
# So: null_value_handling=1 and pandas' interpolate() by time.
# Documentation: https://github.com/alenrajsp/tcxreader
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile tcxreader==0.4.11 > "$folder/pip.log" 2>&1
"$folder/venv/bin/python" - "$folder" <<'PYTHON'
import sys
from pathlib import Path

from tcxreader import TCXReader

SCHEMA = "http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2"


def read(pulses: list[int | None], handling: int) -> tuple:
    points = "".join(
        f"<Trackpoint><Time>2020-01-01T10:{minute:02}:00Z</Time><AltitudeMeters>100</AltitudeMeters>"
        + (f"<HeartRateBpm><Value>{pulse}</Value></HeartRateBpm>" if pulse else "") + "</Trackpoint>"
        for minute, pulse in enumerate(pulses))
    file = Path(sys.argv[1], "run.tcx")
    file.write_text(
        f'<TrainingCenterDatabase xmlns="{SCHEMA}"><Activities><Activity Sport="Running"><Id>2020-01-01T10:00:00Z</Id>'
        '<Lap StartTime="2020-01-01T10:00:00Z"><TotalTimeSeconds>300</TotalTimeSeconds><DistanceMeters>900</DistanceMeters>'
        f"<Calories>50</Calories><Track>{points}</Track></Lap></Activity></Activities></TrainingCenterDatabase>")
    run = TCXReader().read(str(file), only_gps=False, null_value_handling=handling)
    return [p.hr_value for p in run.trackpoints], run.hr_max


seen = []
for pulses in ([120, 140, None, 160, 180, 190], [None, 120, 140, 160, 180, 190]):
    seen.append((read(pulses, 1), read(pulses, 2)))
    print("as they are, highest:", *seen[-1][0], "| filled, highest:", *seen[-1][1])
assert [x[1] for x in seen] == [([120, 140, 146, 153, 160, 180], 180), ([40, 80, 120, 140, 160, 180], 180)], "changed"
PYTHON
