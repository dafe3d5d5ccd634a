#!/usr/bin/env bash
# pyinclusion 0.0.4 with pandas 2.3.3, gen_graph(), the flow of people into a study, seen 2026-11-30.
#
# Ten people: seven consented, two did not, of one it is not known; five of the seven were followed up, one was not, one is
# unknown. Expected: boxes that add up, unknowns excluded, counted apart or refused. Seen: 10, of whom 2 are excluded and 7
# remain; 7, of whom 1 is excluded and 5 remain. An unknown answer is neither True nor False: it goes on to no box and is
# excluded by none. Answers as "yes" and "no" leave nobody: 0 included of 10, 0 excluded, without a word.
# So: fill in unknowns before the call, and add each level of the chart up.
# Home: pyinclusion on PyPI
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile \
    pyinclusion==0.0.4 pyflowchart==0.6.0 pandas==2.3.3 numpy==2.4.6
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import contextlib
import io
import re

import pandas as pd
from pyinclusion.core import gen_graph


def boxes(answers):
    """Each box of the chart with its number: kind of node, words, n."""
    with contextlib.redirect_stdout(io.StringIO()):
        chart = gen_graph(pd.DataFrame({"pid": range(10), **answers}))
    found = re.findall(r"^\w+=>(\w+): (.+?)\s*\n n=(\d+)", chart, re.MULTILINE)
    return {f"{kind}, {words}": int(n) for kind, words, n in found if kind != "condition"}


unknown = boxes({"consented": [True] * 7 + [False] * 2 + [None], "followed_up": [True] * 5 + [False] + [None] * 4})
words = boxes({"consented": ["yes"] * 7 + ["no"] * 3})
print("True, False and unknown:", unknown)
print("yes and no:", words)
assert unknown == {"start, All subjects": 10, "end, Subjects included": 5, "operation, Excluded due to consented": 2,
                   "operation, Excluded due to followed_up": 1}, "pyinclusion behaves otherwise than was seen"
assert words == {"start, All subjects": 10, "end, Subjects included": 0, "operation, Excluded due to consented": 0}, \
    "pyinclusion behaves otherwise than was seen"
PYTHON
