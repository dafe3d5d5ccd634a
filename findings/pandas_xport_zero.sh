#!/usr/bin/env bash
# pandas 3.1.1, read_sas() of a SAS transport file (.xpt, version 5, the format of drug trials), 2026-11-30.
#
# A column of events holds 0, 1, 2, written as IBM floating point; zero is eight bytes of 0.
# Expected: 0.0, 1.0, 2.0, and `events == 0` finds the trial without events. pyreadstat reads it so.
# Seen: 5.397605e-79, 1.0, 2.0; `events == 0` is nowhere true, so a rule for empty cells does not act, and
# a logarithm or ratio of the number is finite nonsense.
# So: read .xpt by pyreadstat, or round columns of counts before anything else.
# Open since 2023: https://github.com/pandas-dev/pandas/issues/50670 (there "some zeros"; here each of them).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-deps --no-compile \
    pandas==3.1.1 numpy==2.3.5 python-dateutil==2.9.0.post0 six==1.17.0 pyreadstat==1.3.2 narwhals==2.13.0
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import pandas as pd
import pyreadstat

trials = pd.DataFrame({"trial": ["A", "B", "C"], "events": [0.0, 1.0, 2.0]})
pyreadstat.write_xport(trials, "trials.xpt", file_format_version=5)
by_pandas = pd.read_sas("trials.xpt", encoding="latin1")["events"]
by_pyreadstat = pyreadstat.read_xport("trials.xpt")[0]["events"]
zero = bytes(8)
raw = open("trials.xpt", "rb").read()
print("pandas", by_pandas.tolist(), "zeros found:", int((by_pandas == 0).sum()))
print("pyreadstat", by_pyreadstat.tolist(), "zeros found:", int((by_pyreadstat == 0).sum()))
assert b"A       " + zero in raw or b"A" + zero in raw, "the file holds zero otherwise"
assert by_pyreadstat.tolist() == [0.0, 1.0, 2.0], "pyreadstat behaves otherwise than was seen"
assert by_pandas.tolist() == [16.0**-65, 1.0, 2.0], "pandas behaves otherwise than was seen"
PYTHON
