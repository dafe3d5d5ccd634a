#!/usr/bin/env bash
# maketables 0.2.0 with pyfixest 0.60.0, BTable(fixed_effects=...), the P values of a balance table ("Table 1"), seen 2026-12-01.
#
# 120 players at four sites in three arms; in arm b they are 3.5 years older. Without sites the table's P is 0.000. Expected with fixed_effects of
# site, by the joint test of all arms that the code names: much the same, 0.000 (F test: 0.000006). Seen: 0.972. With fixed effects a
# model has no intercept, but the first coefficient is passed over as if it were one: the arm b is left out of the test, and 0.972
# is the P of arm c alone against a. Which arms count depends on their names: with b called z it is 0.000 again. Of two arms nothing would be
# left, and an error is raised. The note below the table says "p-values based on specifications including site fixed effects".
# So: P by pyfixest's or statsmodels' joint test of the arms, or BTable without fixed effects.
# Home: https://pypi.org/project/maketables/
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile --no-deps maketables==0.2.0 pyfixest==0.60.0 formulaic==1.2.2 \
    great-tables==1.1.0 pandas==2.3.3 numpy==2.4.6 scipy==1.17.1 babel==2.19.0 cloudpickle==3.1.3 cycler==0.12.1 faicons==0.2.2 \
    fonttools==4.68.0 htmltools==0.7.0 importlib_metadata==10.2.0 importlib_resources==7.1.0 interface_meta==2.0.1 ipython==9.18.1 \
    joblib==1.6.0 kiwisolver==1.5.1 lazy-importer==0.1.0 lxml==6.1.3 matplotlib==3.11.2 multimark==0.4.0 narwhals==2.29.0 packaging==26.4 \
    pillow==13.0.0 psutil==7.2.2 pyparsing==3.3.3 python-dateutil==4.0.0 python-docx==1.2.0 pytz==2026.6 seaborn==0.13.2 tqdm==4.70.1 \
    traitlets==5.16.1 typing_extensions==4.16.0 wrapt==2.5.2 zipp==4.1.2 pygments==2.21.0 cffi==2.1.1
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import numpy
import pandas
from maketables import BTable
from scipy.stats import f, t

noise = numpy.sin(numpy.arange(120) * 2.4) * 5  # fixed numbers with a spread of 3.5
arm = numpy.repeat(["a", "b", "c"], 40)
site = numpy.tile(["s1", "s2", "s3", "s4"], 30)
age = 25 + noise + 3.5 * (arm == "b") + 2 * (site == "s2")
players = pandas.DataFrame({"arm": arm, "site": site, "age": age})


def p_value(data, **options):
    return float(BTable(data, ["age"], "arm", **options).df.iloc[0, -1])


def fit(*columns):
    design = numpy.column_stack(columns)
    coefficients, (squares,), *_ = numpy.linalg.lstsq(design, age)
    return design, coefficients, squares


sites = [(site == name).astype(float) for name in ("s1", "s2", "s3", "s4")]
design, coefficients, full = fit(*sites, *[(arm == name).astype(float) for name in "bc"])
free = len(age) - design.shape[1]
joint = f.sf((fit(*sites)[2] - full) / 2 / (full / free), 2, free)
error = numpy.sqrt(full / free * numpy.linalg.inv(design.T @ design)[-1, -1])
alone = 2 * t.sf(abs(coefficients[-1]) / error, free)
plain, seen = p_value(players), p_value(players, fixed_effects=["site"])
renamed = p_value(players.replace({"arm": {"b": "z"}}), fixed_effects=["site"])
print("without sites:", plain, "seen with sites:", seen, "due:", joint, "c against a alone:", alone, "b called z:", renamed)
assert plain < 0.01 and joint < 0.01
assert abs(seen - alone) < 0.01 and seen > 0.1 and renamed < 0.01, "behaves otherwise than was seen"
PYTHON
