#!/usr/bin/env bash
# htmltabletomd 1.0.0, convert_table() of a table whose rows have names, seen 2026-12-01.
#
# A table of two trials, as pandas writes it with DataFrame.to_html(): the names of the rows are <th>, numbers are <td>. So are tables
# of journals and of accessible pages, where HTML asks for a header cell at the start of a row. Expected in Markdown: three columns, trial,
# events and people, or a refusal. Seen: the heading has three cells and each row two: of rows below the first only <td> is taken, the
# trials' names are gone, and Markdown fills rows from the left, so that 4 events stand in the nameless first column and 123
# people under "events". A cell over two columns (colspan) moves what follows it in the same way. Nothing is said.
# So: df.reset_index().to_html(index=False), or pandoc; count cells of each row against the heading.
# Home: https://pypi.org/project/htmltabletomd/
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile htmltabletomd==1.0.0 html2markdown==0.1.7 \
    beautifulsoup4==4.15.0 pandas==2.3.3 numpy==2.4.6 markdown-it-py==4.0.0
"$folder/venv/bin/python" - <<'PYTHON'
import re

import pandas
from htmltabletomd import convert_table
from markdown_it import MarkdownIt

trials = pandas.DataFrame({"events": [4, 11], "people": [123, 139]}, index=["A 2010", "B 2012"])
markdown = convert_table(trials.to_html())
print(markdown)
shown = MarkdownIt().enable("table").render(markdown)
rows = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in shown.split("</tr>")[:-1]]
print(rows)
assert rows == [["", "events", "people"], ["4", "123", ""], ["11", "139", ""]], "behaves otherwise than was seen"
assert "A 2010" not in markdown, "behaves otherwise than was seen"
PYTHON
