# The verbs of this house. `make` alone lists them.

PYTHON ?= python3
ARGS ?=
EXTRAS ?=
RUN := .venv/bin/python
GOLDENS := PYTHONPATH=tools $(RUN) -m contracts.tools.goldens

SHELL := /bin/sh
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help
.PHONY: help python up setup demo test check fix bless bench nightly lock tested

help:
	@awk 'BEGIN { FS = ":.*## " } \
	  /^##@ / { printf "\n%s\n", substr($$0, 5) } \
	  /^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

python:
	@command -v $(PYTHON) >/dev/null || { \
	  echo "Missing: $(PYTHON). Install Python 3.11, 3.12 or 3.13 (apt-get install python3 python3-venv)," \
	       "or name one: make up PYTHON=python3.12" >&2; exit 1; }

##@ Run
up: python ## start Harmony here; Ctrl-C stops it (ARGS="--data DIR --port-offset N")
	@$(PYTHON) tools/setup.py up --extras "$(EXTRAS)" && exec .venv/bin/harmony up $(ARGS)

demo: python ## the whole story once, from a failing program to a remembered solution (ARGS="--json --resume")
	@$(PYTHON) tools/setup.py up --extras "$(EXTRAS)" && exec .venv/bin/harmony demo $(ARGS)

setup: python ## prepare this checkout and start nothing (EXTRAS="chain models")
	@$(PYTHON) tools/setup.py up --extras "$(EXTRAS)" --say-ready

##@ Verify
test: tested ## every check and every test (ARGS goes to pytest)
	@exec $(RUN) tools/verify.py $(ARGS)

check: tested ## style, form, house rules, import contracts, types, references, page
	@$(RUN) tools/check.py && $(GOLDENS) check

nightly: tested ## the long tests that `make test` leaves out, and new examples for the others
	@exec $(RUN) -m pytest -m "nightly or hypothesis" --hypothesis-profile=exploring $(ARGS)

bench: tested ## measure: one question a file in bench/
	@for file in bench/*.py; do \
	  [ -e "$$file" ] || { echo "bench/ holds no measurement"; break; }; \
	  echo "== $$file"; $(RUN) "$$file" || exit 1; \
	done

##@ Change
fix: tested ## mend by program what a program can mend
	@exec $(RUN) tools/check.py fix

bless: tested ## accept new generated references
	@$(RUN) tools/check.py bless && $(GOLDENS) write

lock: python ## write requirements.lock afresh, complete the page's (ARGS=--upgrade moves everything forward)
	@$(PYTHON) tools/lock.py $(ARGS) && exec $(PYTHON) tools/npm_lock.py

tested: python
	@$(PYTHON) tools/setup.py test
