#!/usr/bin/env bash
# kaplanmeier 0.2.0, plot(methodtype="custom"), its own computation of the curve, seen 2026-11-30.
#
# Five people: deaths at 1, 2 and 3, censored at 2 and 4. Expected of Kaplan and Meier: whoever is censored at the time
# of a death is still at risk of it, so that survival is 0.8, 0.6 and 0.3. Seen: 0.8, 0.533 and 0.267. At equal times the
# censored are sorted before the deaths and taken out first; in months or seasons, where ties are the rule, every curve
# comes out too low. The default, methodtype="lifeline", gives 0.6 and 0.3 from the same fit.
# So: keep the default; a curve drawn with "custom" is too low where someone is censored in a month of a death.
# Home: https://github.com/erdogant/kaplanmeier; Kaplan and Meier 1958, https://doi.org/10.1080/01621459.1958.10501452
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile kaplanmeier==0.2.0 lifelines==0.30.3 \
    pandas==2.3.3 numpy==2.3.5 scipy==1.16.3 matplotlib==3.10.8 seaborn==0.13.2
MPLBACKEND=Agg "$folder/venv/bin/python" - <<'PYTHON'
import kaplanmeier
import matplotlib.pyplot as plt
import numpy as np
from lifelines import KaplanMeierFitter

times, died = np.array([1.0, 2, 2, 3, 4]), np.array([1, 1, 0, 1, 0])
# Two arms of the same people: the figure has two equal curves.
fitted = kaplanmeier.fit(np.tile(times, 2), np.tile(died, 2), np.repeat(["A", "B"], 5))
kaplanmeier.plot(fitted, methodtype="custom", visible=True)
lines = [segment for drawn in plt.gca().collections for segment in drawn.get_segments()]
drawn = {round(float(start[1]) / 100, 3) for start, end in lines if start[1] == end[1]}
due = {round(float(value), 3) for value in KaplanMeierFitter().fit(times, died).survival_function_.iloc[:, 0]}
print("drawn:", sorted(drawn, reverse=True), "due:", sorted(due, reverse=True))
assert due == {1.0, 0.8, 0.6, 0.3}, "lifelines behaves otherwise than was seen"
assert drawn == {1.0, 0.8, 0.533, 0.267}, "kaplanmeier behaves otherwise than was seen"
PYTHON
