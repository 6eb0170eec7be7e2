"""The watch over sockets: it sees what it should, and lets loopback be."""

from __future__ import annotations

import sys

import pytest

from desktop.cli.offline import (
    Contact,
    is_loopback,
    typed_turn,
    watch,
)

pytestmark = pytest.mark.slow


def run(code: str) -> tuple[str, ...]:
    return (sys.executable, "-c", f"import os, socket, subprocess, sys, time\n{code}")


def test_a_quiet_run_holds() -> None:
    proof = watch(run("print('hello')"))
    assert proof.holds
    assert (proof.hooked, proof.contacts, proof.output) == (1, (), "hello\n")


def test_loopback_and_unix_sockets_are_allowed() -> None:
    proof = watch(
        run(
            "s = socket.create_server(('127.0.0.1', 0))\n"
            "c = socket.create_connection(('localhost', s.getsockname()[1]))\n"
            "u = socket.socket(socket.AF_UNIX); u.bind('\\0candor-test-%d' % os.getpid())"
        )
        if sys.platform == "linux"
        else run("s = socket.create_server(('127.0.0.1', 0))")
    )
    assert proof.contacts == ()
    assert proof.holds


def test_a_connection_outside_is_seen_even_when_it_fails() -> None:
    proof = watch(
        run(
            "s = socket.socket(); s.setblocking(False)\n"
            "try: s.connect(('192.0.2.1', 80))\n"
            "except OSError: pass"
        )
    )
    assert not proof.holds
    assert Contact(proof.contacts[0].pid, "socket.connect", "192.0.2.1") in proof.contacts


def test_a_name_look_up_in_a_grandchild_is_seen() -> None:
    proof = watch(
        run(
            "subprocess.run([sys.executable, '-c', \"import socket\\ntry: "
            "socket.getaddrinfo('candor.invalid', 80)\\nexcept OSError: pass\"])"
        )
    )
    assert proof.hooked == 2
    assert [contact.host for contact in proof.contacts] == ["candor.invalid"]


def test_the_systems_own_list_is_a_second_witness() -> None:
    proof = watch(
        run(
            "import ctypes\n"
            "s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\n"
            "address = bytes([2, 0, 0, 0, 0, 0, 0, 0]) + bytes(8)\n"
            "ctypes.CDLL(None).bind(s.fileno(), address, 16)\n"
            "time.sleep(1)"
        )
        if sys.platform == "linux"
        else run("s = socket.socket(); s.bind(('0.0.0.0', 0)); time.sleep(1)")
    )
    assert not proof.holds
    assert {contact.host for contact in proof.contacts} == {"0.0.0.0"}


def test_a_run_that_fails_proves_nothing() -> None:
    proof = watch(run("sys.exit(3)"))
    assert proof.code == 3
    assert not proof.holds


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


def test_the_turn_leaves_no_trace_in_the_history() -> None:
    assert "--private" in typed_turn()
