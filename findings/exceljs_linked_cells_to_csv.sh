#!/usr/bin/env bash
# exceljs 4.4.0 under Node 20, a workbook written as CSV, seen 2026-11-30.
#
# A table of trials: the title links to the paper, and a count has a footnote mark set as a superscript.
# Expected: CSV holds what the cells show, as the library's own cell.text does: A trial, 12a.
# Seen: the address stands where the title was, and the count is a piece of JSON. The titles are gone from the
# file, without a word; a column of linked trial names is one of addresses.
# So: write CSV from cell.text, and count the cells that begin with http.
# Home: https://github.com/exceljs/exceljs
# Needs Node with npm.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund exceljs@4.4.0 > npm.log
cat > run.cjs <<'JS'
const { Workbook } = require("exceljs");
const mark = { richText: [{ text: "12" }, { font: { vertAlign: "superscript" }, text: "a" }] };
const link = { text: "A trial", hyperlink: "https://doi.org/10.1000/x" };
(async () => {
  const written = new Workbook();
  written.addWorksheet("trials").addRow([link, mark, 20]);
  await written.xlsx.writeFile("trials.xlsx");
  const read = new Workbook();
  await read.xlsx.readFile("trials.xlsx");
  const texts = [];
  read.getWorksheet("trials").getRow(1).eachCell((cell) => texts.push(cell.text));
  console.log("cells:", texts.join(" | "));
  console.log("CSV:", (await read.csv.writeBuffer()).toString().trim());
})();
JS
seen=$(node run.cjs)
echo "$seen"
grep -Fqx "cells: A trial | 12a | 20" <<< "$seen" && grep -Fq "CSV: https://doi.org/10.1000/x," <<< "$seen" \
    && grep -Fq '{""richText"":[' <<< "$seen" && [ "$(grep -c 'A trial' <<< "$seen")" = 1 ] \
    || { echo "exceljs behaves otherwise than was seen" >&2; exit 1; }
