#!/usr/bin/env bash
# esek 0.1.38, StatisticToEffectSize.from_z_independent(z, n1, n2), seen 2026-11-30.
#
# Cohen's d from z = 2.5 of two independent groups. Expected: z sqrt(1/n1 + 1/n2), which is 0.500 for 50 and 50
# people and 0.833 for 10 and 90. Seen: 0.5 for both: the two sizes cancel out of its formula, so that 2 z / sqrt(N)
# remains, which is that of groups of one size. Its from_t_independent() gives 0.833 for the same numbers.
# So: convert z as t is converted; a d by this function is too small by sqrt(4 n1 n2) / N.
# Home: https://github.com/nadavWeisler/esek
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile \
    esek==0.1.38 numpy==2.3.5 scipy==1.16.3 pandas==2.3.3 statsmodels==0.14.5
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
from esek.converters.statistic_to_effect_size import StatisticToEffectSize

sizes = [(50, 50), (10, 90)]
by_z = [StatisticToEffectSize.from_z_independent(2.5, *n).cohens_d for n in sizes]
by_t = [StatisticToEffectSize.from_t_independent(2.5, *n).cohens_d for n in sizes]
due = [round(2.5 * (1 / a + 1 / b) ** 0.5, 6) for a, b in sizes]
print("by z:", by_z, "by t:", by_t, "due:", due)
assert by_z == [0.5, 0.5] and by_t == due == [0.5, 0.833333], "esek behaves otherwise than was seen"
PYTHON
