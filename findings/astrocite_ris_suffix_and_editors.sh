#!/usr/bin/env bash
# astrocite-ris 0.16.4 under Node 20, RIS to CSL-JSON, seen 2026-11-30.
#
# A chapter by John Example junior in a book edited by Carl Sample. RIS writes a person as "last name, first name, suffix", and
# in a chapter A2 is the book's editor. Expected in CSL: author Example, given John, suffix Jr., and editor Sample. Seen:
# given "Jr." and suffix "John", so that styles cite him as "Example J" for Jr. or without his first name; and Sample is
# the second author: the chapter is cited as by both, and nobody has edited the book. No warning; records agree in number.
# A body such as World Health Organization is split as well: World is its given name. The suffix was reported in 2018 and
# closed, as the order of BibTeX is expected there: https://github.com/dsifford/astrocite/issues/4
# So: compare authors after a conversion; a given name that is Jr. or III, and chapters without editors, are the signs.
# Home: https://github.com/dsifford/astrocite; names in CSL: https://docs.citationstyles.org
# Needs Node with npm.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund astrocite-ris@0.16.4 > npm.log
cat > run.cjs <<'JS'
const { parse } = require("astrocite-ris");
const lines = ["TY  - CHAP", "AU  - Example, John, Jr.", "A2  - Sample, Carl", "TI  - A chapter", "T2  - A book", "PY  - 2019", "ER  - "];
const [{ type, author, editor }] = parse(`${lines.join("\n")}\n`);
console.log(type, "authors:", JSON.stringify(author), "editors:", editor ?? "none");
const body = ["TY  - RPRT", "AU  - World Health Organization", "TI  - A report", "ER  - "];
console.log(JSON.stringify(parse(`${body.join("\n")}\n`)[0].author));
JS
seen=$(node run.cjs)
echo "$seen"
[ "$seen" = 'chapter authors: [{"family":"Example","given":"Jr.","suffix":"John"},{"family":"Sample","given":"Carl"}] editors: none
[{"family":"Health Organization","given":"World"}]' ] || { echo "astrocite-ris behaves otherwise than was seen" >&2; exit 1; }
