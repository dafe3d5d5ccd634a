#!/usr/bin/env bash
# bibtexparser 2.1.0, LatexDecodingMiddleware on fields with a bare % or &, seen 2026-11-30.
#
# Publishers' exports leave % and & in titles and DOIs as they are, and for BibTeX itself neither is special within a
# field. Expected of decoding: the text with its accents, whole; or a failed block. Seen: "A 50% reduction of injuries" becomes
# "A 50", the DOI 10.1002/(SICI)1097%3C1 ends before its %, and & becomes blanks; no block fails, nothing is said.
# So: escape bare signs before decoding, or decode authors and titles alone and compare lengths.
# Home: https://github.com/sciunto-org/python-bibtexparser
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile bibtexparser==2.1.0 pylatexenc==2.11
"$folder/venv/bin/python" - <<'PYTHON'
import bibtexparser
from bibtexparser.middlewares import LatexDecodingMiddleware

text = """@article{a, title={A 50% reduction of injuries}, journal={Health & Place}, year=2003,
  doi={10.1002/(SICI)1097%3C1}}"""
plain = bibtexparser.parse_string(text)
decoded = bibtexparser.parse_string(text, append_middleware=[LatexDecodingMiddleware()])
read = {name: field.value for name, field in decoded.entries[0].fields_dict.items()}
print("undecoded:", plain.entries[0]["title"], "| decoded:", read, "failed:", len(decoded.failed_blocks))
assert plain.entries[0]["title"] == "A 50% reduction of injuries", "bibtexparser behaves otherwise than was seen"
assert (read["title"], read["doi"]) == ("A 50", "10.1002/(SICI)1097"), "bibtexparser behaves otherwise than was seen"
assert read["journal"].split() == ["Health", "Place"], "bibtexparser behaves otherwise than was seen"
assert not decoded.failed_blocks, "bibtexparser behaves otherwise than was seen"
PYTHON
