#!/usr/bin/env bash
# pyCompare 1.5.4, blandAltman(), and bland-altman 0.1.4, bland_altman_plot(), limits of agreement, seen 2026-11-30.
#
# Five players timed by two systems. Expected: mean difference plus and minus 1.96 standard deviations, with n - 1
# in the divisor as of any sample and as Bland and Altman have it: -0.310 and 0.310. Seen in both: -0.277 and 0.277, the
# standard deviation of the five as if they were all players there are; too close by the root of (n - 1) / n: 11 % for five,
# 5 % for ten, and in the direction that finds systems interchangeable. pyCompare's interval for the mean difference is made
# of it, too: 0.176 either way where 0.196 is due, though it takes Student's t at n - 1.
# So: widen printed limits by the root of n / (n - 1), or compute them by hand.
# Home: https://github.com/jaketmp/pyCompare; Bland and Altman 1999, https://doi.org/10.1177/096228029900800204
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile pyCompare==1.5.4 bland-altman==0.1.4 \
    numpy==2.3.5 scipy==1.16.3 matplotlib==3.10.8
MPLBACKEND=Agg "$folder/venv/bin/python" -W ignore - <<'PYTHON'
import matplotlib.pyplot as plt
import numpy as np
from bland_altman import bland_altman_plot
from pyCompare import blandAltman
from scipy.stats import t

first = np.array([4.1, 4.4, 4.0, 4.6, 4.3])
second = np.array([4.3, 4.3, 4.1, 4.4, 4.3])
difference = first - second


def rows() -> list[float]:
    """Return the heights of the level lines of the figure that is open."""
    heights = {round(float(line.get_ydata()[0]), 3) for line in plt.gca().lines if len(set(line.get_ydata())) == 1}
    return sorted(heights)


def limits(freedom: int) -> list[float]:
    return [round(float(sign * 1.96 * difference.std(ddof=freedom)), 3) for sign in (-1, 1)]


axes = plt.figure().gca()
blandAltman(first, second, ax=axes)
plt.sca(axes)
compared = rows()
spans = sorted({round(float(band.get_height() / 2), 3) for band in axes.patches})
bland_altman_plot(first, second)
plotted = rows()
mean_limits = [round(float(t.ppf(0.975, 4) * difference.std(ddof=freedom) / 5**0.5), 3) for freedom in (0, 1)]
print("pyCompare:", compared, "bland-altman:", plotted, "with n:", limits(0), "with n - 1:", limits(1))
print("half widths of pyCompare's bands:", spans, "mean difference with n, with n - 1:", mean_limits)
assert compared == plotted == [-0.277, 0.0, 0.277] and limits(0) == [-0.277, 0.277], "changed"
assert limits(1) == [-0.31, 0.31] and mean_limits == [0.176, 0.196], "changed"
assert 0.176 in spans and 0.196 not in spans, "pyCompare behaves otherwise than was seen"
PYTHON
