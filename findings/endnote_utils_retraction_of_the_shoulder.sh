#!/usr/bin/env bash
# endnote-utils 1.0.3, the column "Retractions" of its report, seen 2026-11-30.
#
# Three sound records: "Scapular retraction exercises in swimmers", "Hamstring grafts with a retraction device" and "Who
# has withdrawn from strength training?". Expected in the table from which a flow of records is drawn (Origin, Retractions,
# Duplicates, Remaining): no retractions, or a list of what counted as one. Seen: Retractions 3, without saying which. Any
# title or note with "retraction", "retracted", "withdrawn" or "erratum" within it counts; a record whose type of work
# (M3) says "Retracted Publication" does not. Nor does the row add up: Remaining is Origin less Duplicates, and the
# retractions are in it still.
# So: take retractions from the type of work or from a list, and leave this column out of a flow chart.
# Home: endnote-utils on PyPI
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile endnote-utils==1.0.3
mkdir "$folder/records"
cd "$folder"
write() {
    printf 'TY  - JOUR\nAU  - Example, A.\nTI  - %s\nM3  - %s\nPY  - 2015\nER  - \n\n' "$1" "$2"
}
{
    write "Scapular retraction exercises in swimmers" "Journal Article"
    write "Hamstring grafts with a retraction device" "Journal Article"
    write "Who has withdrawn from strength training?" "Journal Article"
} > records/sound.ris
write "A trial of stretching" "Retracted Publication" > records/retracted.ris
venv/bin/endnote-utils --folder records --out records.csv --report report.txt > run.log 2>&1
seen=$(grep -E "^(sound|retracted) +[0-9]" report.txt | tr -s ' ' | sed 's/ $//')
echo "database, origin, retractions, duplicates, remaining:"
echo "$seen"
[ "$seen" = "retracted 1 0 0 1
sound 3 3 0 3" ] || { echo "endnote-utils behaves otherwise than was seen" >&2; exit 1; }
