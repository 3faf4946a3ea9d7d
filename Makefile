# One word for each task. Everything runs in a virtual environment of its own, made on first use.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: test check lint types floors format unit ready bench clean

test: check unit          ## everything: style, types, floors, tests

check: lint types floors

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	touch $(READY)

lint: $(READY)            ## ruff: rules and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY)           ## mypy --strict
	$(BIN)/mypy

floors: $(READY)          ## imports go downstairs only
	$(BIN)/lint-imports

unit: $(READY)            ## the tests alone
	$(BIN)/python -m pytest

ready: $(READY)           ## the action, the job and the hook with their installations: slow
	$(PYTHON) -m venv $(VENV)/ready/auditor
	AUDITOR_READY=$(abspath $(VENV)/ready) AUDITOR_READY_ALL=1 $(BIN)/python -m pytest tests/test_ready_made.py

format: $(READY)          ## put the code into its form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(READY)           ## time the whole command
	$(BIN)/python scripts/bench_audit.py

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .import_linter_cache
