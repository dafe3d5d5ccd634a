#!/usr/bin/env bash
# NumPy 2.4.0 beside 2.3.5 on x86-64, seen 2026-11-29.
#
# NPY_DISABLE_CPU_FEATURES switches off what NumPy would use of a processor, so that last digits do not
# depend on it. Expected: names that worked go on working, or are refused where one sees it.
# Seen: 2.3.5 takes "AVX2 FMA3" and computes tanh to other last digits. 2.4.0 knows groups alone (X86_V3
# holds both): it computes as if nothing had been asked, and says so in an ImportWarning, which Python
# does not show unless asked to. "X86_V3" has the effect that the old names had.
# So: set the names of the version at hand, and test that the digits are those wanted.
# Needs a processor with AVX2 and FMA.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
tanh='
import hashlib
import numpy as np
x = np.linspace(-3, 3, 20001)
print(hashlib.sha256(np.tanh(x).tobytes()).hexdigest()[:12])
'
for version in 2.3.5 2.4.0; do
    python3 -m venv "$folder/$version"
    "$folder/$version/bin/pip" install --quiet --disable-pip-version-check "numpy==$version"
done
digits() { # version, features: the digits, and whatever is shown beside them
    NPY_DISABLE_CPU_FEATURES="$2" "$folder/$1/bin/python" -c "$tanh" 2>&1
}
plain=$(digits 2.4.0 "")
without=$(digits 2.4.0 "X86_V3")
echo "2.3.5: nothing $(digits 2.3.5 ""), AVX2 FMA3 $(digits 2.3.5 "AVX2 FMA3")"
echo "2.4.0: nothing $plain, AVX2 FMA3 $(digits 2.4.0 "AVX2 FMA3"), X86_V3 $without"
[ "$plain" != "$without" ] || { echo "this processor has no AVX2 and FMA"; exit 1; }
[ "$(digits 2.3.5 "AVX2 FMA3")" = "$without" ] || { echo "2.3.5 behaves otherwise than was seen"; exit 1; }
[ "$(digits 2.4.0 "AVX2 FMA3")" = "$plain" ] || { echo "2.4.0 behaves otherwise than was seen"; exit 1; }
