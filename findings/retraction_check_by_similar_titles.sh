#!/usr/bin/env bash
# retraction-check 0.1.0, which looks for retracted papers in a .bib file, seen 2026-11-30.
#
# One paper in the list is retracted: "Effects of a warm-up programme on injuries in female handball players", 10.1000/example.a1.
# Expected: that paper, by its DOI in capitals as publishers print it (DOIs know no case) or with https://doi.org/ before it; and
# not another trial with a DOI of its own. Seen: neither spelling is found by its DOI, and a trial "Effects of a warm-up programme on
# knee injuries in male football players", whose DOI is another, is said to be retracted. DOIs are compared letter by letter; any
# title that shares 60 % of its letters (difflib's default) with one of tens of thousands counts as the same paper.
# With a title that is spelt otherwise, such as a translated one, the retracted paper itself passes in silence.
# So: bring DOIs to small letters without https://doi.org/ on both sides, and read every "fuzzy" match.
# Home: https://github.com/codingfabi/retraction_check; the DOI handbook, https://doi.org/10.1000/182
# The list of retractions is given to it; it is not downloaded.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile retraction-check==0.1.0
"$folder/venv/bin/python" - <<'PYTHON'
from retraction_check import check_entry
from retraction_check.check_bib import build_retraction_lookup

RETRACTED = "Effects of a warm-up programme on injuries in female handball players"
titles, dois = build_retraction_lookup([{"Title": RETRACTED, "OriginalPaperDOI": "10.1000/example.a1"}])
papers = {
    "itself": (RETRACTED, "10.1000/example.a1"),
    "itself, in German, DOI in capitals": ("Aufwärmen und Verletzungen im Handball", "10.1000/EXAMPLE.A1"),
    "itself, in German, DOI as a link": ("Aufwärmen und Verletzungen im Handball", "https://doi.org/10.1000/example.a1"),
    "another": ("Effects of a warm-up programme on knee injuries in male football players", "10.1000/example.b2"),
    "a third": ("Sleep of swimmers", "10.1000/example.c3"),
}
seen = {name: check_entry({"title": title, "doi": doi}, titles, dois) for name, (title, doi) in papers.items()}
print(seen)
assert list(seen.values()) == ["doi", None, None, "fuzzy", None], "retraction-check behaves otherwise than was seen"
PYTHON
