# make run and make test are all a newcomer needs; both install what is missing first.
SHELL := /bin/bash
.DEFAULT_GOAL := help
BIN := .venv/bin
LOCK := $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --quiet
# Two at once even on more cores: tests start whole services and browsers of their own.
TEST_PROCESSES ?= 2
export PATH := $(CURDIR)/.venv/bin:$(PATH)

.PHONY: help setup run test test-postgresql check format types lock bench chaos load clean

help:  ## Show what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-15s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup:  ## Install what is missing
	@scripts/setup

run:  ## Start Pennydrop with a demo school on http://localhost:8000
	@scripts/setup --to-run
	@exec $(BIN)/pennydrop up --demo

test: setup  ## Run every check and every test
	@scripts/check
	@$(BIN)/pytest --numprocesses $(TEST_PROCESSES) --dist loadfile

test-postgresql: setup  ## Run the tests of the code and of HTTP on PostgreSQL
	@$(BIN)/pytest --numprocesses $(TEST_PROCESSES) --dist loadfile --database postgresql tests/api tests/cli/test_migrations.py tests/jobs tests/unit

check: setup  ## Run the checks that read the code without running it
	@scripts/check

format: setup  ## Put the code into its usual shape
	@$(BIN)/ruff check --fix --quiet . && $(BIN)/ruff format --quiet .
	@npm --prefix services/web run --silent fix

types: setup  ## Write the API description and the web app's types anew
	@$(BIN)/python -m pennydrop_api.openapi > services/web/openapi.json
	@npm --prefix services/web run --silent types

lock:  ## Lock the Python packages anew, with hashes and without naming an index
	@$(LOCK) --extra all --output-file requirements/run.txt pyproject.toml
	@for service in api transcoder worker; do \
		$(LOCK) --constraint requirements/run.txt --extra $$service --extra traces --output-file requirements/$$service.txt pyproject.toml; \
	done
	@printf 'hatchling\nnodejs-wheel==24.19.0\n' | $(LOCK) --constraint requirements/run.txt --output-file requirements/build.txt -
	@$(LOCK) --constraint requirements/run.txt --extra dev --output-file requirements/dev.txt pyproject.toml
	@$(LOCK) --constraint requirements/dev.txt --extra load --output-file requirements/load.txt pyproject.toml

bench: setup  ## Measure, each figure beside a baseline of the same run
	@$(BIN)/python -m benchmarks

chaos: setup  ## Kill, cut off and fill up while films come in, and report what was lost
	@$(BIN)/python -m tests.chaos

load: setup  ## Let 500 people watch and mark while 30 send films, and tell how long answers took
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements/load.txt
	@$(BIN)/python -m benchmarks.load $(LOAD)

clean:  ## Remove what make setup made, never the data
	@rm -rf .venv .setup-* services/web/node_modules services/web/dist
