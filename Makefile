# make demo · test · test-fast · check · quality · peers · bench · screenshots · readme · lock · clean
# Wants any Python from 3.11 to 3.14 and nothing else; all it installs goes into .venv, pinned by requirements.lock.

# The first of these that runs, is of 3.11 to 3.14, and can make an environment.
PYTHONS := python3.11 python3.12 python3.13 python3.14 python3 python
FITTING := import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info < (3, 15))
PYTHON  ?= $(shell for python in $(PYTHONS); do $$python -c '$(FITTING)' >/dev/null 2>&1 && echo $$python && break; done)
BIN    := .venv/bin
OUT    ?= out
READY  := .venv/.ready

ARTICLE ?= samples/prison-visit.txt
# The day the sample was published; with another ARTICLE give DATE=YYYY-MM-DD, or leave it out.
DATE    ?= $(if $(filter samples/prison-visit.txt,$(ARTICLE)),2025-11-12)
NAME    := $(OUT)/$(basename $(notdir $(ARTICLE)))

.DELETE_ON_ERROR:
.PHONY: demo test test-fast check quality peers bench screenshots readme lock clean

demo: $(READY)
	@mkdir -p $(OUT)
	@echo "== Reading $(ARTICLE)"
	@$(BIN)/kg build "$(ARTICLE)" $(if $(DATE),--date $(DATE)) -o "$(NAME).ttl"
	@echo "== Checking it"
	@$(BIN)/kg check "$(NAME).ttl"
	@for question in $(QUESTIONS); do \
		echo "== kg ask $(NAME).ttl $$question"; \
		$(BIN)/kg ask "$(NAME).ttl" $$question || [ $$? -eq 1 ] || exit 2; \
	done
	@$(BIN)/kg draw "$(NAME).ttl" -o "$(NAME).html"
	@echo
	@echo "The graph:  $(abspath $(NAME).ttl)"
	@echo "The page:   $(abspath $(NAME).html)   (open it in a browser)"
	@echo "Ask it:     $(BIN)/kg ask $(NAME).ttl --list"

LOCKED := --universal --python-version 3.11 --generate-hashes --no-header

QUESTIONS ?= visits alleged said

test: $(READY)
	@$(BIN)/python -m pytest $(TESTS)

# All that loads no model, starts no program or server and opens no browser (tests/helpers/loads.py): in two minutes.
test-fast: $(READY)
	@$(BIN)/python -m pytest -q -m "not heavy" $(TESTS)

# Form, faults that can be seen without running, and types: each exception stands in pyproject.toml or beside its line.
check: $(READY)
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy

# GOLD=folder scores the annotated news in it besides our own samples.
quality: $(READY)
	@$(BIN)/python benchmarks/quality.py $(if $(GOLD),--gold "$(GOLD)")

# Others on the same graphs; each gets an environment of its own in build/peers, once.
peers: $(READY)
	@$(BIN)/python benchmarks/peers.py

# Speed, memory and cost, as ratios within a run; takes an hour, and wants a machine that does nothing else. ARTICLES is a
# file of JSON Lines with a `text` each (by default our own articles), STORE a store of your own to ask and to copy.
bench: $(READY)
	@$(BIN)/python benchmarks/line.py $(ARTICLES)
	@$(BIN)/python benchmarks/process.py
	@$(BIN)/python benchmarks/kernels.py $(ARTICLES)
	@$(BIN)/python benchmarks/archive.py
	$(if $(STORE),@$(BIN)/python benchmarks/size.py "$(STORE)")
	$(if $(STORE),@$(BIN)/python benchmarks/questions.py "$(STORE)")

screenshots: $(READY)
	@$(BIN)/python benchmarks/screenshots.py

readme: $(READY)
	@$(BIN)/python tests/readme.py --write

# Every version and its hashes, for every platform; needs uv.
lock:
	uv pip compile pyproject.toml --extra test --extra check $(LOCKED) --upgrade -o requirements.lock
	uv pip compile pyproject.toml --extra followthemoney $(LOCKED) -c requirements.lock -o tests/followthemoney.lock

clean:
	rm -rf .venv $(OUT) build dist

# The project itself is installed in place: an edit needs no reinstallation.
$(READY): requirements.lock pyproject.toml
	@test -x $(BIN)/python || { python="$(PYTHON)"; test -n "$$python" && "$$python" -m venv .venv; } || \
		{ echo "make: no Python of 3.11 to 3.14 with venv is found; install one, or name it with PYTHON=" >&2; exit 2; }
	@echo "== Installing into .venv (once)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@
