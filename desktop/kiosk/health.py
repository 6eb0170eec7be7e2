"""The health page: numbers of this kiosk, on this computer alone, for who looks after it."""

from __future__ import annotations

import http
import ipaddress
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import msgspec

from desktop.codes import DesktopCode
from desktop.kiosk.metrics import KioskMetrics
from perception.types import UserError

_TIMEOUT_S = 5.0
_LOOPBACK = "127.0.0.1"


class HealthPage:
    """Serves `/health` (JSON) and `/metrics` (Prometheus) on 127.0.0.1 until it is closed.

    UserError where the port is taken. Port 0 takes a free one, which `port` tells.
    """

    def __init__(self, metrics: KioskMetrics, port: int) -> None:
        try:
            self._server = _Server(metrics, port)
        except OSError as error:
            reason = error.strerror or str(error)
            raise UserError(DesktopCode.KIOSK_PORT_TAKEN, port=port, reason=reason) from error
        self.port: int = self._server.server_address[1]
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.1,), name="health", daemon=True
        )
        self._thread.start()

    def close(self) -> None:
        """Stop serving."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def is_loopback_host(host: str) -> bool:
    """Whether a Host header names this computer: a web page of elsewhere names its own."""
    name = host.strip().lower()
    in_brackets = name.startswith("[")
    name = name[1:].partition("]")[0] if in_brackets else name.partition(":")[0]
    if name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, metrics: KioskMetrics, port: int) -> None:
        self.metrics = metrics
        super().__init__((_LOOPBACK, port), _Handler)


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    server_version, sys_version = "Candor", ""
    timeout = _TIMEOUT_S

    def do_GET(self) -> None:
        if not is_loopback_host(self.headers.get("Host", "")):
            self._answer(http.HTTPStatus.FORBIDDEN, "text/plain", b"only for this computer\n")
        elif self.path == "/metrics":
            page = self.server.metrics.page().encode()
            self._answer(http.HTTPStatus.OK, "text/plain; version=0.0.4; charset=utf-8", page)
        elif self.path in ("/", "/health"):
            state = msgspec.json.encode(self.server.metrics.health())
            self._answer(http.HTTPStatus.OK, "application/json", state)
        else:
            self._answer(http.HTTPStatus.NOT_FOUND, "text/plain", b"/health and /metrics\n")

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: a monitor asks every few seconds for years."""

    def _answer(self, status: http.HTTPStatus, kind: str, data: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        self.wfile.write(data)
