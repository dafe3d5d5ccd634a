# Two commands do everything: `make report` and `make test`. Both set up .venv when it is missing
# or older than the locked requirements. uv installs them, that on PATH or else one fetched for it,
# in half the time that pip takes; pip does where uv cannot. The lock names every package, so that
# pip need not look for dependencies. What they install is compiled by all cores, as each job of
# the workflow imports it anew.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
SNAKEFILES := Snakefile workflow/Snakefile $(wildcard workflow/rules/*.smk)

.PHONY: help report blog test test-fast test-browser test-kernels test-kills test-full-disk test-cluster fuzz fuzz-coverage check format pages docs lock bench clean
.DEFAULT_GOAL := help

help:
	@echo "make report        run the whole workflow; the report is results/report.html"
	@echo "make blog          make the kits for blogs alone: results/blog/<review>/index.html"
	@echo "make test          run the whole test suite"
	@echo "make test-fast     run the tests that are not marked slow"
	@echo "make test-browser  try the pages in Chromium, whose package must be there"
	@echo "make test-kernels  run it under each kernel of OpenBLAS that this processor can run; build so, too"
	@echo "make fuzz          spoil 10,000 reviews and follow each from cell to page (COUNT=, SEED=)"
	@echo "make fuzz-coverage the same up to the pool, led by coverage (atheris, for Python 3.11)"
	@echo "make test-kills    kill 50 runs, each at another write; takes an hour"
	@echo "make test-full-disk  let 50 runs meet a full disk, each at another write; takes an hour"
	@echo "make test-cluster  run made-up reviews through SLURM on this machine, as root (docs/scale.md)"
	@echo "make check         formatting, lint, types, import contracts, workflow lint, pages of docs/"
	@echo "make format        format the code"
	@echo "make pages         bring the generated parts of README.md and docs/ up to date"
	@echo "make docs          build the documentation site: docs/_build/index.html"
	@echo "make bench         time the statistics and the workflow"
	@echo "make lock          resolve envs/requirements.in anew (needs uv)"
	@echo "make clean         remove results, logs and the environment"

PIP_INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps
UV_INSTALL = pip install --quiet --python $(BIN)/python
by-uv = $(1) $(UV_INSTALL) --require-hashes -r envs/requirements.lock && \
	$(1) $(UV_INSTALL) --no-deps --no-build-isolation -e .
by-pip = $(PIP_INSTALL) --require-hashes --no-compile -r envs/requirements.lock && \
	$(PIP_INSTALL) --no-build-isolation -e .

$(INSTALLED): envs/requirements.lock envs/installer.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Liftproof needs Python 3.11 or newer: make PYTHON=python3.12 ..." >&2; exit 1; }
	@echo "Setting up $(VENV) ..."
	@rm -rf $(VENV)
	@if command -v uv >/dev/null 2>&1; then \
		uv venv --quiet --no-python-downloads --python "$(PYTHON)" $(VENV) && $(call by-uv,uv); \
	else \
		$(PYTHON) -m venv $(VENV) && { \
			$(PIP_INSTALL) --require-hashes --no-compile -r envs/installer.lock && \
			$(call by-uv,$(BIN)/uv) || { $(by-pip); }; \
		}; \
	fi
	@$(BIN)/python -m compileall -q -j 0 -x '/tests/' $(VENV)/lib src || true
	@touch $@

report: $(INSTALLED)
	@$(BIN)/liftproof report

blog: $(INSTALLED)
	@$(BIN)/snakemake --cores 2 --quiet all -- blog
	@echo "The kits are $(CURDIR)/results/blog/"

# A module stays with one worker, so that what its tests share is computed once; tests/conftest.py
# says which modules go first, and which stay together. Bytecode is kept even where Python writes none:
# else the tests are compiled anew, a third of the time until the first of them runs.
PYTEST := PYTHONDONTWRITEBYTECODE= $(BIN)/pytest -n 2 --dist loadscope --no-loadscope-reorder

test: $(INSTALLED)
	@$(PYTEST)

test-fast: $(INSTALLED)
	@$(PYTEST) -m "not slow"

BROWSER := $(VENV)/browser

$(BROWSER)/.installed: tests/browser/requirements.txt $(INSTALLED)
	@python=$(BIN)/python; $$python -m pip --version >/dev/null 2>&1 || python=$(PYTHON); \
	$$python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes --no-compile \
		--upgrade --target $(BROWSER) -r tests/browser/requirements.txt
	@touch $@

test-browser: $(BROWSER)/.installed
	@PYTHONPATH=$(BROWSER) $(BIN)/pytest -n 2 --dist loadfile -rP tests/browser

test-kernels: $(INSTALLED)
	@$(BIN)/python tests/support/kernels.py
	@$(BIN)/python tests/support/kernel_builds.py

COUNT := 10000
SEED := 1

fuzz: $(INSTALLED)
	@$(BIN)/python tests/support/fuzzing/hunt.py $(COUNT) $(SEED)

fuzz-coverage: $(INSTALLED)
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes --no-compile \
		--upgrade --target $(VENV)/atheris -r tests/support/fuzzing/requirements.txt
	@PYTHONPATH=$(VENV)/atheris $(BIN)/python tests/support/fuzzing/coverage_guided.py \
		-atheris_runs=$(COUNT) -seed=$(SEED) -max_len=128 -len_control=0

test-kills: $(INSTALLED)
	@$(BIN)/python tests/workflow/kills.py 50

test-full-disk: $(INSTALLED)
	@$(BIN)/python tests/workflow/full_disks.py 50

CLUSTER := $(VENV)/cluster

$(CLUSTER)/.installed: envs/cluster.lock $(INSTALLED)
	@python=$(BIN)/python; $$python -m pip --version >/dev/null 2>&1 || python=$(PYTHON); \
	$$python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes --no-compile \
		--upgrade --target $(CLUSTER) -r envs/cluster.lock
	@touch $@

test-cluster: $(CLUSTER)/.installed
	@PYTHONPATH=$(CURDIR)/$(CLUSTER) $(BIN)/python tests/cluster/one_node.py

CHECKS := check-types check-docs check-style check-imports check-workflow
.PHONY: $(CHECKS)

# Beside other targets it takes their number of jobs.
check: $(INSTALLED)
	@$(MAKE) --no-print-directory $(if $(filter -j%,$(MAKEFLAGS)),,--jobs 2) $(CHECKS)

check-types:
	@$(BIN)/mypy

# Every page is read anew, and nothing of the site is written.
check-docs:
	@$(BIN)/sphinx-build --quiet --fail-on-warning --keep-going --fresh-env --builder dummy docs docs/_build/read

check-style:
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .

check-imports:
	@$(BIN)/lint-imports

check-workflow:
	@$(BIN)/snakefmt --check $(SNAKEFILES)
	@$(BIN)/snakemake --lint

format: $(INSTALLED)
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .
	@$(BIN)/snakefmt $(SNAKEFILES)

pages: $(INSTALLED)
	@$(BIN)/python -m liftproof.project_pages

docs: $(INSTALLED)
	@$(BIN)/sphinx-build --quiet --fail-on-warning --keep-going docs docs/_build
	@echo "The documentation is $(CURDIR)/docs/_build/index.html"

bench: $(INSTALLED)
	@for script in $(filter-out benchmarks/timing.py,$(wildcard benchmarks/*.py)); do echo "== $$script"; $(BIN)/python $$script || exit 1; done

lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
		--no-annotate --no-emit-index-url envs/requirements.in -o envs/requirements.lock
	echo uv | uv pip compile --quiet --universal --generate-hashes --no-header \
		--no-annotate --no-emit-index-url - -o envs/installer.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
		--no-annotate --no-emit-index-url --no-deps -c envs/requirements.lock \
		envs/cluster.in -o envs/cluster.lock

clean:
	rm -rf $(VENV) .snakemake logs
	find results -mindepth 1 ! -name README.md -delete
