#!/usr/bin/env bash
# jstat 1.9.6 under Node 20, the Poisson distribution, seen 2026-11-30.
#
# 150 events where 120 are expected. Expected: P(X <= 150) = 0.996, a number of ordinary size.
# Seen: Infinity, and the same for P(X = 150), since a power overflows before it is divided; with 144 events
# it is still right to nine digits. 1 - Infinity is below 0.05 and above no threshold, so a test of an excess
# is "significant" for any data beyond some 145 events, also where R has p = 0.2 (170 events for 160).
# So: probabilities of counts on a page come from @stdlib or a sum of logarithms, and are tested at 150.
# A related report, of NaN in the thousands: https://github.com/jstat/jstat/issues/293
# Needs Node with npm.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund jstat@1.9.6 @stdlib/stats-base-dists-poisson-cdf@0.3.1 > npm.log
cat > run.cjs <<'JS'
const { jStat } = require("jstat");
const stdlib = require("@stdlib/stats-base-dists-poisson-cdf");
const byLogarithms = (count, mean) => {
  let sum = 0, logFactorial = 0;
  for (let n = 0; n <= count; n++) {
    logFactorial += n ? Math.log(n) : 0;
    sum += Math.exp(n * Math.log(mean) - mean - logFactorial);
  }
  return sum;
};
for (const [count, mean] of [[144, 120], [150, 120], [170, 160]])
  console.log(count, mean, ...[jStat.poisson.cdf, byLogarithms, stdlib].map((f) => f(count, mean).toFixed(6)));
JS
seen=$(node run.cjs)
echo "$seen"
[ "$seen" = "144 120 0.985409 0.985409 0.985409
150 120 Infinity 0.996448 0.996448
170 160 Infinity 0.797945 0.797945" ] || { echo "jstat behaves otherwise than was seen" >&2; exit 1; }
