# Short names for what docs/develop.md explains.
.PHONY: run trace profile test fast one check format lock soak

HOME_FOLDER = .home
PYTEST = QT_QPA_PLATFORM=offscreen .venv/bin/pytest

# The window with its own settings and history; models are the user's.
run:
	./candor --home $(HOME_FOLDER)

# The same, with every message between the processes as a line of JSON.
trace:
	mkdir -p $(HOME_FOLDER)
	./candor --home $(HOME_FOLDER) --trace $(HOME_FOLDER)/trace.jsonl --debug all

# A flame graph of one question, all threads.
profile:
	mkdir -p $(HOME_FOLDER)
	.venv/bin/py-spy record --output $(HOME_FOLDER)/profile.svg -- \
		.venv/bin/python -m desktop --home $(HOME_FOLDER) ask "What is a QR code?"

test:
	./candor test

# What needs no models, no screen, no sound, no torch, no child process and no patience: under a
# minute on two cores.
FAST = not models and not screen and not sound and not torch and not processes and not attacks \
	and not slow
fast:
	$(PYTEST) -n 2 --dist loadfile -m "$(FAST)"

# make one T=history
one:
	$(PYTEST) -k "$(T)"

# No tests.
check:
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports

# Every attack of tests/faults at full length (hours), and the table that they make. A loss fails
# it, and is in the table all the same.
SOAK ?= tests/faults
soak:
	@faults=$$(mktemp -d) && export CANDOR_SOAK=1 CANDOR_FAULTS="$$faults" && code=0 && \
	{ .venv/bin/python -m pytest $(SOAK) --timeout 7200 || code=$$?; } && \
	{ .venv/bin/python -m tests.faults.table || code=$$?; } && rm -r "$$faults" && exit $$code

format:
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

LOCK = uv pip compile pyproject.toml --group build --universal --python-version 3.11 \
	--override requirements-torch-libraries.txt --constraint requirements-torch.txt \
	--no-emit-package torch --generate-hashes --no-annotate \
	--custom-compile-command "make lock" --quiet

# Needs uv (https://docs.astral.sh/uv). Versions stay as they are where they still fit; to move
# one: make lock UP="--upgrade-package NAME".
lock:
	$(LOCK) $(UP) -o requirements.lock
	$(LOCK) $(UP) --extra dev -o requirements-dev.lock
	$(LOCK) $(UP) --extra bench -o requirements-bench.lock
