#!/usr/bin/env bash
# @bunchmark/stats 1.0.0-pre-5 under Node 20, mwu() and getQuantiles(), seen 2026-11-30.
#
# Days out of play of 8 trained and 12 other players, 3 to 30. Expected of mwu(), the test of Mann and Whitney: U = 87, P = 0.0030,
# as mwUnaive() of the same package has it and R's wilcox.test(exact = FALSE). Seen: U = 82, P = 0.0097. The groups are sorted
# without a comparison, that is as text, 11 before 3, and the ranks are wrong where numbers have different lengths. Numbers
# of one length come out right, as in its tests.
# Its page: lowCI and highCI of getQuantiles() are the 95 % limits of the median. Expected for 0 to 100: 40.2 to 59.8. Seen: 46.6 to
# 53.4, limits of 50 %: the quantile is taken at 1 - 0.25, for 1 - 0.025.
# So: hand mwu() nothing, take mwUnaive(); and widen such an interval by 2.9, 1.960 / 0.674.
# Home: https://github.com/pygy/bunchmark.js
# Needs Node with npm.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @bunchmark/stats@1.0.0-pre-5 > npm.log
cat > run.mjs <<'JS'
import { getQuantiles, mwu, mwUnaive } from "@bunchmark/stats";
const trained = [3, 5, 6, 8, 9, 11, 12, 14];
const other = [7, 10, 13, 15, 16, 18, 20, 21, 22, 25, 27, 30];
const pairs = trained.flatMap((a) => other.map((b) => (a < b ? 1 : a === b ? 0.5 : 0))).reduce((sum, x) => sum + x);
const show = ({ U, p }) => `U ${U}, P ${p.toFixed(4)}`;
console.log(`mwu(): ${show(mwu(trained, other))}; mwUnaive(): ${show(mwUnaive(trained, other))}; pairs counted: ${pairs}`);
const add = (days) => days.map((day) => day + 100);
console.log(`with 100 added: ${show(mwu(add(trained), add(other)))}`);
const { lowCI, highCI } = getQuantiles(Array.from({ length: 101 }, (_, i) => i));
const limits = (z) => [50 - z * 5, 50 + z * 5].map((x) => x.toFixed(1)).join(" to ");
console.log(`limits of the median: ${lowCI.toFixed(1)} to ${highCI.toFixed(1)}; of 50 %: ${limits(0.67449)}, of 95 %: ${limits(1.95996)}`);
JS
seen=$(node run.mjs)
echo "$seen"
[ "$seen" = "mwu(): U 82, P 0.0097; mwUnaive(): U 87, P 0.0030; pairs counted: 87
with 100 added: U 87, P 0.0030
limits of the median: 46.6 to 53.4; of 50 %: 46.6 to 53.4, of 95 %: 40.2 to 59.8" ] || {
    echo "@bunchmark/stats behaves otherwise than was seen" >&2; exit 1; }
