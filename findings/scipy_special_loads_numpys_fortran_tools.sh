#!/usr/bin/env bash
# SciPy 1.17.1 with NumPy 2.4.6, import scipy.special, seen 2026-11-30.
#
# NumPy loads numpy.f2py (a generator of Fortran wrappers), numpy.testing and numpy.ctypeslib only where they are asked
# for. Expected: scipy.special leaves that so. Seen: it loads all three, and unittest with them: SciPy clones NumPy's
# names for array-API work by getattr of each, which wakes every lazy one. It is a large part of the start
# of a command that needs one distribution function.
# So: import scipy.special inside the functions that need it, or count its time in; leaving names out of
# numpy.__all__ beforehand does not help.
# Home: https://github.com/scipy/scipy
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-deps numpy==2.4.6 scipy==1.17.1
"$folder/venv/bin/python" - <<'PYTHON'
import sys

import numpy

lazy = {"numpy.f2py", "numpy.testing", "numpy.ctypeslib", "unittest"}
before = lazy & set(sys.modules)
import scipy.special

after = lazy & set(sys.modules)
print("after numpy:", sorted(before), "after scipy.special:", sorted(after))
assert before == set() and after == lazy, "SciPy behaves otherwise than was seen"
PYTHON
