#!/usr/bin/env bash
# @citation-js/plugin-ris 0.8.2 with @citation-js/core 0.8.2, reading RIS, seen 2026-11-30.
#
# Expected: what a record holds comes over, or an error says what does not.
# Seen, without a word: a record with a first author in A1 and the others in AU comes back without the first;
# a record of type GRNT or WEB comes back with its id alone: no title, author, year or DOI. It is counted, so
# records in and records out agree.
# So: compare authors and titles, not counts, before and after a conversion; A1 comes before AU (ours had
# them the other way round).
# Home: https://github.com/citation-js/citation-js
# Needs Node with npm.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund @citation-js/core@0.8.2 @citation-js/plugin-ris@0.8.2 > npm.log
cat > run.cjs <<'JS'
const { Cite } = require("@citation-js/core");
require("@citation-js/plugin-ris");
const tell = (type, authors) => {
  const ris = [`TY  - ${type}`, ...authors, "TI  - A trial", "PY  - 2019", "DO  - 10.1000/x", "ER  - ", ""];
  const [{ title, author, issued, DOI }] = new Cite(ris.join("\n")).data;
  const names = (author ?? []).map((name) => name.family).join("+");
  return `${type}: ${title ?? "no title"}, ${names || "no author"}, ${issued ? "2019" : "no year"}, ${DOI ?? "no DOI"}`;
};
console.log(tell("JOUR", ["AU  - Example, A", "AU  - Sample, B"]));
console.log(tell("JOUR", ["A1  - Example, A", "AU  - Sample, B"]));
console.log(tell("GRNT", ["AU  - Example, A"]));
console.log(tell("WEB", ["AU  - Example, A"]));
JS
seen=$(node run.cjs)
echo "$seen"
[ "$seen" = "JOUR: A trial, Example+Sample, 2019, 10.1000/x
JOUR: A trial, Sample, 2019, 10.1000/x
GRNT: no title, no author, no year, no DOI
WEB: no title, no author, no year, no DOI" ] || { echo "citation-js behaves otherwise than was seen" >&2; exit 1; }
