#!/usr/bin/env bash
# tcx2gpx 0.1.6 and python-tcxparser 2.4.0, a training file whose first point and one other have a time alone, seen 2026-11-30.
#
# A run of four places, 111 m and one minute apart, with ten minutes' rest after the second. Watches write points without place or
# pulse before the first fix and at a stop; the format allows both. Expected: the places of the GPX file have their own times, at
# minutes 1, 2, 13 and 14, and the time at a pulse above 150 is that of the last two points.
# Seen: minutes 0, 1, 2 and 12, the rest moved behind the third place, and 660 seconds above 150 where 90 are due: places,
# heights, times and pulses are drawn from the file as separate lists, and laid beside one another by zip(), without a word
# when their lengths differ. Speed, load and time in zones of every later point are another point's.
# So: read point by point (tcxreader does), or drop points without place and pulse first.
# Documentation: tcx2gpx on PyPI and python-tcxparser on PyPI
# People met lists of different lengths: https://github.com/vkurup/python-tcxparser/issues/87
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile \
    tcx2gpx==0.1.6 python-tcxparser==2.4.0 gpxpy==1.6.2 > "$folder/pip.log" 2>&1
"$folder/venv/bin/python" - "$folder" <<'PYTHON'
import re
import sys
from pathlib import Path

from tcx2gpx.tcx2gpx import TCX2GPX
from tcxparser import TCXParser

SCHEMA = "http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2"


def point(minute: int, place: int | None = None, pulse: int | None = None) -> str:
    inner = f"<Time>2020-01-01T10:{minute:02}:00Z</Time>"
    if place is not None:
        inner += (f"<Position><LatitudeDegrees>50.00{place}</LatitudeDegrees><LongitudeDegrees>8</LongitudeDegrees></Position>"
                  f"<AltitudeMeters>{100 + place}</AltitudeMeters><HeartRateBpm><Value>{pulse}</Value></HeartRateBpm>")
    return f"<Trackpoint>{inner}</Trackpoint>"


points = [point(0), point(1, 1, 120), point(2, 2, 140), point(12), point(13, 3, 160), point(14, 4, 180)]
file = Path(sys.argv[1], "run.tcx")
file.write_text(
    f'<TrainingCenterDatabase xmlns="{SCHEMA}"><Activities><Activity Sport="Running"><Id>2020-01-01T10:00:00Z</Id>'
    '<Lap StartTime="2020-01-01T10:00:00Z"><TotalTimeSeconds>840</TotalTimeSeconds><DistanceMeters>333</DistanceMeters>'
    f"<Calories>50</Calories><Track>{''.join(points)}</Track></Lap></Activity></Activities></TrainingCenterDatabase>")
TCX2GPX(file).convert()
minutes = [int(m) for m in re.findall(r"<time>2020-01-01T10:(\d\d)", file.with_suffix(".gpx").read_text())]
zones = TCXParser(str(file)).hr_time_in_zones({"to 150": (0, 150), "above 150": (151, 220)})
seconds = {name: int(time.total_seconds()) for name, time in zones.items()}
print("minutes of the four places:", minutes, "due [1, 2, 13, 14]")
print("seconds in zones:", seconds, "of points with a pulse, half-way to their neighbours: 390 and 90")
assert minutes == [0, 1, 2, 12], "tcx2gpx behaves otherwise than was seen"
assert seconds == {"to 150": 90, "above 150": 660}, "python-tcxparser behaves otherwise than was seen"
PYTHON
