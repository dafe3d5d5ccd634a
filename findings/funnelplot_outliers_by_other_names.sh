#!/usr/bin/env bash
# funnelplot 0.2.1 with matplotlib 3.11.2, funnel() of groups of unlike size, seen 2026-11-30.
#
# Four clubs, 60, 40, 20 and 10 players; Oak, the one of 10, lies outside the funnel, the others lie within. Expected: the
# point at 10 players is named Oak. Seen: it is named Ash, the club of 60, which is just where all clubs are. Points are sorted by
# the size of their group, names are left in the order of the table, so that the smallest group gets the first name. With
# sizes that rise in the order of the names it is right, which hides it. funnel_plot_bootstrap() does likewise.
# So: name no club, hospital or trial by such a figure; compare its height in the funnel with its size in the table.
# Home: https://github.com/johnhw/funnelplot
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile \
    funnelplot==0.2.1 matplotlib==3.11.2 numpy==2.4.6 pandas==3.0.3 scipy==1.17.1
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import pandas as pd
from funnelplot.core import funnel


def outliers(sizes, apart):
    """Number of players and name of each point outside the funnel; one club's values are 3 above the others'."""
    rows = [(club, side + (3.0 if club == apart else 0.0))
            for club, size in sizes.items() for side in (-1.0, 1.0) for _ in range(size // 2)]
    figure, axes = plt.subplots()
    funnel(pd.DataFrame(rows, columns=["club", "value"]), "value", "club", ax=axes)
    heights = [int(line.get_ydata()[0]) for line in axes.lines if line.get_marker() == "o"]
    names = [text.get_text() for text in axes.texts if text.get_text() != "Group size"]
    plt.close(figure)
    return list(zip(heights, names, strict=True))


falling = outliers({"Ash": 60, "Birch": 40, "Cedar": 20, "Oak": 10}, apart="Oak")
rising = outliers({"Ash": 10, "Birch": 20, "Cedar": 40, "Oak": 60}, apart="Ash")
print("Oak, of 10 players, lies apart:", falling)
print("Ash, of 10 players, lies apart:", rising)
assert (falling, rising) == ([(10, "Ash")], [(10, "Ash")]), "funnelplot behaves otherwise than was seen"
PYTHON
