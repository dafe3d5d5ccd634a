#!/usr/bin/env bash
# statcheck 0.0.7 (the Python port), degrees of freedom with decimals, seen 2026-11-30.
#
# Welch's t-test, Greenhouse-Geisser's F and small-sample robust tests have such. Expected: P at the degrees of freedom
# that are printed and that its own table shows (2.5). Seen: they are rounded to whole ones first, to the even one of two:
# t(2.5) = 4.30 gives P = .0501, which is that of 2, where .0332 is right; a result printed rightly as p = .033 is
# reported as an error, and as one that turns the decision. F(1.5, 28.4) = 3.90 gives .0321 for .0427.
# So: compute P of such results directly (scipy.stats.t.sf).
# Home: https://github.com/hplisiecki/statcheck_python
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile \
    statcheck==0.0.7 numpy==2.3.5 pandas==2.3.3 scipy==1.16.3 matplotlib==3.10.7
"$folder/venv/bin/python" -W ignore - 2>/dev/null <<'PYTHON'
from scipy import stats
from statcheck.st import statcheck

cases = {
    "t(2.5) = 4.30, p = .033": (2 * stats.t.sf(4.30, 2.5), 2 * stats.t.sf(4.30, 2)),
    "F(1.5, 28.4) = 3.90, p = .043": (stats.f.sf(3.90, 1.5, 28.4), stats.f.sf(3.90, 2, 28)),
}
for text, (due, rounded) in cases.items():
    table = statcheck([text])
    table = table[0] if isinstance(table, tuple) else table
    row = table.iloc[0]
    computed = float(row["Computed_P_Value"])
    print(f"{text}: due {due:.4f}, computed {computed:.4f}, error: {row['Error']}, decision: {row['Decision_Error']}")
    assert abs(computed - rounded) < 1e-9 and abs(computed - due) > 0.01, "behaves otherwise than was seen"
    assert bool(row["Error"]), "behaves otherwise than was seen"
    assert bool(row["Decision_Error"]) == text.startswith("t"), "behaves otherwise than was seen"
PYTHON
