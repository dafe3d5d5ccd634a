#!/usr/bin/env bash
# hatchling 1.33.0 with dev-mode-dirs, an editable installation, seen 2026-11-29.
#
# A project puts a folder outside its package into the wheel with force-include.
# Expected: an editable installation leaves it out, or leads to the folder, as it does to the package.
# Seen: the files are copied into site-packages beside the path file; an edit to the folder is not seen
# there, and a package found in site-packages/example/ is a folder without __init__.py.
# So: map folders by `sources` of the wheel target, and find them in the checkout where they are not in
# the package.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir -p "$folder/project/src/example" "$folder/project/tables"
cd "$folder/project"
echo 'NAME = "example"' > src/example/__init__.py
echo "old" > tables/one.csv
cat > pyproject.toml <<'TOML'
[build-system]
requires = ["hatchling==1.33.0"]
build-backend = "hatchling.build"
[project]
name = "example"
version = "1"
[tool.hatch.build]
dev-mode-dirs = ["src"]
[tool.hatch.build.targets.wheel]
packages = ["src/example"]
[tool.hatch.build.targets.wheel.force-include]
tables = "example/tables"
TOML
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check hatchling==1.33.0
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-build-isolation --editable .
echo "new" > tables/one.csv
site=$("$folder/venv/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
imported=$(cd / && "$folder/venv/bin/python" -c 'import example; print(example.NAME)')
copied=$(cat "$site/example/tables/one.csv" 2>/dev/null || echo "no copy")
inits=$(find "$site/example" -name '__init__.py' 2>/dev/null | wc -l)
echo "imported: $imported; copy in site-packages: $copied; __init__.py beside it: $inits"
[ "$imported; $copied; $inits" = "example; old; 0" ] \
    || { echo "hatchling behaves otherwise than was seen" >&2; exit 1; }
