"""A chat server on this computer for tests: it keeps every byte that it is sent."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Plan:
    """What the server does, and what it saw."""

    address: str = ""
    status: int = 200
    pieces: tuple[str, ...] = ("Par", "is 🦜", ".")
    finish: str = "stop"
    pause: float = 0.0
    listing: Any = field(
        default_factory=lambda: {"data": [{"id": "big", "max_model_len": 16384}, {"id": "small"}]}
    )
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    """Of every request, in order."""
    received: bytes = b""
    """Everything that was sent to it, but for the headers."""
    hung_up: threading.Event = field(default_factory=threading.Event)


class Handler(BaseHTTPRequestHandler):
    plan: Plan

    def log_message(self, *_: object) -> None:
        pass

    def _begin(self, status: int, data: bytes) -> None:
        self.plan.keys.append(self.headers.get("Authorization"))
        self.send_response(status)
        self.end_headers()
        self.wfile.write(data)

    def do_GET(self) -> None:
        self.plan.paths.append(self.path)
        self._begin(200, json.dumps(self.plan.listing).encode())

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.plan.paths.append(self.path)
        self.plan.received += body
        self.plan.asked.append(json.loads(body))
        if self.plan.status != 200:
            self._begin(self.plan.status, b'{"error": {"message": "no such thing"}}')
            return
        self._begin(200, b"")
        try:
            self._answer()
        except OSError:
            self.plan.hung_up.set()

    def _answer(self) -> None:
        for piece in self.plan.pieces:
            self._send({"delta": {"content": piece}, "finish_reason": None})
            time.sleep(self.plan.pause)
        if self.plan.finish:
            self._send({"delta": {}, "finish_reason": self.plan.finish})
            self.wfile.write(b"data: [DONE]\n\n")

    def _send(self, choice: dict[str, Any]) -> None:
        choice["logprobs"] = {"content": [{"logprob": -0.5}]}
        self.wfile.write(b"data: " + json.dumps({"choices": [choice]}).encode() + b"\n\n")


@contextmanager
def serving(plan: Plan) -> Iterator[Plan]:
    """The server of this plan, whose address it is given."""
    handler = type("OfThisTest", (Handler,), {"plan": plan})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    plan.address = f"http://127.0.0.1:{server.server_port}/v1"
    try:
        yield plan
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
