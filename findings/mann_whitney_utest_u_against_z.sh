#!/usr/bin/env bash
# mann-whitney-utest 1.0.5 and its heir @tainakanchu/mann-whitney-utest 1.1.0 under Node 20, significant(), seen 2026-11-30.
#
# Documented as a test of U against an approximate critical value. Expected: two groups of thirty, of which one is
# higher by 20 places (U = 45, z = 5.99, P below 1e-8), differ; two of two people (least possible P 0.33) do not.
# Seen: the thirty are "not significant", the two are. criticalValue() gives the z of the data, no critical value,
# and U, a count of pairs, is significant where it is below z: in practice only where the groups do not overlap at all, and
# then however small they are. The values of U are right.
# So: take U from it and P from elsewhere.
# Home: https://github.com/lukem512/mann-whitney-utest
# Needs Node with npm.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund mann-whitney-utest@1.0.5 @tainakanchu/mann-whitney-utest@1.1.0 > npm.log
cat > run.mjs <<'JS'
import first from "mann-whitney-utest";
import * as heir from "@tainakanchu/mann-whitney-utest";
const numbers = (n, from) => Array.from({ length: n }, (_, i) => i + from);
for (const [name, library] of [["first", first], ["heir", heir]]) {
  for (const groups of [[numbers(30, 0), numbers(30, 20.5)], [numbers(2, 0), numbers(2, 2)]]) {
    const u = library.test(groups);
    const n = groups[0].length;
    const z = Math.abs(Math.min(...u) - (n * n) / 2) / Math.sqrt((n * n * (2 * n + 1)) / 12);
    console.log(`${name}, ${n} and ${n}: U ${Math.min(...u)}, its critical value ${library.criticalValue(u, groups).toFixed(3)}, ` +
      `z ${z.toFixed(3)}, significant: ${library.significant(u, groups)}`);
  }
}
JS
seen=$(node run.mjs)
echo "$seen"
[ "$seen" = "first, 30 and 30: U 45, its critical value 5.988, z 5.988, significant: false
first, 2 and 2: U 0, its critical value 1.549, z 1.549, significant: true
heir, 30 and 30: U 45, its critical value 5.988, z 5.988, significant: false
heir, 2 and 2: U 0, its critical value 1.549, z 1.549, significant: true" ] || { echo "the packages behave otherwise than was seen" >&2; exit 1; }
