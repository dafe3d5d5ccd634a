#!/usr/bin/env bash
# epi-week 0.0.1 under Node 20, the epidemiological week (CDC, MMWR) of a date, seen 2026-11-30.
#
# Weeks run from Sunday to Saturday, and week 1 is the first with at least four days in the year. 2026 begins on a Thursday, so that
# its week 1 is that of 4 to 10 January. Expected of 4 January 2026: week 1; of 15 June: 24. Seen: 2 and 25, and all other weeks of
# the year are one too high, as in 2009 to 2011, 2015, 2016, 2021 and 2022: the years whose first Saturday falls on 1 to 3
# January, in the last week of the year before. Saturdays since 1 January are counted, and that one with them. In the
# other years of 2009 to 2026 all days are right. Weekly counts of illness or injury of two sources are then joined a week apart.
# So: count weeks from the Sunday on or before 4 January, or check 15 June 2026 (week 24).
# Home: https://github.com/wombleton/epi-week; the definition: https://wwwn.cdc.gov/nndss/document/MMWR_Week_overview.pdf
# Needs Node with npm.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund epi-week@0.0.1 > npm.log
cat > run.cjs <<'JS'
const calculate = require("epi-week");
const DAY = 86400000;
const sundayOfWeekOne = (year) => {
  const fourth = new Date(Date.UTC(year, 0, 4));
  return fourth.getTime() - fourth.getUTCDay() * DAY;
};
const due = (time) => {
  const year = new Date(time).getUTCFullYear();
  const of = [year + 1, year, year - 1].find((y) => sundayOfWeekOne(y) <= time);
  return `${of} week ${Math.floor((time - sundayOfWeekOne(of)) / (7 * DAY)) + 1}`;
};
const found = (time) => {
  const day = new Date(time);
  const { week, year } = calculate(new Date(day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate()));
  return `${year} week ${week}`;
};
for (const date of ["2026-01-04", "2026-06-15", "2021-06-15", "2023-06-15", "2025-06-15"])
  console.log(`${date}: ${found(Date.parse(date))}, due ${due(Date.parse(date))}`);
const wrong = {};
for (let year = 2009; year <= 2026; year++)
  for (let time = Date.UTC(year, 0, 1); time < Date.UTC(year + 1, 0, 1); time += DAY)
    if (found(time) !== due(time)) wrong[year] = (wrong[year] ?? 0) + 1;
console.log("days of another week:", JSON.stringify(wrong));
JS
seen=$(TZ=UTC node run.cjs)
echo "$seen"
[ "$seen" = "2026-01-04: 2026 week 2, due 2026 week 1
2026-06-15: 2026 week 25, due 2026 week 24
2021-06-15: 2021 week 25, due 2021 week 24
2023-06-15: 2023 week 24, due 2023 week 24
2025-06-15: 2025 week 25, due 2025 week 25
days of another week: {\"2009\":362,\"2010\":365,\"2011\":365,\"2015\":362,\"2016\":366,\"2021\":363,\"2022\":365,\"2026\":362}" ] || {
    echo "epi-week behaves otherwise than was seen" >&2; exit 1; }
