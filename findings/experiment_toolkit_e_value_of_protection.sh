#!/usr/bin/env bash
# experiment-toolkit 0.2.0, e_value() of a risk ratio below 1, seen 2026-11-30.
#
# A risk ratio of 0.80 (0.50 to 1.20): protective, and not significant. Expected: VanderWeele and Ding's E-value is 1.81 for the
# estimate and 1 for the interval, which holds 1. Seen, with the lower limit, as asked for: 1.81 and 3.41, so that the interval
# is harder to explain away than its own estimate. Of 0.60 (0.40 to 0.90): 2.72 and 4.44, due 2.72 and 1.46.
# The E-value of an interval is that of the limit nearer to 1, which is the upper one of a ratio below 1; the function takes
# ratios below 1, turns the estimate about, and has no place for an upper limit. With the reciprocals, 1.25 (0.83 to 2),
# it gives 1.81 and 1.
# So: turn ratios below 1 about before the call (1 / 1.20 as the lower limit), as prevention trials need.
# Home: experiment-toolkit on PyPI and https://doi.org/10.7326/M16-2607
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile \
    experiment-toolkit==0.2.0 numpy==2.3.5 scipy==1.16.3 > "$folder/pip.log" 2>&1
"$folder/venv/bin/python" - <<'PYTHON'
from math import sqrt

from experiment_toolkit import e_value


def due(ratio: float, lower: float, upper: float) -> tuple[float, float]:
    """E-values of the estimate and of the limit nearer to 1, by their definition."""
    def of(x: float) -> float:
        x = max(x, 1 / x)
        return x + sqrt(x * (x - 1))

    near = upper if ratio < 1 else lower
    return round(of(ratio), 2), 1.0 if lower <= 1 <= upper else round(of(near), 2)


seen = {}
for ratio, lower, upper in ((0.8, 0.5, 1.2), (0.6, 0.4, 0.9), (1.25, 1 / 1.2, 2)):
    found = e_value(ratio, lower_ci=lower)
    seen[ratio] = (round(found.e_value_point, 2), round(found.e_value_ci, 2)), due(ratio, lower, upper)
    print(f"{ratio:.2f} ({lower:.2f} to {upper:.2f}): {seen[ratio][0]}, due {seen[ratio][1]}")
assert seen == {
    0.8: ((1.81, 3.41), (1.81, 1.0)),
    0.6: ((2.72, 4.44), (2.72, 1.46)),
    1.25: ((1.81, 1.0), (1.81, 1.0)),
}, "experiment-toolkit behaves otherwise than was seen"
PYTHON
