# Short names for what docs/develop.md explains.
.PHONY: test check format lock soak

test:
	./candor test

# The fast half: no models, no tests.
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
