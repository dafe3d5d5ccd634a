#!/usr/bin/env bash
# lifelines 0.30.3, restricted_mean_survival_time(..., return_variance=True), seen 2026-11-30.
#
# Ten people, a Kaplan-Meier curve, the mean time up to 30. Expected: beside the mean stands the variance of
# this estimate, 9.526 by Greenwood's formula (standard error 3.086, as R's survfit prints).
# Seen: 91.192, the spread of the times themselves. Its root taken as a standard error is three times too
# large here, and does not shrink with more people; such a trial loses nearly all its weight in a pool.
# So: compute the standard error from the areas right of each death, as below.
# Open: https://github.com/CamDavidsonPilon/lifelines/issues/1682 (the documentation calls it the variance of the mean).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
    lifelines==0.30.3 numpy==2.3.5 scipy==1.16.3 pandas==2.3.3
"$folder/venv/bin/python" - <<'PYTHON'
from lifelines import KaplanMeierFitter
from lifelines.utils import restricted_mean_survival_time

times, died, limit = [6, 7, 10, 15, 19, 25, 30, 34, 40, 41], [1, 1, 0, 1, 1, 0, 1, 0, 1, 0], 30
model = KaplanMeierFitter().fit(times, died)
mean, variance = restricted_mean_survival_time(model, t=limit, return_variance=True)

survival, steps = 1.0, []  # (time, deaths, at risk, survival after)
for time in sorted({t for t, d in zip(times, died) if d and t < limit}):
    deaths = sum(d for t, d in zip(times, died) if t == time)
    at_risk = sum(t >= time for t in times)
    survival *= 1 - deaths / at_risk
    steps.append((time, deaths, at_risk, survival))


def area_from(start: int) -> float:
    edges = [time for time, *_ in steps if time >= start] + [limit]
    heights = [height for time, *_, height in steps if time >= start]
    return sum(h * (b - a) for h, a, b in zip(heights, edges, edges[1:]))


greenwood = sum(area_from(t) ** 2 * d / (n * (n - d)) for t, d, n, _ in steps)
by_hand = steps[0][0] + area_from(steps[0][0])
print(f"mean: lifelines {mean:.3f}, by hand {by_hand:.3f}")
print(f"variance: lifelines {variance:.3f}, Greenwood {greenwood:.3f}, standard error {greenwood**0.5:.3f}")
assert (round(mean, 3), round(by_hand, 3)) == (22.329, 22.329), "lifelines behaves otherwise than was seen"
assert (round(variance, 3), round(greenwood, 3)) == (91.192, 9.526), "lifelines behaves otherwise than was seen"
PYTHON
