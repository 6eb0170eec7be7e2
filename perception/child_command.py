"""How a process of Candor starts another: as a module of Python, or of a frozen build."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

FLAG = "--candor-child"
"""What a frozen build is started with where it is to be a child."""


def child_command(module: str) -> list[str]:
    """The command line that runs `module` as a child."""
    if getattr(sys, "frozen", False):
        return [sys.executable, FLAG, module]
    return [sys.executable, "-m", module]


def quiet() -> dict[str, Any]:
    """Arguments of `subprocess` that keep a short-lived child from console and Ctrl+C."""
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NO_WINDOW}
    return {"start_new_session": True}
