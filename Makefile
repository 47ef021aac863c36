PYTHON ?= python3
BIN = .venv/bin
INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt
EXAMS = midterm-2019 midterm-2023

.PHONY: help run test check fix bench slow

help:  ## list the targets
	@sed -n 's/^\([a-z]*\):.*  ## /\1	/p' Makefile

run: .venv/run.stamp  ## check both example exams, mark both classes, say where the pages are
	@for exam in $(EXAMS); do $(BIN)/tripos check examples/$$exam.md || exit 1; done
	@for exam in $(EXAMS); do $(BIN)/tripos mark examples/$$exam.md examples/$$exam-class.jsonl --decisions examples/$$exam-decisions.jsonl --out out/$$exam || exit 1; done
	@for exam in $(EXAMS); do echo "Open out/$$exam/index.html"; done

test: check  ## everything that must hold: check, then the quick tests
	@$(BIN)/pytest -q -n 2 -m "not slow"
	@$(BIN)/python -c 'import sys, importlib.util as u; u.find_spec("torch") or sys.exit("Tests against PyTorch were skipped; to run them: $(BIN)/pip install torch==2.13.0")' || true

check: .venv/test.stamp  ## format, lint, types and imports
	@$(BIN)/ruff format --check --quiet && $(BIN)/ruff check --quiet && $(BIN)/mypy && $(BIN)/lint-imports --no-logo

fix: .venv/test.stamp  ## format, and mend what the linter can mend
	@$(BIN)/ruff format && $(BIN)/ruff check --fix

bench: .venv/bench.stamp  ## the benchmarks, one script after the other
	@for script in benchmarks/*.py; do $(BIN)/python $$script || exit 1; done

slow: .venv/fuzz.stamp  ## the tests that take seconds or minutes each
	@$(BIN)/pytest -n 2 -m slow

$(BIN)/pip:
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Tripos needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Name one: make PYTHON=python3.11")'
	$(PYTHON) -m venv --clear .venv

.venv/run.stamp: pyproject.toml constraints.txt | $(BIN)/pip
	$(INSTALL) -e .
	@touch $@

.venv/bench.stamp .venv/fuzz.stamp: .venv/%.stamp: .venv/test.stamp
	$(INSTALL) -e '.[$*]'
	@touch $@

# What the tests need is also all that a run needs: one install serves both.
.venv/test.stamp: pyproject.toml constraints.txt | $(BIN)/pip
	$(INSTALL) -e '.[test]'
	@touch .venv/run.stamp $@
