#!/usr/bin/env bash
# pybtexris 0.2.0 with pybtex 0.26.1, RIS to BibTeX, seen 2026-11-30.
#
# A guideline by a body, and a trial by a group: AU holds a name without a comma.
# Expected: the name as it stands, {World Health Organization} with braces as BibTeX has it.
# Seen: "Organization, World Health": the last word becomes a surname and the rest given names, so that the
# reference reads "W. H. Organization" and sorts under O.
# So: put braces around a name without a comma before it goes into BibTeX.
# Home: https://github.com/rbturnbull/pybtexris
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile \
    pybtexris==0.2.0 pybtex==0.26.1 latexcodec==3.0.1 PyYAML==6.0.3
"$folder/venv/bin/python" - <<'PYTHON'
from pybtex.database import parse_string

ris = """TY  - JOUR
AU  - World Health Organization
TI  - A guideline
JF  - Journal of Examples
PY  - 2014
ID  - who
ER  - 
"""
entry = parse_string(ris, "ris").entries["who"]
author = [str(person) for person in entry.persons["author"]]
print(author, "last name:", entry.persons["author"][0].last_names)
assert author == ["Organization, World Health"], "pybtexris behaves otherwise than was seen"
PYTHON
