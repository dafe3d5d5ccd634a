#!/usr/bin/env bash
# fit-decoder 1.0.5 under Node 20, a training file (FIT) of a run, seen 2026-12-01.
#
# A run at a height of 100 and 110 m, 300 m up in all, pulses of 150 and none (the strap had slipped). Expected, by FIT's own profile: a stored
# height is metres plus 500, times 5; ascent is in whole metres; a pulse stored as 255 is none. Garmin's reader gives 100, 110, 300, and
# 150 and nothing. Seen: 30 and 30.5 m, 3 m up, and pulses of 150 and 255. All heights are divided by 100, as if they were centimetres, ascent,
# descent and the accuracy of a place too, so that a run at sea level is at 25 m and a hill is a twentieth of itself; and what
# stands for "no value" is never looked for: mean and highest pulse are wrong wherever one beat is missing. Distances and speeds are right.
# So: @garmin/fitsdk; of numbers that came this way, height = 20 x - 500, ascent = 100 x, pulses of 255 out.
# Home: https://www.npmjs.com/package/fit-decoder; profile: https://developer.garmin.com/fit/protocol/
# Needs Node with npm.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund fit-decoder@1.0.5 @garmin/fitsdk@21.217.0 > npm.log
cat > run.mjs <<'JS'
import { createRequire } from "node:module";
import { Decoder, Stream } from "@garmin/fitsdk";
const { fit2json, parseRecords, getRecordFieldValue } = createRequire(import.meta.url)("fit-decoder");

const UINT8 = [1, 0x02], ENUM = [1, 0x00], UINT16 = [2, 0x84], UINT32 = [4, 0x86];
const little = (value, size) => Array.from({ length: size }, (_, place) => Math.floor(value / 256 ** place) % 256);
// A message: its definition, and a row of bytes for each list of values. Fields are [number, type].
const message = (local, number, fields, rows) => [
  0x40 + local, 0, 0, ...little(number, 2), fields.length, ...fields.flatMap(([field, [size, kind]]) => [field, size, kind]),
  ...rows.flatMap((row) => [local, ...row.flatMap((value, place) => little(value, fields[place][1][0]))]),
];
const start = 1_000_000_000;
const height = (metres) => (metres + 500) * 5;
const body = [
  ...message(0, 0, [[0, ENUM], [4, UINT32]], [[4, start]]),
  ...message(1, 20, [[253, UINT32], [3, UINT8], [2, UINT16], [5, UINT32]], [[start, 150, height(100), 0], [start + 60, 255, height(110), 20000]]),
  ...message(2, 18, [[253, UINT32], [2, UINT32], [7, UINT32], [22, UINT16]], [[start + 60, start, 60000, 300]]),
];
const table = [0x0, 0xcc01, 0xd801, 0x1400, 0xf001, 0x3c00, 0x2800, 0xe401, 0xa001, 0x6c00, 0x7800, 0xb401, 0x5000, 0x9c01, 0x8801, 0x4400];
const check = (bytes) => bytes.reduce((sum, byte) => {
  for (const nibble of [byte & 15, byte >> 4]) sum = ((sum >> 4) & 0xfff) ^ table[sum & 15] ^ table[nibble];
  return sum;
}, 0);
const head = [14, 0x20, ...little(2100, 2), ...little(body.length, 4), ...Buffer.from(".FIT")];
const bytes = [...head, ...little(check(head), 2), ...body];
const file = Uint8Array.from([...bytes, ...little(check(bytes), 2)]);

const json = parseRecords(fit2json(file.buffer));
const of = (kind, field) => getRecordFieldValue(json, kind, field).join(" ");
console.log("seen: heights", of("record", "altitude"), "ascent", of("session", "total_ascent"), "pulses", of("record", "heart_rate"), "metres", of("record", "distance"));
const { messages, errors } = new Decoder(Stream.fromByteArray([...file])).read();
if (errors.length) throw errors[0];
const list = (field) => messages.recordMesgs.map((row) => row[field] ?? "none").join(" ");
console.log("due: heights", list("altitude"), "ascent", messages.sessionMesgs[0].totalAscent, "pulses", list("heartRate"), "metres", list("distance"));
JS
seen=$(node run.mjs)
echo "$seen"
[ "$seen" = "seen: heights 30 30.5 ascent 3 pulses 150 255 metres 0 200
due: heights 100 110 ascent 300 pulses 150 none metres 0 200" ] || { echo "fit-decoder behaves otherwise than was seen" >&2; exit 1; }
