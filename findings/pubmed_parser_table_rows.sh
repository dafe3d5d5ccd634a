#!/usr/bin/env bash
# pubmed-parser 0.5.1, parse_pubmed_table() of an article in PubMed Central's XML, seen 2026-11-30.
#
# A table of three trials, one of them with two rows that share its name by rowspan.
# Expected: four rows of values, and the characters of the page.
# Seen: three rows. A row whose number of cells is not the commonest is left out, and so the second dose of
# trial C is gone, without a word. Trial names in <th>, as many journals set them, are left out of all rows.
# Characters are brought to ASCII: 10⁶ is read as 106, 2½ as 2 1/2, and the decimal of 0·85 becomes 0*85.
# So: count rows against the page; take return_xml=True and read the XML with spans and characters kept.
# Home: https://github.com/titipata/pubmed_parser
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-deps --no-compile \
    pubmed-parser==0.5.1 lxml==6.1.3 unidecode==1.4.0 requests==2.34.2 urllib3==2.5.0 idna==3.11 certifi==2025.11.12 \
    charset-normalizer==3.4.4 numpy==2.3.5 six==1.17.0
cd "$folder"
cat > article.xml <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<article article-type="research-article"><front><journal-meta><journal-title-group><journal-title>J Example</journal-title>
</journal-title-group></journal-meta><article-meta><article-id pub-id-type="pmid">1</article-id>
<article-id pub-id-type="pmc">1</article-id><title-group><article-title>A trial</article-title></title-group>
<pub-date pub-type="epub"><year>2020</year></pub-date></article-meta></front><body><sec>
<table-wrap id="t1"><label>Table 1</label><caption><p>Events</p></caption><table>
<thead><tr><td>Trial</td><td>Dose</td><td>RR</td></tr></thead>
<tbody><tr><td>A</td><td>10⁶</td><td>0·85</td></tr><tr><td>B</td><td>2½</td><td>0·91</td></tr>
<tr><td rowspan="2">C</td><td>5</td><td>0·70</td></tr><tr><td>10</td><td>0·45</td></tr></tbody></table></table-wrap>
<table-wrap id="t2"><label>Table 2</label><table><thead><tr><th>Trial</th><th>Dose</th></tr></thead>
<tbody><tr><th>A</th><td>5</td></tr><tr><th>B</th><td>6</td></tr></tbody></table></table-wrap>
</sec></body></article>
XML
"$folder/venv/bin/python" - <<'PYTHON'
import pubmed_parser

first, second = (table["table_values"] for table in pubmed_parser.parse_pubmed_table("article.xml"))
print("table 1:", first)
print("table 2:", second)
assert first == [["A", "106", "0*85"], ["B", "2 1/2", "0*91"], ["C", "5", "0*70"]], "changed"
assert second == [["5"], ["6"]], "pubmed-parser behaves otherwise than was seen"
PYTHON
