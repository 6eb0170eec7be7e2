"""The proof of silence: it holds for real turns, and native code that reaches out is found."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from desktop.cli.offline import Prover, prove, turns
from desktop.cli.proof import namespace, trace
from desktop.cli.proof import watch as offline_watch
from desktop.cli.proof.packets import (
    asked_name,
    destination,
    greeted_host,
    reply,
)
from desktop.cli.proof.types import Contact, Proof, is_loopback

_LOOK_UP = """\
import ctypes
found = ctypes.c_void_p()
ctypes.CDLL(None).getaddrinfo(b"candor-test.invalid", b"443", None, ctypes.byref(found))
"""
_CONNECT = """\
import ctypes, socket, time
libc = ctypes.CDLL(None)
def reach(port):
    door = libc.socket(socket.AF_INET, socket.SOCK_STREAM | socket.SOCK_NONBLOCK, 0)
    address = bytes([2, 0]) + port.to_bytes(2, "big") + socket.inet_aton("203.0.113.9") + bytes(8)
    libc.connect(door, address, 16)
reach(443)
reach(7777)
time.sleep(1.5)
"""
_SILENT = "print('hello')"
_LOCAL = """\
import os, socket
s = socket.create_server(("127.0.0.1", 0))
c = socket.create_connection(("localhost", s.getsockname()[1]))
u = socket.socket(socket.AF_UNIX); u.bind("\\0candor-test-%d" % os.getpid())
"""
linux = pytest.mark.skipif(sys.platform != "linux", reason="namespaces and strace are Linux's")

pytestmark = pytest.mark.slow


def run(code: str) -> tuple[str, ...]:
    return (sys.executable, "-S", "-c", code)


@pytest.fixture(params=[namespace.prove, trace.prove], ids=["namespace", "strace"])
def native(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[str], Proof]:
    """The two ways that see native code; where a machine forbids one, it says so and is left."""
    way: Prover = request.param

    def look(code: str) -> Proof:
        proof = way(run(code), tmp_path, 60.0)
        if proof is None:
            pytest.skip(f"this machine does not allow {way.__module__}")
        return proof

    return look


@linux
@pytest.mark.timeout(900)
def test_the_whole_of_candor_reaches_nobody(
    models: Callable[[str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    models("smollm2-135m-instruct")
    home = tmp_path / "home"
    home.mkdir()
    (home / "settings.toml").write_text('dialogue_model = "smollm2-135m-instruct"\n')
    monkeypatch.setenv("CANDOR_HOME", str(home))
    proofs = [prove(each) for each in turns(tmp_path)]
    assert [(proof.code, proof.contacts) for proof in proofs] == [(0, ())] * 3, proofs
    assert all(proof.holds for proof in proofs)
    assert '"heard":{' in proofs[1].output
    assert (tmp_path / "answer.wav").stat().st_size > 1000


@linux
def test_a_native_look_up_is_found(native: Callable[[str], Proof]) -> None:
    proof = native(_LOOK_UP)
    assert not proof.holds
    found = next(each for each in proof.contacts if each.event == "look-up of the name")
    assert found.host == "candor-test.invalid"
    assert found.pid > 0
    assert "python" in found.process


@linux
def test_a_native_connection_is_found_at_any_port(native: Callable[[str], Proof]) -> None:
    proof = native(_CONNECT)
    assert not proof.holds
    assert {"203.0.113.9 port 443", "203.0.113.9 port 7777"} <= {c.host for c in proof.contacts}
    assert all(each.pid for each in proof.contacts if each.host.endswith("443"))


@linux
@pytest.mark.skipif(shutil.which("strace") is None, reason="names who has gone")
def test_who_has_gone_at_once_is_still_named(native: Callable[[str], Proof]) -> None:
    proof = native(_CONNECT.replace("time.sleep(1.5)", ""))
    assert len(proof.contacts) >= 2
    assert all(each.pid and "python" in each.process for each in proof.contacts)


@linux
def test_a_door_open_to_everyone_is_found(native: Callable[[str], Proof]) -> None:
    proof = native(
        "import socket, time\ns = socket.socket(); s.bind(('0.0.0.0', 7778)); s.listen()\n"
        "time.sleep(1)"
    )
    assert not proof.holds
    assert any("7778" in contact.host for contact in proof.contacts)


@linux
@pytest.mark.parametrize("code", [_SILENT, _LOCAL])
def test_silence_and_this_machine_hold(native: Callable[[str], Proof], code: str) -> None:
    proof = native(code)
    assert proof.contacts == ()
    assert proof.holds


@linux
def test_a_run_that_fails_proves_nothing(native: Callable[[str], Proof]) -> None:
    proof = native("raise SystemExit(3)")
    assert proof.code == 3
    assert not proof.holds


def test_what_takes_too_long_is_ended_with_its_children(tmp_path: Path) -> None:
    with pytest.raises(subprocess.TimeoutExpired):
        prove(run("import time; time.sleep(60)"), timeout=2.0)


def test_the_strongest_way_that_is_allowed_is_taken() -> None:
    def forbidden(command: Sequence[str], folder: Path, timeout: float) -> None:
        return None

    proof = prove((sys.executable, "-c", _SILENT), ways=(forbidden, offline_watch.prove))
    assert proof.way == "watch"
    assert "native code" in proof.blind
    with pytest.raises(RuntimeError):
        prove(run(_SILENT), ways=(forbidden,))


def test_the_turns_leave_no_trace_in_the_history(tmp_path: Path) -> None:
    assert "--private" in next(turns(tmp_path))


# The weakest way: an audit hook and the system's list of sockets.


def watch(code: str, folder: Path) -> Proof:
    whole = f"import os, socket, subprocess, sys, time\n{code}"
    return offline_watch.prove((sys.executable, "-c", whole), folder, 60.0)


def test_a_quiet_run_holds(tmp_path: Path) -> None:
    proof = watch("print('hello')", tmp_path)
    assert proof.holds
    assert (proof.looks, proof.contacts, proof.output) == (1, (), "hello\n")


def test_a_connection_outside_is_seen_even_when_it_fails(tmp_path: Path) -> None:
    proof = watch(
        "s = socket.socket(); s.setblocking(False)\n"
        "try: s.connect(('192.0.2.1', 80))\n"
        "except OSError: pass",
        tmp_path,
    )
    assert not proof.holds
    assert ("socket.connect", "192.0.2.1") in {(c.event, c.host) for c in proof.contacts}


def test_a_name_look_up_in_a_grandchild_is_seen(tmp_path: Path) -> None:
    proof = watch(
        "subprocess.run([sys.executable, '-c', \"import socket\\ntry: "
        "socket.getaddrinfo('candor.invalid', 80)\\nexcept OSError: pass\"])",
        tmp_path,
    )
    assert proof.looks == 2
    assert [contact.host for contact in proof.contacts] == ["candor.invalid"]


def test_the_systems_own_list_is_a_second_witness(tmp_path: Path) -> None:
    proof = watch(
        "import ctypes\n"
        "s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\n"
        "address = bytes([2, 0, 0, 0, 0, 0, 0, 0]) + bytes(8)\n"
        "ctypes.CDLL(None).bind(s.fileno(), address, 16)\n"
        "time.sleep(1)"
        if sys.platform == "linux"
        else "s = socket.socket(); s.bind(('0.0.0.0', 0)); time.sleep(1)",
        tmp_path,
    )
    assert not proof.holds
    assert {contact.host for contact in proof.contacts} == {"0.0.0.0"}


# What packets, queries and lines of strace say.


def test_a_query_is_read_and_answered() -> None:
    query = bytes.fromhex("abcd01000001000000000000") + b"\4name\4test\0\0\1\0\1"
    assert asked_name(query) == "name.test"
    answer = reply(query)
    assert answer[:2] == query[:2]
    assert answer[-4:] == bytes((192, 0, 2, 7))
    assert asked_name(b"") == "?"


def test_a_packet_that_opens_a_connection_is_told_from_its_answer() -> None:
    ip = bytes([0x45]) + bytes(8) + bytes([6]) + bytes(6) + bytes([203, 0, 113, 9])
    tcp = bytes([0x10, 0, 0x1E, 0x61]) + bytes(9)
    opens = destination(ip + tcp + bytes([2]))
    assert (opens.place, opens.answered((443,))) == ("203.0.113.9 port 7777", False)
    assert destination(ip + tcp + bytes([18])).answered((443,))
    assert destination(ip[:16] + bytes([127, 0, 0, 1]) + tcp + bytes([2])).answered(())


def test_the_host_is_read_from_the_first_words() -> None:
    assert greeted_host(b"GET / HTTP/1.1\r\nHost: example.org\r\n\r\n") == "example.org"
    name = b"example.org"
    extension = b"\0\0" + (len(name) + 5).to_bytes(2, "big") + (len(name) + 3).to_bytes(2, "big")
    extension += b"\0" + len(name).to_bytes(2, "big") + name
    hello = b"\x16\3\1" + bytes(2) + b"\1" + bytes(3) + b"\3\3" + bytes(32) + b"\0" + b"\0\2\x13\1"
    hello += b"\1\0" + len(extension).to_bytes(2, "big") + extension
    assert greeted_host(hello) == "example.org"
    assert greeted_host(hello[:50]) == ""
    assert greeted_host(b"") == ""


def test_lines_of_strace() -> None:
    lines = [
        '5     execve("/usr/bin/tool", ["tool", "-x"], 0x7ffc /* 9 vars */) = 0',
        "5 clone3({flags=CLONE_VM}, 88 <unfinished ...>",
        "5 <... clone3 resumed>) = 7",
        '7 connect(3, {sa_family=AF_INET, sin_port=htons(443), sin_addr=inet_addr("203.0.113.9")}, '
        "16) = -1 EINPROGRESS",
        "7 connect(3, {sa_family=AF_INET6, sin6_port=htons(80), sin6_flowinfo=htonl(0), "
        'inet_pton(AF_INET6, "2001:db8::1", &sin6_addr), sin6_scope_id=0}, 28) = 0',
        '7 connect(3, {sa_family=AF_INET, sin_port=htons(1), sin_addr=inet_addr("127.0.0.1")}) = 0',
        '7 connect(8, {sa_family=AF_UNIX, sun_path="/var/run/nscd/socket"}, 110) = -1 ENOENT',
        '7 connect(8, {sa_family=AF_UNIX, sun_path="/var/run/nscd/socket"}, 110) = 0',
    ]
    assert list(trace.attempts(lines)) == [
        Contact(7, "connect", "203.0.113.9 port 443", "tool -x"),
        Contact(7, "connect", "2001:db8::1 port 80", "tool -x"),
        Contact(7, "question to a name service", "nscd/socket", "tool -x"),
    ]


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("::1", True),
        ("localhost", True),
        ("", False),
        ("0.0.0.0", False),
        ("10.0.0.1", False),
        ("localhost.example.com", False),
    ],
)
def test_what_counts_as_this_machine(host: str, expected: bool) -> None:
    assert is_loopback(host) is expected
