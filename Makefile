# make run     everything from a fresh clone to answers: environment, fixture site, a run, three questions
# make test    linters and all tests
# make bench   what things cost, as ratios beside their limits; half an hour on an idle machine
# make torture  faults in their long form: commands killed 200 times, fuzzing for half an hour
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

.PHONY: run test bench torture floors screenshots setup clean

run: setup
	$(BIN)/python fixtures/demo.py --db $(DB) $(if $(SOURCES),--sources $(SOURCES))

test: setup
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest

# PAGES and DOCS are explained in benchmarks/clean_text.py; without them that one is left out.
BENCHMARKS := speed startup length memory queries cluster

bench: setup
	@code=0; for name in $(BENCHMARKS); do $(BIN)/python benchmarks/$$name.py || code=1; done; \
	if [ -n "$(PAGES)" ]; then $(BIN)/python benchmarks/clean_text.py $(PAGES) || code=1; fi; \
	if [ -n "$(DOCS)" ]; then $(BIN)/python benchmarks/clean_text.py --gold $(DOCS) || code=1; fi; exit $$code

torture: setup
	$(BIN)/python -m pip install --quiet -e '.[fuzz]'
	RIGWIRE_TORTURE=1 $(BIN)/python -m pytest -s tests/faults
	for target in feed html text config query; do \
		$(BIN)/python tests/faults/fuzz.py $$target .fuzz --seconds 360 || exit 1; \
	done

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
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache .fuzz
