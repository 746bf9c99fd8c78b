# Everything a developer needs; `make help` lists it. vielfalt/development/ does the work.

PYTHON ?= python3
START = @$(PYTHON) -X utf8 vielfalt/development/start.py

.PHONY: help run test simulation bench bench-quick check lock styles reset

help: ## Show this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

run: ## Serve the portal on http://127.0.0.1:8000 (PORT=8001 for another port)
	$(START) run

test: ## Run every test, browser tests included (ARGS="tests/places -k plz" for some)
	$(START) test $(ARGS)

simulation: ## Play a whole round with 60 carriers through the pages and print what it took
	$(START) test tests/simulation/large.py --numprocesses=0 --capture=no

bench: ## Measure answers and pages with up to 10,000 carriers (ARGS="--only map --compare FILE")
	$(START) bench $(ARGS)

bench-quick: ## The same in short: up to 1,000 carriers, without a browser
	$(START) bench --quick $(ARGS)

check: ## Run every check of the source: style, types, layers, migrations, deployment
	$(START) check

lock: ## Write the lock files anew from pyproject.toml and package.json
	$(START) lock

styles: ## Write anew what the portal uses of KERN (static/portal/kern.css)
	$(START) styles

reset: ## Stop the local database and remove it with all local files
	$(START) reset
