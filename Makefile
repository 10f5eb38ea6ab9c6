# Practice Commons. `make run` serves the library, `make test` runs the suite that needs no server.
PY := .venv/bin/python
.DEFAULT_GOAL := help
.PHONY: help run test check environment lint types direction migrations bench relevance screenshots content lock clean

help: ## what can be made
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 14

run: ## serve the library on PORT (8000), from a fresh clone to the first page
	@tools/run

test: ## the whole suite that needs no server
	@tools/test

check: ## exactly what CI runs: starts PostgreSQL and Elasticsearch itself
	@bash .ci/run

environment: ## packages, styles and scripts for development
	@tools/environment

lint: environment ## ruff and djlint
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m djlint --quiet --lint templates

types: environment ## mypy, strict
	$(PY) -m mypy

direction: environment ## lower rooms never import upper ones
	.venv/bin/lint-imports --no-cache

migrations: environment ## models and migrations agree
	$(PY) manage.py makemigrations --check --dry-run

bench: environment ## speed and weight at 1,000, 10,000 and 100,000 entries
	$(PY) -m tests.performance.bench

relevance: environment ## how well search answers our judged questions, on both engines
	$(PY) -m tests.relevance.measure

screenshots: environment ## pictures of the pages, for docs/images/
	$(PY) -m tools.screenshots

lock: ## bring requirements/*.txt in line with pyproject.toml and requirements/*.in
	tools/lock

clean: ## forget the database, the index and everything built
	rm -rf var site/build .venv node_modules
