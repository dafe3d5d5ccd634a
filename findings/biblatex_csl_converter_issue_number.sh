#!/usr/bin/env bash
# biblatex-csl-converter 3.6.0 under Node 20, BibLaTeX to CSL-JSON, seen 2026-11-30.
#
# A journal article, volume 48, number 2. Expected: CSL's type "article-journal" and issue "2", as BibLaTeX
# calls the issue of a journal its number, and as citation-js has it.
# Seen: type "article", which in CSL is a preprint, and "collection-number": "2"; there is no issue. A citation
# style then prints 48:871-877 for 48(2):871-877, and treats the article as a preprint.
# So: check type and issue after a conversion, before references are set.
# Home: https://github.com/fiduswriter/biblatex-csl-converter; types: https://docs.citationstyles.org
# Needs Node with npm (the package asks for Node 22; seen with 20 and its warning off).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund biblatex-csl-converter@3.6.0 @citation-js/core@0.8.2 \
    @citation-js/plugin-bibtex@0.8.2 > npm.log
cat > run.mjs <<'JS'
import { createRequire } from "node:module";
import { CSLExporter, parse } from "biblatex-csl-converter";
const require = createRequire(import.meta.url);
const { Cite } = require("@citation-js/core");
require("@citation-js/plugin-bibtex");
const entry = `@article{a, author = {Example, Ann}, title = {A trial}, journaltitle = {J Example},
  date = {2013}, volume = {48}, number = {2}, pages = {871--877}}`;
const tell = (name, item) =>
  console.log(`${name}: ${item.type}, volume ${item.volume}, issue ${item.issue}, collection-number ${item["collection-number"]}`);
const { entries } = await parse(entry);
tell("biblatex-csl-converter", Object.values(await new CSLExporter(entries).parse())[0]);
tell("citation-js", new Cite(entry).data[0]);
JS
seen=$(node run.mjs)
echo "$seen"
[ "$seen" = "biblatex-csl-converter: article, volume 48, issue undefined, collection-number 2
citation-js: article-journal, volume 48, issue 2, collection-number undefined" ] \
    || { echo "biblatex-csl-converter behaves otherwise than was seen" >&2; exit 1; }
