#!/usr/bin/env bash
# Snakemake 9.27.1, a Snakefile that holds one include, seen 2026-11-29.
#
# The included file marks its rule `all` with `default_target: True`; run by itself, it builds the target.
# Expected: the Snakefile that includes it builds the same, since the mark is there to survive includes.
# Seen: "Nothing to be done", exit status 0, no file: the mark counts in the main file alone, and a
# rule of an included file is no default. A rule of the main file that asks for it works.
# So: a Snakefile that only leads to another has a target rule of its own (ours has one, and a test).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check snakemake==9.27.1
mkdir -p "$folder/project/workflow"
cd "$folder/project"
cat > workflow/Snakefile <<'SNAKEFILE'
rule first:
    output:
        "first.txt",
    shell:
        "echo first > {output}"


rule all:
    default_target: True
    input:
        "first.txt",
SNAKEFILE
run() { "$folder/venv/bin/snakemake" --cores 1 --snakefile "$1" > log.txt 2>&1 && echo "exit 0" || echo "exit 1"; }
state() { if [ -e first.txt ]; then echo "built"; else echo "not built"; fi; }
echo "$(run workflow/Snakefile), $(state)" > alone
rm -f first.txt
echo 'include: "workflow/Snakefile"' > Snakefile
echo "$(run Snakefile), $(state), $(grep -c 'Nothing to be done' log.txt)" > included
printf 'rule project:\n    default_target: True\n    input:\n        rules.all.input\n' >> Snakefile
echo "$(run Snakefile), $(state)" > with_own_rule
head alone included with_own_rule
[ "$(cat alone)" = "exit 0, built" ] && [ "$(cat included)" = "exit 0, not built, 1" ] \
    && [ "$(cat with_own_rule)" = "exit 0, built" ] \
    || { echo "Snakemake behaves otherwise than was seen" >&2; exit 1; }
