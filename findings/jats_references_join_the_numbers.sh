#!/usr/bin/env bash
# jats 0.2.2, JATS XML (PubMed Central, journals) to Markdown, `jats convert`, seen 2026-11-30.
#
# A trial report says "12 injuries" with a raised reference 3 behind the 12, and rates per 10 to the power of 3 hours. Expected:
# raised text marked, as <sup> (which its Markdown uses for authors' affiliations), ^ or a bracket. Seen: "there were 123 injuries",
# "per 103 hours", a rate of "2.3 × 10−3"; in a table the dose 106 and "0.85a", all without a word. <sup> and <sub> in text, titles
# and cells are left out and what they hold is joined to what stands before. Whoever extracts from that Markdown, a person or a
# program, takes 123 for 12. `jats text` sets blanks there: "12 3", "10 6".
# So: extract from the XML, or from a converter that marks raised text, such as litdown 0.7.0.
# Home: jats on PyPI
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile jats==0.2.2 lxml==6.1.3
cd "$folder"
cat > article.xml <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<article article-type="research-article"><front><journal-meta><journal-title-group><journal-title>J Example</journal-title>
</journal-title-group></journal-meta><article-meta><article-id pub-id-type="doi">10.1000/a</article-id>
<title-group><article-title>Injuries per 10<sup>3</sup> hours</article-title></title-group>
<contrib-group><contrib contrib-type="author"><name><surname>Example</surname><given-names>Ann</given-names></name></contrib>
</contrib-group><abstract><p>A rate of 2.3 × 10<sup>−3</sup>.</p></abstract></article-meta></front><body><sec><title>Results</title>
<p>In all there were 12<sup><xref ref-type="bibr" rid="r3">3</xref></sup> injuries.</p>
<table-wrap id="t1"><label>Table 1</label><table><thead><tr><th>Dose</th><th>RR</th></tr></thead>
<tbody><tr><td>10<sup>6</sup></td><td>0.85<sup>a</sup></td></tr></tbody></table></table-wrap></sec></body></article>
XML
seen=$("$folder/venv/bin/jats" convert article.xml | grep -E '^# |rate|injuries|<td>' | sed 's/^ *//')
echo "$seen"
"$folder/venv/bin/jats" text article.xml | grep -E -o '12 *3 *injuries'
[ "$seen" = "# Injuries per 103 hours
A rate of 2.3 × 10−3.
In all there were 123 injuries.
<td>106</td>
<td>0.85a</td>" ] || { echo "jats behaves otherwise than was seen" >&2; exit 1; }
