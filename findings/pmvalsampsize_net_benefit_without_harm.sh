#!/usr/bin/env bash
# pmvalsampsize 0.2.1, pmvalsampsize(type="b", threshold=), the standardised net benefit, seen 2026-11-30.
#
# A model is to be validated where a fifth have the outcome, at a threshold of 0.2: sensitivity 0.634, specificity 0.661. Expected:
# net benefit is true positives less false ones at their odds, 0.634 · 0.2 - 0.339 · 0.8 · 0.25 = 0.059, and 0.295 of the most
# possible, 0.2. Seen: 0.127 and 0.634, the sensitivity itself, in the table that goes into a protocol. The formula stands on two
# lines without brackets; Python ends it at the first, and the second, which begins with a minus, is a number that nobody takes.
# So a model that does harm at a threshold is shown as useful. The sample sizes do not depend on it.
# So: sensitivity - (1 - specificity) (1 - prevalence) / prevalence · threshold / (1 - threshold) by hand.
# Home: pmvalsampsize on PyPI and https://doi.org/10.1002/sim.9025
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile \
    pmvalsampsize==0.2.1 numpy==2.3.5 scipy==1.16.3 pandas==2.3.3 > "$folder/pip.log" 2>&1
"$folder/venv/bin/python" -W ignore - <<'PYTHON' > "$folder/out.txt"
from pmvalsampsize.pmvalsampsize import pmvalsampsize

prevalence, threshold = 0.2, 0.2
found = pmvalsampsize(type="b", prevalence=prevalence, cstatistic=0.75, lpnormal=(-1.6, 0.8), threshold=threshold,
                      simobs=200000)
sensitivity, specificity = float(found["sensitivity"]), float(found["specificity"])
due = sensitivity * prevalence - (1 - specificity) * (1 - prevalence) * threshold / (1 - threshold)
seen = float(found["net_benefit"]), float(found["standardised_nb"])
print(f"sensitivity {sensitivity:.3f}, specificity {specificity:.3f}")
print(f"net benefit {seen[0]:.3f}, standardised {seen[1]:.3f}, due {due:.3f} and {due / prevalence:.3f}")
assert abs(seen[1] - sensitivity) < 1e-9 and abs(seen[1] - due / prevalence) > 0.3, "pmvalsampsize behaves otherwise"
assert abs(sensitivity - 0.634) < 0.01 and abs(specificity - 0.661) < 0.01, "pmvalsampsize behaves otherwise"
PYTHON
grep -E "Criteria 4 .*[0-9]|net benefit [0-9]|sensitivity [0-9]" "$folder/out.txt"
