#!/usr/bin/env bash
# endnote-utils 1.0.3, EndNote's XML to CSV with --dedupe title-year, seen 2026-11-30.
#
# EndNote writes a title with words in italics as several <style> pieces, one after the other. Two trials of 2015:
# "Effects of Lactobacillus on illness in runners" and "Effects of Panax ginseng on recovery", the Latin names in italics.
# Expected: two records with their titles. Seen: one record, titled "Effects of": of each field the first piece alone is read,
# and what is left of the two titles is the same, so that the second trial is taken out as a duplicate of the first. The report,
# made for the flow of records, counts "Origin 2, Duplicates 1, Remaining 1".
# So: count and compare titles against the library, and take duplicates out by DOI alone, or before EndNote.
# Home: endnote-utils on PyPI
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile endnote-utils==1.0.3
cd "$folder"
cat > make.py <<'PYTHON'
def record(author: str, plant: str, rest: str) -> str:
    pieces = (("normal", "Effects of "), ("italic", plant), ("normal", rest))
    title = "".join(f'<style face="{face}" font="default" size="100%">{text}</style>' for face, text in pieces)
    return (
        f'<record><ref-type name="Journal Article">17</ref-type><contributors><authors><author><style>{author}</style></author>'
        f"</authors></contributors><titles><title>{title}</title></titles><dates><year><style>2015</style></year></dates></record>"
    )


records = record("Example, A.", "Lactobacillus", " on illness in runners") + record("Sample, B.", "Panax ginseng", " on recovery")
with open("library.xml", "w", encoding="utf-8") as file:
    file.write(f'<?xml version="1.0" encoding="UTF-8"?><xml><records>{records}</records></xml>')
PYTHON
venv/bin/python make.py
venv/bin/endnote-utils --xml library.xml --out library.csv --dedupe title-year --report report.txt > run.log 2>&1
seen=$(venv/bin/python - <<'PYTHON'
import csv

print([(row["authors"], row["title"], row["year"]) for row in csv.DictReader(open("library.csv", encoding="utf-8"))])
lines = [line.split() for line in open("report.txt", encoding="utf-8")]
print("origin, retractions, duplicates, remaining:", *next(line for line in lines if line[:1] == ["library"])[1:])
PYTHON
)
echo "$seen"
[ "$seen" = "[('Example, A.', 'Effects of', '2015')]
origin, retractions, duplicates, remaining: 2 0 1 1" ] || { echo "endnote-utils behaves otherwise than was seen" >&2; exit 1; }
