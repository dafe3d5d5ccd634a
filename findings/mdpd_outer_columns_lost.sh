#!/usr/bin/env bash
# mdpd 0.2.1, from_md(), a Markdown table to pandas, seen 2026-12-01.
#
# Markdown (GitHub's, pandoc's) lets the bars at the ends of a line out: "trial | events | people". Expected: a frame of three columns. Seen:
# one column, "events": a cell is what stands between two bars, so that the first and the last of each row are lost, and with them the
# names of the trials and the people. A table of two columns comes back empty, one of four with its inner two. No error, no warning; the
# line of hyphens is cut alike, so that heading and rows agree.
# So: bars at both ends of each line; a frame with two columns fewer than the table is the sign.
# Home: https://pypi.org/project/mdpd/; tables: https://github.github.com/gfm/#tables-extension-
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile mdpd==0.2.1 pandas==2.3.3 numpy==2.4.6 markdown-it-py==4.0.0
"$folder/venv/bin/python" - <<'PYTHON'
import re

import mdpd
from markdown_it import MarkdownIt

table = "trial | events | people\n--- | --- | ---\nA | 4 | 123\nB | 11 | 139\n"
cells = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", MarkdownIt().enable("table").render(table))
print("as Markdown:", cells)
bare = mdpd.from_md(table)
framed = mdpd.from_md("\n".join(f"| {line} |" for line in table.splitlines()))
print(bare, framed, sep="\n\n")
assert cells == ["trial", "events", "people", "A", "4", "123", "B", "11", "139"], "behaves otherwise than was seen"
assert bare.to_dict("list") == {"events": ["4", "11"]}, "behaves otherwise than was seen"
assert framed.shape == (2, 3), "behaves otherwise than was seen"
assert mdpd.from_md("trial | events\n--- | ---\nA | 4\n").empty, "behaves otherwise than was seen"
PYTHON
