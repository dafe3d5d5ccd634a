#!/usr/bin/env bash
# statistics.js 1.0.0 under Node 20, studentsTTestTwoSamples(..., { dependent: true }) with drop-outs, seen 2026-11-30.
#
# Ten people were measured before, five of them after. It says so itself: missings 5, 4 degrees of freedom. Expected: t of
# the five pairs, 4.81, P = 0.0086. Seen: 6.80 and 0.0024. Mean and standard deviation are of the five pairs, the root
# in front of them is that of all ten people: t is too large by the root of 10 / 5.
# So: leave out who has one value alone before the call, or multiply t by the root of pairs over people.
# Home: https://github.com/thisancog/statistics.js
# Needs Node with npm.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund statistics.js@1.0.0 > npm.log
cat > run.cjs <<'JS'
const Statistics = require("statistics.js");
const before = [5, 6, 7, 8, 9, 4, 6, 7, 5, 6];
const after = [3, 5, 4, 7, 7];
const people = before.map((value, i) => (i < after.length ? { before: value, after: after[i] } : { before: value }));
const test = (rows, first, second) => {
  const columns = { before: "metric", after: "metric" };
  const found = new Statistics(rows, columns).studentsTTestTwoSamples(first, second, { dependent: true });
  return `t ${found.tStatistic.toFixed(2)}, df ${found.degreesOfFreedom}, missing ${found.missings}, P ${found.pTwoSided.toFixed(4)}`;
};
console.log("before, after:", test(people, "before", "after"));
console.log("after, before:", test(people, "after", "before"));
console.log("whole pairs:", test(people.slice(0, 5), "before", "after"));
const differences = after.map((value, i) => before[i] - value);
const mean = differences.reduce((a, b) => a + b) / 5;
const deviation = Math.sqrt(differences.reduce((sum, d) => sum + (d - mean) ** 2, 0) / 4);
console.log("by hand:", ((Math.sqrt(5) * mean) / deviation).toFixed(2));
JS
seen=$(node run.cjs)
echo "$seen"
[ "$seen" = "before, after: t 6.80, df 4, missing 5, P 0.0024
after, before: t -6.80, df 4, missing 5, P 0.0024
whole pairs: t 4.81, df 4, missing 0, P 0.0086
by hand: 4.81" ] || { echo "statistics.js behaves otherwise than was seen" >&2; exit 1; }
