#!/usr/bin/env bash
# kaplanmeier 0.2.0 with lifelines 0.30.3, plot() with its default cii_alpha=0.05, seen 2026-11-30.
#
# Twenty people; the band about each curve is the "confidence interval" with alpha 0.05. Expected: at the first
# death of ten people a band of 95 %, 0.473 to 0.985, as lifelines draws it. Seen: 0.894 to 0.906, a band of 5 %, drawn
# as a line little thicker than the curve, so that two arms look as if they were apart beyond doubt. lifelines takes alpha
# for the tail, as cii_alpha is; kaplanmeier hands it 1 - cii_alpha over, as if it wanted the level.
# So: give cii_alpha=0.95 for a band of 95 %, and look at the band where the first people die: it must be wide.
# Home: https://github.com/erdogant/kaplanmeier; alpha: https://lifelines.readthedocs.io
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile kaplanmeier==0.2.0 lifelines==0.30.3 \
    pandas==2.3.3 numpy==2.3.5 scipy==1.16.3 matplotlib==3.10.8 seaborn==0.13.2
MPLBACKEND=Agg "$folder/venv/bin/python" - <<'PYTHON'
import kaplanmeier
import numpy as np
from lifelines import KaplanMeierFitter

times = np.arange(1.0, 11.0)
died = np.array([1, 1, 0, 1, 1, 0, 1, 1, 0, 1])
fitted = kaplanmeier.fit(np.tile(times, 2), np.tile(died, 2), np.repeat(["A", "B"], 10))


def band(**options) -> tuple[float, float]:
    _, axes = kaplanmeier.plot(fitted, visible=False, **options)
    corners = axes.collections[0].get_paths()[0].vertices
    values = corners[(corners[:, 0] == 1) & (corners[:, 1] < 1)][:, 1]
    return round(float(values.min()), 3), round(float(values.max()), 3)


limits = KaplanMeierFitter().fit(times, died).confidence_interval_.loc[1.0]
due = tuple(round(float(limit), 3) for limit in limits)
print("band at the first death:", band(), "lifelines:", due, "with cii_alpha=0.95:", band(cii_alpha=0.95))
assert due == (0.473, 0.985) == band(cii_alpha=0.95), "changed"
assert band() == (0.894, 0.906), "kaplanmeier behaves otherwise than was seen"
PYTHON
