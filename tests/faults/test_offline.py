"""Attacks on silence: code that reaches out must be found, by process and host."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import certifi
import pytest

from desktop.cli.offline import prove
from desktop.cli.proof import namespace, trace
from desktop.cli.proof.types import Proof
from tests.faults.conftest import Record, Tries

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the native proofs are Linux's")

WAYS = (namespace.prove, trace.prove)
REPORTS_TO = "mobile.events.data.microsoft.com"
_REACH = """\
import ctypes, socket
libc, found = ctypes.CDLL(None), ctypes.c_void_p()
libc.getaddrinfo(b"{name}", b"443", None, ctypes.byref(found))
door = libc.socket(socket.AF_INET, socket.{kind} | socket.SOCK_NONBLOCK, 0)
address = bytes([2, 0]) + ({port}).to_bytes(2, "big") + socket.inet_aton("{host}") + bytes(8)
libc.connect(door, address, 16)
libc.send(door, b"hello", 5, 0x4000)
"""
_REPORTING = """\
import os, sys, time
# It keeps silent on a build machine too, which it knows by its environment.
for name in [*os.environ]:
    if name in ("ORT_DISABLE_TELEMETRY", "DO_NOT_TRACK") or name.startswith(("CI", "GITHUB_")):
        del os.environ[name]
os.environ["XDG_CACHE_HOME"], os.environ["SSL_CERT_FILE"] = sys.argv[1:3]
import onnxruntime
session = onnxruntime.InferenceSession(sys.argv[3], providers=["CPUExecutionProvider"])
time.sleep(12)  # its first report comes some ten seconds after it was loaded
"""


def said_of(proof: Proof) -> str:
    return "; ".join(f"{each.process[:20]}: {each.event} {each.host}" for each in proof.contacts)


def test_native_code_that_reaches_out_is_found(tries: Tries, record: Record) -> None:
    dice, missed, said = random.Random(14), 0, ""
    count = tries(4, 200)
    for _ in range(count):
        name, port = f"x{dice.randrange(10**9)}.invalid", dice.randrange(1, 65_536)
        host = f"{dice.choice((8, 93, 142, 203))}.0.113.{dice.randrange(1, 255)}"
        kind = dice.choice(("SOCK_STREAM", "SOCK_DGRAM"))
        code = _REACH.format(name=name, host=host, port=port, kind=kind)
        proof = prove((sys.executable, "-S", "-c", code), ways=WAYS)
        said = said_of(proof)
        missed += name not in said or f"{host} port {port}" not in said
        assert not proof.holds
    record("native code looks up a name and reaches out", count, missed, said)


def test_a_library_that_reports_home_is_found(tmp_path: Path, record: Record) -> None:
    """onnxruntime without its switch; an update that renames the switch shows in the real turns."""
    from agent.models.store import open_store

    model = str(open_store().path("silero-vad") / "model.onnx")
    words = (str(tmp_path), certifi.where(), model)
    proof = prove((sys.executable, "-c", _REPORTING, *words), ways=WAYS)
    assert proof.code == 0, proof.output
    record("a library reports home", 1, int(REPORTS_TO not in said_of(proof)), said_of(proof))
