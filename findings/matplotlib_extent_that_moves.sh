#!/usr/bin/env bash
# matplotlib 3.11.2, Axes.get_window_extent(), seen 2026-11-30.
#
# The box of the axes is read, the axes are moved, and the old box is used to put something where they stood.
# Expected: the box that was read, left edge 80. Seen: 320, the new one: what comes back follows the axes for ever.
# A text's get_window_extent() gives a box of its own, which stays.
# So: keep extent.frozen(), or the four numbers.
# Home: https://matplotlib.org
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile matplotlib==3.11.2 numpy==2.4.6
MPLBACKEND=Agg "$folder/venv/bin/python" - <<'PYTHON'
from matplotlib.figure import Figure

figure = Figure(figsize=(6.4, 4.8), dpi=100)
axes, words = figure.add_axes((0.125, 0.1, 0.5, 0.5)), figure.text(0.1, 0.9, "words")
boxes = [axes.get_window_extent(), words.get_window_extent()]
kept = boxes[0].frozen()
before = [float(box.x0) for box in boxes]
axes.set_position((0.5, 0.5, 0.2, 0.2))
words.set_position((0.5, 0.5))
after = [float(box.x0) for box in boxes]
print("left edges before", before, "after the move", after, "frozen", float(kept.x0))
assert (before, after, float(kept.x0)) == ([80, 64], [320, 64], 80), "matplotlib behaves otherwise than was seen"
PYTHON
