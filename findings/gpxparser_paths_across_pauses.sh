#!/usr/bin/env bash
# gpxparser 3.0.8 and @we-gold/gpxjs 1.2.0 under Node 20, the distance of a track with a pause, seen 2026-11-30.
#
# A player's watch is stopped after 111 m, and started again on another ground, 22 km off, for 111 m. GPX keeps the
# parts in two <trkseg>, which its schema asks for where reception was lost or the receiver was off. Expected: 222 m.
# Seen in both: 22350 m. All points of the track are joined into one line, and the way between the segments is counted
# as covered; the segments are gone from what comes back. Slopes and climbs go across the gap likewise. And in
# gpxparser a greatest height of 0 m, the beach, is null.
# So: split a track at its segments before distances are added up; a distance above speed times time is a sign.
# Schema: https://www.topografix.com/GPX/1/1/ (trksegType)
# Needs Node with npm.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund gpxparser@3.0.8 @we-gold/gpxjs@1.2.0 jsdom@26.1.0 > npm.log
cat > run.mjs <<'JS'
import { JSDOM } from "jsdom";
globalThis.window = new JSDOM("").window;
const { default: GPXParser } = await import("gpxparser");
const { parseGPXWithCustomParser } = await import("@we-gold/gpxjs");
const point = (latitude, height) => `<trkpt lat="${latitude}" lon="0"><ele>${height}</ele></trkpt>`;
const part = (from, height) => `<trkseg>${point(from, height)}${point(from + 0.001, height)}</trkseg>`;
const track = (...parts) =>
  `<gpx version="1.1" creator="example" xmlns="http://www.topografix.com/GPX/1/1"><trk>${parts.join("")}</trk></gpx>`;
const old = (text) => {
  const parser = new GPXParser();
  parser.parse(text);
  return parser.tracks[0];
};
const newer = (text) => {
  const [parsed] = parseGPXWithCustomParser(text, (xml) => new window.DOMParser().parseFromString(xml, "text/xml"));
  return parsed.tracks[0];
};
const parts = [part(0, 0), part(0.2, -2)];
for (const [name, read] of [["gpxparser", old], ["gpxjs", newer]]) {
  const each = parts.map((one) => read(track(one)).distance.total);
  console.log(`${name}: whole ${read(track(...parts)).distance.total.toFixed(0)} m, parts ${each.map((one) => one.toFixed(0))} m`);
}
console.log("greatest height of 0 and -2 m:", old(track(...parts)).elevation.max);
JS
seen=$(node run.mjs)
echo "$seen"
[ "$seen" = "gpxparser: whole 22350 m, parts 111,111 m
gpxjs: whole 22350 m, parts 111,111 m
greatest height of 0 and -2 m: null" ] || { echo "the packages behave otherwise than was seen" >&2; exit 1; }
