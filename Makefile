# Two commands: `make run` and `make test`. Neither needs root, a server, a compiler or Node.
SHELL := /bin/bash
PYTHON ?= python3.11
VENV ?= .venv
PY := $(VENV)/bin/python
PORT ?= 8000
export PORT

.PHONY: run test reset lint types check format messages bench clean

run: $(VENV)/.run-ready
	@$(PY) manage.py run_portal

test: $(VENV)/.dev-ready
	@$(PY) manage.py compile_catalogues
	$(PY) -m pytest -n auto $(PYTEST_ARGS)

reset:
	rm -rf "$${PORTAL_VAR:-var}"
	@echo "Đã xóa dữ liệu; “make run” dựng lại từ đầu."

# A python3.11 is looked for under its usual names, so that a plain machine just works.
$(VENV)/bin/python:
	@command -v $(PYTHON) >/dev/null 2>&1 && $(PYTHON) -m venv $(VENV) || python3 -m venv $(VENV)
	@$(PY) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || { echo "Cần Python 3.11."; rm -rf $(VENV); exit 1; }

$(VENV)/.run-ready: requirements.txt | $(VENV)/bin/python
	$(PY) -m pip install --quiet --disable-pip-version-check --only-binary :all: -r requirements.txt
	@touch $@

$(VENV)/.dev-ready: requirements-dev.txt requirements.txt | $(VENV)/bin/python
	$(PY) -m pip install --quiet --disable-pip-version-check --only-binary :all: -r requirements-dev.txt
	@touch $@ $(VENV)/.run-ready

lint: $(VENV)/.dev-ready
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/djlint templates --lint --quiet
	$(VENV)/bin/lint-imports

types: $(VENV)/.dev-ready
	$(VENV)/bin/mypy

check: $(VENV)/.dev-ready
	$(PY) manage.py check
	$(PY) manage.py makemigrations --check --dry-run

format: $(VENV)/.dev-ready
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .

messages: $(VENV)/.dev-ready
	$(PY) manage.py makemessages -l vi --no-location --ignore 'var/*' --ignore '.venv/*'

clean:
	rm -rf .pytest_cache .ruff_cache .mypy_cache .hypothesis
