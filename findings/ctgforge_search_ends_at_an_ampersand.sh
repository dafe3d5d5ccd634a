#!/usr/bin/env bash
# ctgforge 0.2.5 with httpx 0.28.1, a search of ClinicalTrials.gov, seen 2026-11-30. No network: the answers come from the script.
#
# Trials of the intervention "Calcium & Vitamin D". Expected: the server is asked for just that. Seen: query.intr is "Calcium with an open
# quotation mark, and Vitamin D" is a parameter of its own that no server reads; a condition "HIV+" is asked for as "HIV ". The
# address is put together from bare text, where & ends a value and + is a blank. The count that comes back is that of another
# search, and a flow chart of a review would give it.
# So: the words without & and + (as "Calcium AND Vitamin D"), or the interface itself with encoded values; look at the address sent.
# Home: https://pypi.org/project/ctgforge/
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile ctgforge==0.2.5 httpx==0.28.1 > "$folder/pip.log" 2>&1
"$folder/venv/bin/python" - <<'PYTHON'
import httpx
from ctgforge import CTG, F
from ctgforge.client.httpx_client import CTGHttpxClient

asked = []


def answer(request: httpx.Request) -> httpx.Response:
    """What the server reads of the address, as any reader of query strings does."""
    asked.append({key: value for key, value in request.url.params.items() if key not in ("pageSize", "countTotal")})
    return httpx.Response(200, json={"totalCount": 1, "studies": []})


offline = httpx.Client(transport=httpx.MockTransport(answer), base_url="https://example.org/api/v2")
trials = CTG(CTGHttpxClient(client=offline))
for query in (F.intervention.eq("Calcium and Vitamin D"), F.intervention.eq("Calcium & Vitamin D"), F.condition.eq("HIV+")):
    trials.count(query)
    print("asked for:", asked[-1])
assert asked == [{"query.intr": '"Calcium and Vitamin D"'}, {"query.intr": '"Calcium ', ' Vitamin D"': ""},
                 {"query.cond": '"HIV "'}], "ctgforge behaves otherwise than was seen"
PYTHON
