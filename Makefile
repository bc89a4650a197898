# Every command is in tools/run.py, which Windows runs as `py tools/run.py lab`.
PYTHON ?= python3
RUN = @$(PYTHON) tools/run.py

help: ## show this list
	@sed -n 's/^\([a-z]*\):.*## /make \1\t/p' Makefile | expand -t 18

lab: ## open the lessons in JupyterLab
	$(RUN) lab $(ARGS)

test: ## run all tests, as the continuous integration does
	$(RUN) test $(ARGS)

check: ## run the quick tests: no notebooks, no browser
	$(RUN) check $(ARGS)

latest: ## run all tests with the newest version of every package
	$(RUN) latest $(ARGS)

notebooks: ## build notebooks/ from lessons/
	$(RUN) notebooks $(ARGS)

site: ## build the pages to read, build/site/
	$(RUN) site $(ARGS)

assignments: ## build assignments/release/, the students' notebooks
	$(RUN) assignments $(ARGS)

# ROSTER=, FORMAT=, DUE= and LATE= reach the program as environment variables.
grade: ## grade submissions: make grade A=a3 FROM=~/Downloads/a3.zip
	$(RUN) grade $(A) $(if $(FROM),--from "$(FROM)") $(if $(MARKS),--marks "$(MARKS)") $(ARGS)

formgrader: ## open the page for grading by hand
	$(RUN) formgrader "$(or $(MARKS),~/marks)" $(ARGS)

# ARGS="--ip 0.0.0.0 --port 80": for others than this machine.
hub: ## start a JupyterHub for a class on this machine
	$(RUN) hub "$(or $(CLASS),~/class)" $(ARGS)

lite: ## build the site that runs the lessons in a browser
	$(RUN) lite $(ARGS)

bench: ## measure how fast the losses, training and the panels are
	$(RUN) bench $(ARGS)

lock: ## make requirements.lock and environment.yml from pyproject.toml
	$(RUN) lock $(ARGS)

clean: ## remove what was made: .venv, caches, screenshots
	$(RUN) clean

.PHONY: help lab test check latest notebooks site assignments grade formgrader hub lite bench lock clean
