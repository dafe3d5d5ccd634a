#!/usr/bin/env bash
# pystatsbio 4.0.3, epi_2by2(), number needed to treat, seen 2026-11-30.
#
# 15 of 100 and 10 of 100 have the event: a difference of 0.05 (-0.041 to 0.141), which may be harm or benefit.
# Expected: 20, with limits that are the inverses of the difference's: 7.07 through infinity to 24.2 the other
# way, as Altman shows, or none. Seen: 20, interval 20 to infinity, labelled 95 % and "from RD CI": it starts
# at the estimate and leaves out 7.07 to 20, all of which the data allow, and the other direction.
# The number is without sign as well: with the arms exchanged, harm for benefit, it is the same.
# So: give limits of the difference, and invert them with both directions named.
# Home: https://github.com/sgcx-org/pystatsbio; Altman 1998, https://doi.org/10.1136/bmj.317.7168.1309
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile \
    pystatsbio==4.0.3 pystatistics==6.1.5 numpy==2.3.5 scipy==1.16.3
"$folder/venv/bin/python" - <<'PYTHON'
from math import inf, sqrt

from pystatsbio.epi import epi_2by2

difference, error = 0.15 - 0.10, sqrt(0.15 * 0.85 / 100 + 0.10 * 0.90 / 100)
limits = [difference - 1.959964 * error, difference + 1.959964 * error]
one, other = (epi_2by2(table).nnt for table in ([[15, 85], [10, 90]], [[10, 90], [15, 85]]))
seen = [[round(v, 3) for v in (n.estimate, n.ci_lower, n.ci_upper)] for n in (one, other)]
print("pystatsbio:", seen, "by inverting the limits:", [round(1 / v, 2) for v in limits])
assert [round(1 / v, 2) for v in limits] == [-24.15, 7.07]
assert seen == [[20.0, 20.0, inf], [20.0, 20.0, inf]], "pystatsbio behaves otherwise than was seen"
PYTHON
