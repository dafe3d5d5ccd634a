#!/usr/bin/env bash
# dose-response-analyzer 0.1.1, DoseResponseAnalyzer(selection_metric="aic"), the best of several curves, seen 2026-11-30.
#
# Six curves of two to four parameters are fitted to sixteen doses that follow the two-parameter one with a little noise. Expected: with
# "aic" or "bic" the curve of the least AIC or BIC is the best one, as documented, so that parameters cost something. Seen: the
# same curve for all metrics, that of the least RMSE, which no added parameter can raise: four parameters for two. The
# argument is kept and never read; the best row is taken by the column RMSE. The IC50 of the "best" curve goes with it.
# So: take the row of the least AIC from summary_table, which has it right.
# Home: https://github.com/noatgnu/dose-response-analyzer
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile dose-response-analyzer==0.1.1 numpy==2.1.3 scipy==1.15.3 scikit-learn==1.7.2 \
    pandas==2.2.3 matplotlib==3.10.7 > "$folder/pip.log" 2>&1
MPLBACKEND=agg "$folder/venv/bin/python" -W ignore - <<'PYTHON'
import contextlib
import io

import numpy as np
import pandas as pd
from dra import DoseResponseAnalyzer

doses = np.logspace(0, 4, 16)
noise = np.tile([0.02, -0.01, -0.02, 0.01], 4)
data = pd.DataFrame({"Compound": "a", "Conc": doses, "Rab10": 1 / (1 + doses / 100) + noise})
seen = {}
for metric in ("rmse", "aic", "bic"):
    analyzer = DoseResponseAnalyzer(selection_metric=metric, enable_custom_models=False)
    with contextlib.redirect_stdout(io.StringIO()):
        found = analyzer.fit_best_models(data)
    table = found["summary_table"]
    least = table.loc[table["AIC"].idxmin()]
    best = found["best_models"].iloc[0]
    seen[metric] = best["Model"], least["Model"]
    print(metric, "best:", best["Model"], "AIC", round(best["AIC"], 2), "IC50", round(best["IC50"], 1),
          "| least AIC:", least["Model"], round(least["AIC"], 2), "IC50", round(least["IC50"], 1))
assert set(seen.values()) == {("model3", "model1")}, "dose-response-analyzer behaves otherwise than was seen"
PYTHON
