#!/usr/bin/env bash
# vega-loader 5.1.3 under Node 20, which reads the CSV files of Vega and Vega-Lite charts, seen 2026-11-30.
#
# Types are left to be inferred, by the format's parse "auto".
# Expected: p-values such as "<0.001" and ".05", and percentages, are text if they are no numbers.
# Seen: both columns are taken for dates. "<0.001" is 1 January 2000, ".05" 1 May 2001, "5%" the same day as
# ".05", strata "1-2" and "3-4" are days of 2001; all are numbers of milliseconds, which sort and draw
# without a warning. JavaScript's Date.parse accepts them, and one column type is tried after the other.
# So: give a chart the type of each column ("parse" of its format), or numbers and text in JSON.
# Documentation: https://vega.github.io/vega/docs/data/#format ("auto"). Dates are of the local time zone.
# Needs Node with npm.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund vega-loader@5.1.3 > npm.log
cat > run.mjs <<'JS'
import { read } from "vega-loader";
const csv = "trial,p,loss,stratum,events\nA,<0.001,5%,1-2,0\nB,.05,12%,3-4,1\n";
const day = (value) => (value > 9e11 ? new Date(value).toISOString().slice(0, 10) : value);
for (const row of read(csv, { type: "csv", parse: "auto" }))
  console.log(Object.values(row).map(day).join(" "));
JS
seen=$(TZ=UTC node run.mjs)
echo "$seen"
[ "$seen" = "A 2000-01-01 2001-05-01 2001-01-02 0
B 2001-05-01 2001-12-01 2001-03-04 1" ] || { echo "vega-loader behaves otherwise than was seen" >&2; exit 1; }
