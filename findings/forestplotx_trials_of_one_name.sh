#!/usr/bin/env bash
# forestplotx 1.1.0, forest_plot() of two rows of one name, seen 2026-11-30.
#
# Two trials by one author in one year, or two groups of one trial, may have one name. Expected: two rows; or an error.
# Seen: one row, with the numbers of the first; the second is in neither table nor axes, and nothing is said.
# So: give every row a name of its own (2010a, 2010b) and count the rows drawn.
# Home: https://github.com/shervin-taheripour/forestplotx
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile \
    forestplotx==1.1.0 matplotlib==3.10.7 numpy==2.3.5 pandas==2.3.3
MPLBACKEND=Agg MPLCONFIGDIR="$folder" "$folder/venv/bin/python" - <<'PYTHON'
import warnings

import forestplotx
import pandas as pd

trials = pd.DataFrame(
    {
        "predictor": ["A 2010", "A 2010", "C 2015"],
        "outcome": "injury",
        "effect": [0.5, 0.8, 0.6],
        "ci_low": [0.3, 0.6, 0.4],
        "ci_high": [0.9, 1.1, 0.9],
        "p_value": [0.02, 0.2, 0.01],
    }
)
with warnings.catch_warnings(record=True) as said:
    warnings.simplefilter("always")
    _, (table, axes) = forestplotx.forest_plot(trials, exponentiate=False, show=False)
drawn = [float(x) for x in axes.containers[0].lines[0].get_xdata()]
words = [text.get_text() for text in table.texts]
print("drawn:", drawn, "names:", [word for word in words if " 20" in word], "warnings:", len(said))
assert drawn == [0.5, 0.6] and "0.8" not in words, "forestplotx behaves otherwise than was seen"
assert not any("name" in str(one.message) or "uplicate" in str(one.message) for one in said)
PYTHON
