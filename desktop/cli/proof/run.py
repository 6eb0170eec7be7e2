"""Runs a command to its end, with all that it starts."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any


def run_to_end(
    command: Sequence[str],
    timeout: float,
    environment: Mapping[str, str],
    beside: Callable[[int], AbstractContextManager[Any]] = lambda pid: nullcontext(),
) -> tuple[int, str]:
    """Exit code and output. Nothing of it is left behind, also after TimeoutExpired or Ctrl+C.

    `beside` is entered with the process id while it runs.
    """
    with (
        subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            env=environment,
            start_new_session=True,
        ) as process,
        beside(process.pid),
    ):
        try:
            output, _ = process.communicate(timeout=timeout)
        except BaseException:
            _end(process)
            raise
    return process.returncode, output


def _end(process: subprocess.Popen[str]) -> None:
    if os.name == "posix":
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
