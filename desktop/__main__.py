"""`python -m desktop`, and the one entry of a frozen build."""

from __future__ import annotations

import sys

from desktop.cli.main import main
from desktop.processes.dispatch import run_child
from perception.startup import start_private

if __name__ == "__main__":
    start_private()
    sys.exit(0 if run_child(sys.argv[1:]) else main())
