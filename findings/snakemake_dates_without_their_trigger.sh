#!/usr/bin/env bash
# Snakemake 9.27.1, one rule that copies a file of 4 MB, seen 2026-11-29.
#
# `--rerun-triggers params` leaves the trigger `mtime` out, and the input gets a newer date, its content
# being the same. Expected: nothing to be done, as dates are no trigger now.
# Seen: the job is run again ("updated input files"): the list of triggers governs code, params, input
# and software, not dates. With `--max-checksum-file-size` above the size nothing is done: content
# decides, but only up to that limit, and whatever the triggers.
# So: a workflow in which content decides raises that limit (ours does) and leaves the list to the rest.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check snakemake==9.27.1
mkdir "$folder/project"
cd "$folder/project"
cat > Snakefile <<'SNAKEFILE'
rule copy:
    input:
        "a.txt",
    output:
        "b.txt",
    shell:
        "cp {input} {output}"
SNAKEFILE
head -c 4000000 /dev/zero > a.txt
triggers=(--rerun-triggers params)
make_then_touch() {
    rm -f b.txt
    "$folder/venv/bin/snakemake" --cores 1 "$@" > log.txt 2>&1
    sleep 1
    touch a.txt
    "$folder/venv/bin/snakemake" --cores 1 --dry-run "${triggers[@]}" "$@" 2>&1
}
make_then_touch > by_date
make_then_touch --max-checksum-file-size 10000000 > by_content
echo "by date: $(grep 'updated input files' by_date)"
echo "by content: $(grep 'Nothing to be done' by_content)"
grep -q 'updated input files' by_date && grep -q 'Nothing to be done' by_content \
    || { echo "Snakemake behaves otherwise than was seen" >&2; exit 1; }
