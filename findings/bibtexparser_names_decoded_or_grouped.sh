#!/usr/bin/env bash
# bibtexparser 2.1.0, authors by its middlewares for LaTeX and for names, seen 2026-11-30.
#
# One author has an umlaut in LaTeX, the other is a body in braces. Expected: with both middlewares Hölmich is
# decoded and World Health Organization one name, in either order. Seen: names first, and the umlaut stays as
# LaTeX, since decoding takes a name but not the list of names, without a warning; LaTeX first, and the braces
# are gone, so that the body becomes Ms Organization with first names World and Health.
# Keeping the braces while decoding, keep_braced_groups=True, gives both (ours does so, and takes them off).
# Documentation: https://bibtexparser.readthedocs.io/en/main/customize.html
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile bibtexparser==2.1.0 pylatexenc==2.11
"$folder/venv/bin/python" - <<'PYTHON'
from bibtexparser import parse_string
from bibtexparser.middlewares import LatexDecodingMiddleware, SeparateCoAuthors, SplitNameParts

entry = r'@article{a, author = {H{\"o}lmich, Per and {World Health Organization}}, title = {A trial}}'
names, latex = [SeparateCoAuthors(), SplitNameParts()], [LatexDecodingMiddleware()]
kept = [LatexDecodingMiddleware(keep_braced_groups=True)]


def read(steps: list) -> list[tuple[str, str]]:
    (found,) = parse_string(entry, append_middleware=steps).entries
    return [(" ".join(name.last), " ".join(name.first)) for name in found["author"]]


seen = {"names, LaTeX": read(names + latex), "LaTeX, names": read(latex + names), "braces kept": read(kept + names)}
for order, authors in seen.items():
    print(f"{order}: {authors}")
assert seen["names, LaTeX"] == [(r"H{\"o}lmich", "Per"), ("{World Health Organization}", "")], "changed"
assert seen["LaTeX, names"] == [("Hölmich", "Per"), ("Organization", "World Health")], "changed"
assert seen["braces kept"] == [("Hölmich", "Per"), ("{World Health Organization}", "")], "changed"
PYTHON
