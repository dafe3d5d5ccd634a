#!/usr/bin/env bash
# statcheck 0.0.7 (the Python port), results with a negative statistic, seen 2026-11-30.
#
# The check allows for rounding: t = 2.2 may be anything from 2.15 to 2.25, so that P from .033 to .040 agrees with it.
# Expected: the same for t = -2.2, as P has two sides. Seen: t(28) = 2.2, p = .036 is right, t(28) = -2.2, p = .036 an
# error, though its own computed P is .0362; z and r alike. The ends of the range are taken as if the larger
# statistic had the smaller P, which is turned about below zero, so that a P printed exactly must lie on or outside both ends.
# So: take the sign off before such a check; "errors" in negative results alone are a sign of this.
# Home: https://github.com/hplisiecki/statcheck_python
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile \
    statcheck==0.0.7 numpy==2.3.5 pandas==2.3.3 scipy==1.16.3 matplotlib==3.10.7
"$folder/venv/bin/python" -W ignore - 2>/dev/null <<'PYTHON'
from statcheck.st import statcheck

pairs = [
    ("t(28) = 2.2, p = .036", "t(28) = -2.2, p = .036"),
    ("Seen: z = 2.1, p = .036", "Seen: z = -2.1, p = .036"),
    ("r(28) = .3, p = .107", "r(28) = -.3, p = .107"),
]
seen = {}
for pair in pairs:
    for text in pair:
        table = statcheck([text])
        table = table[0] if isinstance(table, tuple) else table
        seen[text] = (bool(table["Error"].iloc[0]), round(float(table["Computed_P_Value"].iloc[0]), 4))
for text, (error, p) in seen.items():
    print(f"{text}: computed {p}, error: {error}")
for above, below in pairs:
    assert seen[above][1] == seen[below][1], "behaves otherwise than was seen"
    assert (seen[above][0], seen[below][0]) == (False, True), "behaves otherwise than was seen"
PYTHON
