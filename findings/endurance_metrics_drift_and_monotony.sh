#!/usr/bin/env bash
# endurance-metrics 0.1.0, calculate_decoupling() and compute_training_load(), seen 2026-11-30.
#
# Two hours at 200 W, the heart at 140 and then at 147 beats. Its documentation: "positive = cardiac drift". Expected:
# a positive number, 4.8, the loss of power for each beat from the first half to the second. Seen: -4.8; the second
# half's ratio less the first's has the other sign, so that a drift reads as a gain and a limit of 5 % is never passed.
# Monotony is a week's mean load over its standard deviation, its own warning above 2. Seven days of 400, the most
# monotonous week there is: monotony 0.0 and strain 0.0, the lowest; with one day at 399 they are 1057.92 and 2961118.
# So: turn the sign; treat a monotony of 0 as one that cannot be computed.
# Home: endurance-metrics on PyPI; Foster 1998, https://doi.org/10.1097/00005768-199807000-00023
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile endurance-metrics==0.1.0
"$folder/venv/bin/python" - <<'PYTHON'
from datetime import datetime, timedelta

from endurance_metrics import calculate_decoupling, compute_training_load

power, heart = [200.0] * 7200, [140.0] * 3600 + [147.0] * 3600
drift = calculate_decoupling(power, heart)
due = round(100 * (1 - (200 / 147) / (200 / 140)), 1)
today = datetime.now().date()
days = [{"date": (today - timedelta(days=day)).isoformat(), "load": 400} for day in range(28)]
equal = compute_training_load(days)
days[0]["load"] = 399
nearly = compute_training_load(days)
print("drift:", drift, "due:", due)
print("monotony and strain:", [(week["monotony"], week["strain"]) for week in (equal, nearly)])
assert (drift, due) == (-4.8, 4.8), "endurance-metrics behaves otherwise than was seen"
assert (equal["monotony"], equal["strain"]) == (0.0, 0.0), "endurance-metrics behaves otherwise than was seen"
assert (nearly["monotony"], nearly["strain"]) == (1057.92, 2961118.0), "endurance-metrics behaves otherwise than was seen"
PYTHON
