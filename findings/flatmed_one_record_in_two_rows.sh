#!/usr/bin/env bash
# flatmed 0.0.1, merge_to_df() of two PubMed exports, seen 2026-11-30.
#
# Two searches, downloaded in May and in June, have two records in common; between them PubMed finished indexing one, so
# that its status and revision date changed. Expected, as its help says: one record a row, with the tag of either search
# (validation 1:1 is asked for). Seen: three rows. Rows are joined by all columns that both files have, not by PMID, so
# that a changed record stands twice, each row with the tag of one search: it counts as found by May alone and by June
# alone, and is screened twice. The check of 1:1 holds, since the two rows differ. PMID is made the index of a copy.
# So: count PMIDs after a merge, not rows, or merge on="PMID" by hand.
# Home: flatmed on PyPI
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile flatmed==0.0.1 pandas==2.3.3 numpy==2.3.5
"$folder/venv/bin/python" - "$folder" <<'PYTHON'
import sys
from pathlib import Path

import flatmed

record = """PMID- {}
OWN - NLM
STAT- {}
LR  - {}
DP  - 2015 Mar
TI  - {}
AU  - Example A
SO  - J Example. 2015 Mar;1(1):1-9.

"""
other = record.format(2, "MEDLINE", 20150401, "A trial of strength training.")
may, june = Path(sys.argv[1], "may.txt"), Path(sys.argv[1], "june.txt")
may.write_text(record.format(1, "In-Process", 20150501, "A trial of stretching.") + other)
june.write_text(record.format(1, "MEDLINE", 20150601, "A trial of stretching.") + other)
first = flatmed.pubmed_to_df(may).assign(in_may="Y")
merged = flatmed.merge_to_df(first, june, "in_june").fillna("")
rows = sorted(zip(merged["PMID"], merged["LR"], merged["in_may"], merged["in_june"]))
print(*rows, sep="\n")
assert rows == [("1", "20150501", "Y", ""), ("1", "20150601", "", "Y"), ("2", "20150401", "Y", "Y")], "changed"
PYTHON
