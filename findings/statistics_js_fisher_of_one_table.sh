#!/usr/bin/env bash
# statistics.js 1.0.0 under Node 20, fishersExactTest(), seen 2026-11-30.
#
# 12 of 100 treated and 5 of 100 controls have the event. Its documentation holds the result against the level of
# significance. Expected: P of Fisher's test, 0.126 (two-sided; 0.063 one-sided). Seen: 0.043, "significant": it is the
# probability of this one table alone, without the tables as far or farther out. The larger the trial, the less likely is any
# single table: two groups with 10 of 100 each, equal as they are, give 0.186, where P is 1.
# So: sum the probabilities of the tables at most as likely (R's fisher.test), and doubt a small P of large, like groups.
# Home: https://github.com/thisancog/statistics.js
# Needs Node with npm.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund statistics.js@1.0.0 > npm.log
cat > run.cjs <<'JS'
const Statistics = require("statistics.js");
const logFactorial = [0];
for (let i = 1; i <= 20000; i++) logFactorial.push(logFactorial[i - 1] + Math.log(i));
const logChoose = (n, k) => logFactorial[n] - logFactorial[k] - logFactorial[n - k];
const chance = (k, n1, n0, events) => Math.exp(logChoose(n1, k) + logChoose(n0, events - k) - logChoose(n1 + n0, events));
const twoSided = (a, n1, c, n0) => {
  let sum = 0;
  for (let k = Math.max(0, a + c - n0); k <= Math.min(n1, a + c); k++) {
    const one = chance(k, n1, n0, a + c);
    if (one <= chance(a, n1, n0, a + c) * (1 + 1e-7)) sum += one;
  }
  return sum;
};
const people = (arm, events, n) => Array.from({ length: n }, (_, i) => ({ arm, event: i < events ? "yes" : "no" }));
for (const [a, n1, c, n0] of [[3, 4, 1, 4], [10, 100, 10, 100], [12, 100, 5, 100]]) {
  const trial = new Statistics([...people("treated", a, n1), ...people("control", c, n0)], { arm: "nominal", event: "nominal" });
  const seen = trial.fishersExactTest("arm", "event");
  console.log(`${a}/${n1}, ${c}/${n0}: ${seen.toFixed(3)}, one table ${chance(a, n1, n0, a + c).toFixed(3)}, P ${twoSided(a, n1, c, n0).toFixed(3)}`);
}
JS
seen=$(node run.cjs)
echo "$seen"
[ "$seen" = "3/4, 1/4: 0.229, one table 0.229, P 0.486
10/100, 10/100: 0.186, one table 0.186, P 1.000
12/100, 5/100: 0.043, one table 0.043, P 0.126" ] || { echo "statistics.js behaves otherwise than was seen" >&2; exit 1; }
