# Everything runs in .venv, made on first use from what pyproject.toml asks for.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PATH := $(CURDIR)/$(BIN):$(PATH)

.PHONY: demo test lint release setup system clean fuzz

demo: setup ## the whole loop on a simulated class: release, grade, feedback, report
	$(BIN)/autograder release
	$(BIN)/autograder demo --out build/demo

test: setup lint ## every check of the project
	$(BIN)/autograder release --check
	$(BIN)/python -m pytest

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

FUZZ_SECONDS ?= 60
fuzz: setup ## fuzz the wire format and the reading of hand-ins, for a fixed time
	$(BIN)/python -c "import atheris" 2>/dev/null || $(BIN)/python -m pip install --quiet --editable '.[fuzz]' || true
	$(BIN)/python -m fuzz --seconds $(FUZZ_SECONDS)

release: setup ## build assignments/ from solutions/
	$(BIN)/autograder release

setup: $(VENV)/ready system

$(VENV)/ready: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	touch $@

# bubblewrap gives the strongest isolation; without it grading falls to the next tier and says so.
system:
	@command -v bwrap >/dev/null && exit 0; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  apt-get update -qq && apt-get install -y -qq bubblewrap >/dev/null || true; \
	fi; \
	command -v bwrap >/dev/null || echo "bubblewrap is missing: grading uses a weaker tier of isolation. Fix: sudo apt install bubblewrap"

clean:
	rm -rf build $(VENV)
