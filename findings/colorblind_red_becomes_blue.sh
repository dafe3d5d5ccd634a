#!/usr/bin/env bash
# colorblind 0.0.9, simulate_colorblindness() and daltonize_correct(), seen 2026-12-01 on x86-64.
#
# How red and vermilion look to someone without the receptors for green. Expected: red is a dark yellow, 106 106 0, and vermilion of the palette
# of Okabe and Ito 143 143 0, as daltonize has them, whose matrices these are. Seen: 106 105 246 and 143 143 251, light blue. The amount of blue
# comes out a little below 0 (-11 and -5), which no screen can show; it is stored as a whole number from 0 to 255 without being cut off at
# 0 first, and -5 becomes 251. A figure in red and green, the pair to be found out, so seems to be one in blue and olive.
# daltonize_correct() subtracts two such images, where 94 - 143 is 207, before it mends them: vermilion becomes 213 350 54, due 213 93 49.
# So: daltonize (PyPI), or clip by hand before the image becomes whole numbers; look at a plain red first.
# Home: https://pypi.org/project/colorblind/
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile colorblind==0.0.9 opencv-python-headless==4.12.0.88 numpy==2.2.6 \
    daltonize==0.2.0 pillow==12.0.0 'setuptools<81'
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import numpy
from colorblind.colorblind import daltonize_correct, simulate_colorblindness
from daltonize import daltonize

colours = {"red": (255, 0, 0), "vermilion": (213, 94, 0), "green": (0, 158, 115)}
seen, due = {}, {}
for name, rgb in colours.items():
    image = numpy.array([[rgb]], dtype=numpy.uint8)
    seen[name] = simulate_colorblindness(image, "deuteranopia")[0, 0].tolist()
    due[name] = (255 * daltonize.simulate(image / 255, "d")[0, 0]).round().astype(int).tolist()
    print(name, "seen:", seen[name], "due:", due[name])
image = numpy.array([[colours["vermilion"]]], dtype=numpy.uint8)
mended = daltonize_correct(image, "deuteranopia")[0, 0].round().astype(int).tolist()
right = (255 * daltonize.daltonize(image / 255, "d")[0, 0]).round().astype(int).tolist()
print("vermilion mended, seen:", mended, "due:", right)
assert seen["red"][2] > 240 and seen["vermilion"][2] > 240, "behaves otherwise than was seen"
assert due["red"][2] == due["vermilion"][2] == 0
assert mended == [213, 350, 54] and right == [213, 93, 49], "behaves otherwise than was seen"
assert seen["green"] == [92, 92, 121], "behaves otherwise than was seen"
PYTHON
