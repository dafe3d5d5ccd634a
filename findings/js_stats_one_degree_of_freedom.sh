#!/usr/bin/env bash
# js-stats 1.0.5 under Node 20, ChiSquareDistribution, seen 2026-11-30.
#
# A chi-squared of 0.5 on one degree of freedom, as of two groups that hardly differ. Expected: P = 0.48. Seen: 0, and 0 for any
# chi-squared, so that every trial of two arms is significant. On 2 degrees of freedom it gives P of 1, on 4 that of 5, on 6 of 7:
# 9.5 on 4 has P = 0.0497, seen 0.0907. On 3, 5, 7 and 9 it is right. Whether the number of degrees of freedom is even is asked by
# parseInt(..., 2), which reads a number in base 2: there 1 is itself and passes for even, and 2, 4, 6 and 10 are not what
# they were, and pass for odd.
# So: @stdlib/stats-base-dists-chisquare-cdf, or 1 - P checked at 3.84 on 1 degree of freedom, which is 0.05.
# Home: https://github.com/chen0040/js-stats
# Needs Node with npm.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund js-stats@1.0.5 @stdlib/stats-base-dists-chisquare-cdf@0.3.1 > npm.log
cat > run.cjs <<'JS'
const { ChiSquareDistribution } = require("js-stats");
const cdf = require("@stdlib/stats-base-dists-chisquare-cdf");
const due = (x, df) => (df ? (1 - cdf(x, df)).toFixed(4) : "-");
for (const [x, df] of [[0.5, 1], [30, 1], [5, 2], [9.5, 4], [10, 6], [15, 10], [7, 3], [12, 5]]) {
  const seen = new ChiSquareDistribution(df).ChiSquaredProbability(x).toFixed(4);
  console.log(`${x} on ${df}: ${seen}, due ${due(x, df)}, on ${df + 1} ${due(x, df + 1)}, on ${df - 1} ${due(x, df - 1)}`);
}
JS
seen=$(node run.cjs)
echo "$seen"
[ "$seen" = "0.5 on 1: 0.0000, due 0.4795, on 2 0.7788, on 0 -
30 on 1: 0.0000, due 0.0000, on 2 0.0000, on 0 -
5 on 2: 0.0253, due 0.0821, on 3 0.1718, on 1 0.0253
9.5 on 4: 0.0907, due 0.0497, on 5 0.0907, on 3 0.0233
10 on 6: 0.1886, due 0.1247, on 7 0.1886, on 5 0.0752
15 on 10: 0.1825, due 0.1321, on 11 0.1825, on 9 0.0909
7 on 3: 0.0719, due 0.0719, on 4 0.1359, on 2 0.0302
12 on 5: 0.0348, due 0.0348, on 6 0.0620, on 4 0.0174" ] || {
    echo "js-stats behaves otherwise than was seen" >&2; exit 1; }
