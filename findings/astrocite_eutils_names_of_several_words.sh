#!/usr/bin/env bash
# astrocite-eutils 0.16.4 under Node 20, PubMed's summaries (ESummary) to CSL-JSON, seen 2026-12-01. No network: the answer comes from the script.
#
# PubMed gives authors as surname, blank, initials: "van der Example A", "De la Sample JM", "Sample JM Jr". Expected: surnames van der Example and
# De la Sample with their initials, and a suffix. Seen: family "van", given "der"; family "De", given "la"; no suffix. The name is cut
# at its blanks and the first two pieces are taken; the surname proper and the initials are gone from the record, so that the citation
# reads "van D" and nothing in the file can restore it. Names of one word are right, and the number of authors agrees.
# So: take authors from PubMed's XML, MEDLINE or .nbib, which have surname and first names apart; given names in small letters are the sign.
# Home: https://github.com/dsifford/astrocite
# Needs Node with npm.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund astrocite-eutils@0.16.4 > npm.log
cat > run.cjs <<'JS'
const { toCSL } = require("astrocite-eutils");
const names = ["van der Example A", "De la Sample JM", "Sample JM Jr", "Pattern B"];
const record = {
  uid: "1", pubdate: "2019 May", source: "J", title: "A trial.", volume: "48", issue: "2", pages: "1-7", lang: ["eng"], issn: "", essn: "",
  pubtype: ["Journal Article"], fulljournalname: "Journal", epubdate: "", articleids: [{ idtype: "pubmed", idtypen: 1, value: "1" }],
  authors: names.map((name) => ({ name, authtype: "Author", clusterid: "" })),
};
const [{ title, author }] = toCSL({ header: { type: "esummary", version: "0.3" }, result: { uids: ["1"], 1: record } });
console.log(title, JSON.stringify(author));
JS
seen=$(node run.cjs)
echo "$seen"
due='A trial. [{"family":"van","given":"der"},{"family":"De","given":"la"},{"family":"Sample","given":"JM"},{"family":"Pattern","given":"B"}]'
[ "$seen" = "$due" ] || { echo "astrocite-eutils behaves otherwise than was seen" >&2; exit 1; }
