"""The model answers nobody but its own process: not over the network, not to another account."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psutil  # type: ignore[import-untyped]
import pytest

from agent.dialogue.llama.place import Place
from agent.dialogue.llama.server import LlamaServer
from tests.faults.conftest import Record
from tests.test_cli import SMALL

_STRANGER = """
import json, os, socket, sys
path, user = sys.argv[1], int(sys.argv[2])
if user >= 0:
    os.setgroups([]); os.setgid(user); os.setuid(user)
folder = os.path.dirname(path)
def connect():
    with socket.socket(socket.AF_UNIX) as end:
        end.connect(path)
def swap():
    os.rename(path, path + ".old")
def enter():
    os.chdir(folder)
def write():
    open(os.path.join(folder, "mine"), "w").close()
tried = {"connect": connect, "list": lambda: os.listdir(folder), "look": lambda: os.stat(path),
         "read": lambda: open(path, "rb").close(), "write": write, "swap": swap,
         "remove": lambda: os.unlink(path), "enter": enter,
         "open up": lambda: os.chmod(folder, 0o777)}
told = {}
for name, act in tried.items():
    try:
        act(); told[name] = "done"
    except OSError as error:
        told[name] = type(error).__name__
print(json.dumps(told))
"""
_NOBODY = 65534

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="there it is a local port with a key"
)


@pytest.fixture
def server(models: Callable[[str], Path], tmp_path: Path) -> Iterator[LlamaServer]:
    place = Place("cpu", 1, False, "a test")
    server = LlamaServer(models(SMALL) / "model.gguf", place, 256, None, tmp_path)
    yield server
    server.close()


def _tried(path: Path, user: int) -> dict[str, str]:
    """What another process came to, as `user`; -1 is the own account."""
    command = [sys.executable, "-c", _STRANGER, str(path), str(user)]
    told: dict[str, str] = json.loads(subprocess.check_output(command, cwd="/"))
    return told


def test_another_account_cannot_use_the_socket(server: LlamaServer, record: Record) -> None:
    path = Path(urlsplit(server.address).path)
    assert stat.S_ISSOCK(path.stat().st_mode)
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert path.parent.stat().st_uid == os.getuid()
    if os.getuid() == 0:  # Only root can be somebody else.
        told = _tried(path, _NOBODY)
        assert set(told.values()) == {"PermissionError"}, told
        said = "PermissionError each"
    else:
        told, said = {"mode": "0700"}, "the folder's mode is 0700"
    assert server.post("/slots/0?action=erase", {})  # Still there, for its own process.
    record("the model's socket from another account", len(told), 0, said)


def test_the_attack_would_succeed_for_the_owner(server: LlamaServer) -> None:
    """Or the test above would prove nothing."""
    told = _tried(Path(urlsplit(server.address).path), -1)
    assert told["connect"] == told["list"] == told["look"] == told["enter"] == "done"


def test_no_port_is_open(server: LlamaServer, record: Record) -> None:
    me = psutil.Process()
    listening = [c for c in me.net_connections("inet") if c.status == psutil.CONN_LISTEN]
    assert listening == []
    assert len(me.net_connections("unix")) > 0
    record("network ports of the model", 1, len(listening), "none is open")
