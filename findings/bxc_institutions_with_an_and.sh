#!/usr/bin/env bash
# bxc 1.3.0 with citeproc-py, BibTeX to a reference list, seen 2026-12-01.
#
# A guideline whose author is a body with "and" in its name, in two pairs of braces as BibTeX asks for. Expected in APA style: "National
# Institute for Health and Care Excellence. (2020)." Seen: "Health, N. I. for ., & Excellence, C. (2020)." The field is split at every "and"
# before braces are looked at, each half has a brace too few to be a body, and becomes a person. BibTeX (and bibtexparser's own
# splitting) lets an "and" within braces be. The same holds for the Centers for Disease Control and Prevention, and any ministry.
# Beside it: a body with an accent in LaTeX, {{Health Service of Z\"urich}}, is a person as well, Zürich, H. S. of ., and "Jan van der
# Example" becomes "Example, J. van . der .", where "van der Example, Jan" is right. The list has as many entries as the file.
# So: names as "surname, first names", bodies with "&" for "and" and accents as letters, and a look at the authors of every guideline.
# Home: https://pypi.org/project/bxc/
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile bxc==1.3.0 citeproc-py==0.11.1 bibtexparser==2.1.0
cd "$folder"
cat > list.bib <<'BIB'
@misc{one, author = {{National Institute for Health and Care Excellence}}, title = {A guideline}, year = {2020}}
@misc{service, author = {{Health Service of Z\"urich}}, title = {A guideline}, year = {2021}}
@article{two, author = {Jan van der Example}, title = {A trial}, journal = {Journal}, year = {2019}, volume = {48}}
@article{three, author = {van der Example, Jan}, title = {A trial}, journal = {Journal}, year = {2018}, volume = {47}}
BIB
seen=$("$folder/venv/bin/bxc" --offline format list.bib --style apa)
echo "$seen"
due=$("$folder/venv/bin/python" - <<'PYTHON'
from bibtexparser.middlewares.names import split_multiple_persons_names

print(split_multiple_persons_names("{National Institute for Health and Care Excellence}"))
PYTHON
)
echo "bibtexparser: $due"
[ "$due" = "['{National Institute for Health and Care Excellence}']" ] \
    && grep -Fq 'Health, N. I. for ., & Excellence, C. (2020).' <<< "$seen" \
    && grep -Fq 'Zürich, H. S. of . (2021).' <<< "$seen" && grep -Fq 'Example, J. van . der . (2019).' <<< "$seen" \
    && grep -Fq 'van der Example, J. (2018).' <<< "$seen" \
    || { echo "bxc behaves otherwise than was seen" >&2; exit 1; }
