#!/usr/bin/env bash
# gpx-parser-ts 1.0.7 under Node 20, calculateElevationData() and toStreamJSON(), seen 2026-11-30.
#
# A run on a beach: points at heights of 0, 10, 0, 10, 0 and 10 m, five seconds and 22 m apart. Expected: 30 m up, 20 m down, lowest
# 0, on average 5. Seen: 0 m up, 20 m down, lowest 10, on average 10: a height of 0 is taken for a missing one, so that each climb that begins
# there is left out, and its height too. Below sea level and above it is right.
# Moving time of five steps of five seconds at 16 km/h: expected 25 s, seen 5: each step counts as one second, whatever its length.
# So: lift heights by 100 m before the call; multiply by elapsedTime by hand.
# Home: gpx-parser-ts on npm
# Needs Node with npm.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund gpx-parser-ts@1.0.7 xml2js@0.6.2 > npm.log
cat > run.cjs <<'JS'
const module_ = require("gpx-parser-ts");
const Parser = module_.default ?? module_.GpxParser ?? module_;
const sum = (numbers) => numbers.reduce((a, b) => a + b, 0);
const file = (heights) => `<gpx version="1.1"><metadata></metadata><trk><trkseg>${heights.map((height, i) =>
  `<trkpt lat="${50 + i * 0.0002}" lon="8"><ele>${height}</ele><time>2020-01-01T10:00:${String(i * 5).padStart(2, "0")}Z</time></trkpt>`,
).join("")}</trkseg></trk></gpx>`;
(async () => {
  const parser = new Parser();
  for (const heights of [[0, 10, 0, 10, 0, 10], [100, 110, 100, 110, 100, 110]]) {
    const points = (await parser.parse(file(heights))).trk[0].trkseg.trkpt;
    const { pos, neg, min, avg } = parser.calculateElevationData(points);
    const stream = parser.toStreamJSON(points);
    console.log(`from ${heights[0]} m: up ${pos}, down ${neg}, lowest ${min}, average ${avg};`,
      `elapsed ${sum(stream.elapsedTime)} s, moving ${sum(stream.movingTime)} s`);
  }
})();
JS
seen=$(node run.cjs)
echo "$seen"
[ "$seen" = "from 0 m: up 0, down 20, lowest 10, average 10; elapsed 25 s, moving 5 s
from 100 m: up 30, down 20, lowest 100, average 105; elapsed 25 s, moving 5 s" ] || {
    echo "gpx-parser-ts behaves otherwise than was seen" >&2; exit 1; }
