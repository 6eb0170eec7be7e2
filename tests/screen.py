"""A virtual screen with a window manager, and hands on its keyboard."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Mapping

import pytest

from tests.needs import need_programs


@pytest.fixture
def display() -> Iterator[str]:
    """The name of a fresh X server with openbox, 1280 by 800."""
    need_programs(("Xvfb", "openbox", "xdotool"), "xvfb openbox xdotool")
    read, write = os.pipe()
    # Without -noreset the first client that leaves takes with it those that are still joining.
    server = subprocess.Popen(
        ["Xvfb", "-noreset", "-displayfd", str(write), "-screen", "0", "1280x800x24"],
        pass_fds=(write,),
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as number:
        name = f":{number.readline().strip()}"
    manager = subprocess.Popen(["openbox"], env={**os.environ, "DISPLAY": name})
    yield name
    for process in (manager, server):
        process.terminate()
        process.wait()


def xdotool(environment: Mapping[str, str], *words: str) -> subprocess.CompletedProcess[bytes]:
    """Run one xdotool command."""
    return subprocess.run(["xdotool", *words], env=environment, check=False, capture_output=True)
