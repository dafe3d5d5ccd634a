#!/usr/bin/env bash
# hrv-analysis 1.0.6, get_frequency_domain_features(method="lomb"), seen 2026-11-30.
#
# Intervals between beats that swing by 50 ms at 0.1 Hz. Expected: LF, "variance (= power)" in ms², is 50² / 2 = 1250 whatever the pulse,
# as Welch's method gives it, nearly: 1136 to 1233. Seen, by Lomb's: 517 at a mean interval of 1200 ms, 691 at 900 and 1386 at 450.
# At the same variability a pulse twice as high has twice the power, so that exercise or caffeine seem to raise it.
# Astropy's periodogram with normalization="psd" is a power for each frequency, without the time between samples; integrated over
# frequency it is short of twice the mean interval in seconds. Ratios (LF/HF, normalised units) are not touched.
# So: multiply by twice the mean interval in seconds, or method="welch"; do not pool the two.
# Documentation: https://aura-healthcare.github.io/hrv-analysis/
# nolds 0.6.3, which it asks for, cannot be imported under Python 3.11; with 0.6.1 it works.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile \
    astropy==7.1.1 numpy==2.3.5 scipy==1.16.3 pandas==2.3.3 matplotlib==3.10.7 nolds==0.6.1 setuptools==80.9.0 > "$folder/pip.log" 2>&1
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile --no-deps hrv-analysis==1.0.6 >> "$folder/pip.log" 2>&1
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
from math import pi, sin

from hrvanalysis import get_frequency_domain_features

seen = {}
for mean in (1200, 900, 450):
    beats, time = [], 0.0
    while time < 300:
        beats.append(mean + 50 * sin(2 * pi * 0.1 * time))
        time += beats[-1] / 1000
    lomb, welch = (float(get_frequency_domain_features(beats, method=m)["lf"]) for m in ("lomb", "welch"))
    seen[mean] = round(lomb), round(lomb * 2 * mean / 1000), round(welch)
    print(f"mean interval {mean} ms: LF by Lomb {seen[mean][0]}, times twice the interval {seen[mean][1]}, by Welch {seen[mean][2]}")
assert seen == {1200: (517, 1241, 1136), 900: (691, 1244, 1184), 450: (1386, 1247, 1233)}, "hrv-analysis behaves otherwise than was seen"
PYTHON
