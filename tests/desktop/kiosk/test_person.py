"""Calling a person: a command that works, fails or hangs, and addresses."""

from __future__ import annotations

import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from pytestqt.qtbot import QtBot

from agent.profiles.checking import checked
from agent.profiles.profile import places
from desktop.kiosk.person import PersonCall, is_loopback
from perception.types import UserError


def told(qtbot: QtBot, command: str, patience_ms: int = 20_000) -> bool:
    """Whether the call reached somebody."""
    call = PersonCall(command, patience_ms=patience_ms)
    with qtbot.waitSignal(call.told, timeout=30_000) as heard:
        call.call()
        call.call()
    assert heard.args is not None
    return bool(heard.args[0])


def test_a_command_tells_by_its_exit_code(qtbot: QtBot) -> None:
    assert told(qtbot, f"{sys.executable} -c 'pass'")
    assert not told(qtbot, f"{sys.executable} -c 'raise SystemExit(3)'")
    assert not told(qtbot, "/no/such/program")


def test_one_that_hangs_is_given_up(qtbot: QtBot) -> None:
    assert not told(qtbot, f"{sys.executable} -c 'import time; time.sleep(600)'", 200)


@pytest.mark.parametrize("status", [204, 302, 500])
def test_an_address_on_this_computer_gets_a_post(qtbot: QtBot, status: int) -> None:
    asked = list[str]()

    class Bell(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked.append(self.path)
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.send_header("Location", "http://example.org/")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Bell)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        reached = told(qtbot, f"http://127.0.0.1:{server.server_port}/desk")
    finally:
        server.shutdown()
        server.server_close()
    assert reached is (status == 204)
    # Qt asks once more where a server closes the line at once.
    assert set(asked) == {"/desk"}


def test_no_other_computer_is_asked(qtbot: QtBot) -> None:
    assert not told(qtbot, "http://192.0.2.1/desk")
    assert not is_loopback(QUrl("http://127.0.0.1.example.org/"))
    assert not is_loopback(QUrl("http://localhost@example.org/"))
    data = b'person_command = "http://example.org/"\n' + places()["museum"].read_bytes()
    with pytest.raises(UserError, match="not on this computer"):
        checked(Path("museum.toml"), data)
