"""How the children are started, from a Python and from a frozen build alike."""

from __future__ import annotations

import runpy
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

from agent.engines.probe import MODULE as PROBE
from agent.engines.speed import MODULE as SPEED
from perception.child_command import FLAG
from perception.conversion import MODULE as CONVERSION

MIND = "agent.process"
EARS = "perception.audio.process"
_CHILDREN = (MIND, EARS, PROBE, SPEED, CONVERSION)


def run_child(arguments: Sequence[str]) -> bool:
    """Run the child that a frozen build was started as; False when these words name none."""
    if len(arguments) < 2 or arguments[0] != FLAG or arguments[1] not in _CHILDREN:
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
