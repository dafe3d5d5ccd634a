#!/usr/bin/env bash
# csv-stats 0.5.0 with pingouin 0.7.0, anova1way(), the significant pairs of groups, seen 2026-11-30.
#
# Three groups of six; b differs from a and from c with adjusted P of 0.0003 and 0.0001. Expected: the report's "significant_pairs" are (a, b)
# and (b, c), as its table of P says. Seen: none, [], whatever the data. The pairs are picked by a column "p-corr", which pingouin
# 0.7 calls "p_corr"; a check that the column exists lets the list stay empty. The package asks for pingouin 0.6 or later and
# reads "p_unc" by its new name in the same file.
# So: the table "posthoc_results", not the list.
# Home: https://github.com/mtillman14/csv-stats
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile "csv-stats[full]==0.5.0" pingouin==0.7.0 numpy==2.3.5 \
    scipy==1.16.3 pandas==2.3.3 statsmodels==0.14.6 > "$folder/pip.log" 2>&1
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import numpy as np
import pandas as pd
from csvstats.anova import anova1way

minutes = [5.1, 4.9, 6.2, 5.7, 6.0, 5.5, 6.9, 7.2, 6.6, 7.5, 7.1, 6.8, 5.0, 5.2, 5.9, 6.0, 5.5, 5.7]
runners = pd.DataFrame({"group": np.repeat(["a", "b", "c"], 6), "minutes": minutes})
found = anova1way(runners, "group", "minutes", filename=None)["post_hoc"]
adjusted = {pair: round(float(row["p_corr"]), 4) for pair, row in found["posthoc_results"].items()}
print("adjusted P:", adjusted, "significant pairs:", found["significant_pairs"])
assert adjusted == {"a - b": 0.0003, "a - c": 0.9504, "b - c": 0.0001}, "csv-stats behaves otherwise than was seen"
assert found["significant_pairs"] == [], "csv-stats behaves otherwise than was seen"
PYTHON
