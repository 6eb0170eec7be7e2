"""How the two children are started, from a Python and from a frozen build alike."""

from __future__ import annotations

import runpy
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

from agent.engines.probe import MODULE as PROBE

MIND = "agent.process"
EARS = "perception.audio.process"
_FLAG = "--candor-child"


def child_command(module: str) -> list[str]:
    """The command line that runs `module` as a child."""
    if getattr(sys, "frozen", False):
        return [sys.executable, _FLAG, module]
    return [sys.executable, "-m", module]


def run_child(arguments: Sequence[str]) -> bool:
    """Run the child that a frozen build was started as; False when these words name none."""
    if len(arguments) < 2 or arguments[0] != _FLAG or arguments[1] not in (MIND, EARS, PROBE):
        return False
    sys.argv = [arguments[1], *arguments[2:]]
    runpy.run_module(arguments[1], run_name="__main__", alter_sys=True)
    return True


def quiet_start() -> dict[str, Any]:
    """What keeps a child from opening a console and from seeing the terminal's Ctrl+C."""
    if sys.platform == "win32":
        flags = subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP
        return {"creationflags": flags}
    return {"start_new_session": True}
