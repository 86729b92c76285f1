# Two commands for a newcomer: `make demo` and `make test`. Each does its own set-up in .venv.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# A wheelhouse, once filled by `make wheelhouse`, makes both work without a network.
WHEELHOUSE := .wheelhouse
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check $(if $(wildcard $(WHEELHOUSE)),--no-index --find-links $(WHEELHOUSE))

.PHONY: demo test test-long lint schema docs bench lock wheelhouse clean help

help: ## What there is to make
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 14

$(READY): pyproject.toml requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(0 if (3, 11) <= sys.version_info[:2] <= (3, 13) else "newskg needs Python 3.11, 3.12 or 3.13; name one with: make PYTHON=python3.12 …")'
	@test -x $(BIN)/python || { echo "Making $(VENV) …"; $(PYTHON) -m venv $(VENV); }
	@echo "Installing what it needs (a few minutes the first time) …"
	@$(PIP) --requirement requirements.lock
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

demo: $(READY) ## Sample articles to a graph, three questions, one proof
	@$(BIN)/kg --workspace demo-workspace demo

test: $(READY) lint ## All tests that take seconds
	@$(BIN)/python -m pytest

test-long: $(READY) ## The long ones: kills, fuzz, thousands of articles
	@$(BIN)/python -m pytest -m long

lint: $(READY) ## Style, types, generated files
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/python schemas/generate.py --check

schema: $(READY) ## Make what is generated from schemas/ anew
	@$(BIN)/python schemas/generate.py

lock: $(READY) ## Pin the newest allowed versions, with hashes and without addresses
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --upgrade --python-version 3.11 --extra cypher --extra parquet --group dev pyproject.toml --output-file requirements.lock

wheelhouse: ## Fill .wheelhouse, once, for work without a network
	@$(PYTHON) -m pip download --quiet --dest $(WHEELHOUSE) --requirement requirements.lock
	@# Three of them come as source; these build them.
	@$(PYTHON) -m pip download --quiet --dest $(WHEELHOUSE) setuptools wheel

docs: $(READY) ## Write what the docs take from the program
	@$(BIN)/python docs/make.py

bench: $(READY) ## Speed and memory, into docs/benchmarks.md
	@$(BIN)/python bench/run.py $(ARTICLES)

clean: ## Remove what was made here, workspaces excepted
	@rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis dist build
