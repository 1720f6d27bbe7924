# make run     everything from a fresh clone to answers: environment, fixture site, a run, three questions
# make test    linters and all tests
# make floors  raise the floors under the scores to the present figures (LOWER=1: lower them too)
# make screenshots  the pictures of the README, of the database that make run leaves; needs chromium
# make setup   the environment alone: .venv/bin/rigwire
#
# PYTHON=python3.11   the interpreter that .venv is made of
# DB=rigwire.db       the database of make run
# SOURCES=path.toml   make run reads these sources instead of the fixture site

PYTHON ?= $(shell command -v python3.11 || command -v python3)
DB ?= rigwire.db
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: run test floors screenshots setup clean

run: setup
	$(BIN)/python fixtures/demo.py --db $(DB) $(if $(SOURCES),--sources $(SOURCES))

test: setup
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest

floors: setup
	$(BIN)/python -m rigwire.evaluation.floors --write $(if $(LOWER),--lower)

screenshots: run
	$(BIN)/python fixtures/screenshots.py --db $(DB)

setup: $(STAMP)

# An old pip can't resolve these dependencies, so it is upgraded first.
$(STAMP): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable '.[dev,web]'
	touch $@

clean:
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
