# Short names for what docs/develop.md explains.
.PHONY: test check format lock

test:
	./candor test

# The fast half: no models, no tests.
check:
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports

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
