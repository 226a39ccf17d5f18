# The commands of the README; each is one line of tools/run.py.
PYTHON ?= python3

build:
	@$(PYTHON) tools/run.py

test:
	@$(PYTHON) tools/run.py test

serve:
	@$(PYTHON) tools/run.py serve

check:
	@$(PYTHON) tools/run.py check

relevance: build
	@$(PYTHON) tools/run.py relevance

bench:
	@$(PYTHON) tools/run.py bench

.PHONY: build test serve check relevance bench
