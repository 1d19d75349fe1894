# Everything a newcomer needs: `make run` and `make test`; the rest is for developers.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Two stages: what running needs, and with it all that developing needs.
RUNS := $(VENV)/.seedread-runs
DEVELOPS := $(VENV)/.seedread-develops
DATA ?= ../shared/data
# Containers often set this; without stored bytecode, each of the hundreds of processes that tests start
# compiles the packages again, and each worker all the tests.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help setup setup-run run test test-wheel test-cluster lint types imports check-data bench bench-data bench-wire soak soak-memory mutate screenshot generate docs test-lowest lock build clean

help:
	@echo "make run         install what seedread needs and open it on the bundled samples"
	@echo "make test        install the developers' tools too and run all checks"
	@echo "make test-wheel  run all tests against a built wheel"
	@echo "make test-cluster  test shared archives on three OpenSearch nodes (needs Java 17 and Maven)"
	@echo "make test-lowest  run a selection of tests with the lowest versions of the dependencies"
	@echo "make setup       install everything into .venv"
	@echo "make check-data  score on a folder of real data: make check-data DATA=…"
	@echo "make bench       one page in bench/ on speed, size and memory beside peers: make bench SIZES=\"1000 20000\""
	@echo "make bench-data  speed on real data, as ratios in one run;  make bench-wire  bytes on the wire"
	@echo "make soak        the long randomised tests;    make screenshot  draw the pictures of the README"
	@echo "make soak-memory  memory under random keys, at 3 and at 30 minutes"
	@echo "make mutate      put known faults into a copy; tests must notice: make mutate MUTANTS=…"
	@echo "make docs        build the documentation site in docs/_build"
	@echo "make generate    write man pages and the table of keys from the program's tables"
	@echo "make lock        write requirements.lock again; make build  wheel and sdist"

setup: $(DEVELOPS)

setup-run: $(RUNS)

$(RUNS): requirements-run.lock pyproject.toml tools/setup
	@PYTHON="$(PYTHON)" VENV="$(VENV)" sh tools/setup run
	@$(BIN)/python -m compileall -q index tui  # else the first start compiles it all, behind an empty screen
	@touch $@

$(DEVELOPS): requirements.lock pyproject.toml tools/setup
	@PYTHON="$(PYTHON)" VENV="$(VENV)" sh tools/setup dev
	@$(BIN)/python -m compileall -q index tui
	@rm -rf .mypy_cache  # it remembers packages that were missing
	@$(BIN)/python -m pytest --collect-only -qq >/dev/null 2>&1 || :  # compiles the tests, once for all workers
	@touch $(RUNS) $@

run: setup-run
	@$(BIN)/seedread seeds/

test: lint types imports
	@$(BIN)/python -m pytest -q -n 4 --dist worksteal
	@$(BIN)/python tools/test_wheel.py --quick

test-wheel: setup
	@$(BIN)/python tools/test_wheel.py

test-cluster: setup
	@$(BIN)/python -m pytest -q -n 0 tests/cluster

test-lowest: setup
	@$(BIN)/python tools/test_lowest.py

lint: setup
	@$(BIN)/ruff format --check --quiet . || { echo "make: run '$(BIN)/ruff format' to fix the format"; exit 1; }
	@$(BIN)/ruff check --quiet .

types: setup
	@$(BIN)/mypy --no-error-summary

imports: setup
	@$(BIN)/lint-imports --no-logo > $(VENV)/imports.log 2>&1 || { cat $(VENV)/imports.log; exit 1; }
	@$(BIN)/python tools/check_structure.py

check-data: setup
	@test -d "$(DATA)" || { echo "make: no such folder: $(DATA); give one: make check-data DATA=…"; exit 2; }
	@status=0; for script in benchmarks/check_*.py; do echo "== $$script"; \
	  $(BIN)/python $$script "$(DATA)" || status=1; done; exit $$status

bench: setup
	@$(BIN)/python benchmarks/speed_page.py -o bench $(SIZES)

bench-data: setup
	@test -d "$(DATA)" || { echo "make: no such folder: $(DATA); give one: make bench-data DATA=…"; exit 2; }
	@for script in benchmarks/bench_*.py; do [ $$script = benchmarks/bench_wire.py ] || \
	  { echo "== $$script"; $(BIN)/python $$script "$(DATA)"; }; done

bench-wire: setup
	@$(BIN)/python benchmarks/bench_wire.py

soak: setup
	@$(BIN)/python benchmarks/soak.py

soak-memory: setup
	@$(BIN)/python benchmarks/soak_memory.py

mutate: setup
	@$(BIN)/python tools/mutate.py $(MUTANTS)

screenshot: setup
	@$(BIN)/python tools/screenshot.py docs
	@$(BIN)/python tools/cast.py docs/cast.svg

generate: setup
	@$(BIN)/python tools/generate_docs.py

docs: setup
	@$(BIN)/python tools/build_site.py

LOCKED := --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url -q
lock: setup
	@$(PYTHON) -m venv $(VENV)/lock && $(VENV)/lock/bin/pip install -qq uv
	@$(VENV)/lock/bin/uv pip compile pyproject.toml --all-extras --group dev $(LOCKED) --upgrade -o requirements.lock
	@sed -E 's/ *\\$$//; /^ *--hash/d' requirements.lock > $(VENV)/lock/constraints.txt
	@$(VENV)/lock/bin/uv pip compile pyproject.toml --extra entities --extra formats --group run $(LOCKED) \
	  -c $(VENV)/lock/constraints.txt -o requirements-run.lock

build: setup
	@$(BIN)/python -m hatchling build

clean:
	@rm -rf $(VENV) dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
