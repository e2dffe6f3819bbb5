# Everything runs in .venv, made on first use from what pyproject.toml asks for.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PATH := $(CURDIR)/$(BIN):$(PATH)

.PHONY: demo lab test test-browser lint release setup system browser clean fuzz bench bench-large

demo: setup ## the whole loop on a simulated class: release, grade, feedback, report
	$(BIN)/autograder release
	$(BIN)/autograder demo --out build/demo

lab: setup ## JupyterLab on a demo course with nbgrader, instructor and student in one folder; rm -r build/lab starts anew
	test -d build/lab || $(BIN)/autograder nbgrader demo --out build/lab
	cd build/lab && JUPYTER_CONFIG_DIR=$(CURDIR)/build/lab/jupyter $(CURDIR)/$(BIN)/jupyter lab

test: setup browser lint ## every check of the project
	$(BIN)/autograder release --check
	$(BIN)/python -m pytest -m "not alone" --numprocesses 2 --dist loadfile --no-loadscope-reorder
	$(BIN)/python -m pytest -m alone

test-browser: setup browser ## pages and JupyterLab in a real browser; a picture of each step goes to build/browser/
	AUTOGRADER_PICTURES=$(CURDIR)/build/browser $(BIN)/python -m pytest $(shell grep -rlE "playwright|chromium" tests --include='test_*.py')

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

FUZZ_SECONDS ?= 60
fuzz: setup ## fuzz the wire format and the reading of hand-ins, for a fixed time
	$(BIN)/python -c "import atheris" 2>/dev/null || $(BIN)/python -m pip install --quiet --editable '.[fuzz]' || true
	$(BIN)/python -m fuzz --seconds $(FUZZ_SECONDS)

bench: setup ## grading beside nbgrader, otter and a fresh pytest: table, ratios and plots in build/bench/
	$(BIN)/python -m bench
	$(BIN)/python -m bench.latency

bench-large: setup ## a class of 10,000 submissions: growth, kills, a cluster, a regrade; about half an hour
	$(BIN)/python -m bench.growth

release: setup ## build assignments/ from solutions/
	$(BIN)/autograder release

setup: $(VENV)/ready system

$(VENV)/ready: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	touch $@

# As root with apt, installs the package $(1) when the command $(2) is missing; else says what is lost and the fix.
define package
	@command -v $(2) >/dev/null && exit 0; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  apt-get update -qq && apt-get install -y -qq $(1) >/dev/null || true; \
	fi; \
	command -v $(2) >/dev/null || echo "$(1) is missing: $(3). Fix: sudo apt install $(1)"
endef

system: ## what gives the strongest isolation
	$(call package,bubblewrap,bwrap,grading uses a weaker tier of isolation)

browser: ## what the tests open hostile pages in
	$(call package,chromium,chromium,the tests of pages in a browser will fail)

clean:
	rm -rf build $(VENV)
