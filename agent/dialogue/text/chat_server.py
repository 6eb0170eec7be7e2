"""HTTP to a chat server: the list of its models, and an answer as a stream of events."""

from __future__ import annotations

import http.client
import json
import socket
from collections.abc import Callable, Generator
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

from agent.codes import AgentCode
from agent.dialogue.text.stream import Idle, pull
from perception.types import UserError

_CONNECT = 5.0
"""Seconds for a server to take a connection."""


class ChatServer:
    """The server at `address`, for example `http://127.0.0.1:8000/v1`."""

    def __init__(self, address: str, key: str, silence: float) -> None:
        """`silence`: seconds without a byte before it counts as gone. UserError: no http URL."""
        parts = urlsplit(address.rstrip("/"))
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise UserError(AgentCode.NOT_A_SERVER_ADDRESS, address=address)
        self.address = address.rstrip("/")
        self._parts, self._key, self._silence = parts, key, silence

    def models(self) -> dict[str, int | None]:
        """The models by name with their context in tokens, where it is told."""
        connection = self._connection()
        try:
            with self._ask(connection, "GET", "/models", None) as answer:
                listed = json.loads(answer.read()).get("data") or ()
            return {str(item["id"]): item.get("max_model_len") for item in listed}
        except (OSError, http.client.HTTPException) as error:
            raise self._lost(error) from error
        except (ValueError, AttributeError, KeyError, TypeError) as error:
            raise UserError(AgentCode.NOT_A_CHAT_SERVER, address=self.address) from error
        finally:
            connection.close()

    def stream(self, body: dict[str, Any]) -> Generator[dict[str, Any]]:
        """The chunks of an answer, and an empty one ten times a second while none comes.

        Closing it closes the connection, so the server stops too.
        """
        connection = self._connection()
        sockets: list[socket.socket] = []

        def run(push: Callable[[dict[str, Any]], bool]) -> None:
            connection.connect()
            sockets.append(connection.sock)
            connection.sock.settimeout(self._silence)
            with self._ask(connection, "POST", "/chat/completions", body) as answer:
                for line in answer:
                    if line.startswith(b"data:"):
                        data = line[5:].strip()
                        if data == b"[DONE]" or push(self._chunk(data)):
                            return

        silent: Idle[dict[str, Any]] = Idle({})
        chunks = pull(run, silent)
        try:
            yield from chunks
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise self._lost(error) from error
        finally:
            for waiting in sockets:
                _hang_up(waiting)
            chunks.close()
            connection.close()

    def _connection(self) -> http.client.HTTPConnection:
        kind = (
            http.client.HTTPSConnection
            if self._parts.scheme == "https"
            else http.client.HTTPConnection
        )
        return kind(self._parts.hostname or "", self._parts.port, timeout=_CONNECT)

    def _ask(
        self, connection: http.client.HTTPConnection, method: str, path: str, body: object
    ) -> http.client.HTTPResponse:
        headers = {"Content-Type": "application/json"}
        if self._key:
            headers["Authorization"] = f"Bearer {self._key}"
        data = json.dumps(body) if body is not None else None
        connection.request(method, self._parts.path + path, data, headers)
        answer = connection.getresponse()
        if answer.status != http.client.OK:
            with answer:
                raise self._refused(answer.status, answer.read(4096))
        return answer

    def _chunk(self, data: bytes) -> dict[str, Any]:
        chunk: dict[str, Any] = json.loads(data)
        if "error" in chunk:
            raise UserError(AgentCode.SERVER_FAILED, address=self.address, reason=_reason(data))
        return chunk

    def _refused(self, status: int, data: bytes) -> UserError:
        if status in (401, 403):
            return UserError(AgentCode.SERVER_WANTS_KEY, address=self.address)
        if status == http.client.NOT_FOUND:
            return UserError(
                AgentCode.SERVER_PAGE_UNKNOWN, address=self.address, reason=_reason(data)
            )
        return UserError(
            AgentCode.SERVER_REFUSED, address=self.address, status=status, reason=_reason(data)
        )

    def _lost(self, error: Exception) -> UserError:
        if isinstance(error, TimeoutError):
            return UserError(AgentCode.SERVER_TIMED_OUT, address=self.address)
        if isinstance(error, ConnectionRefusedError | socket.gaierror):
            return UserError(AgentCode.SERVER_NOT_THERE, address=self.address)
        return UserError(
            AgentCode.SERVER_CONNECTION_LOST,
            address=self.address,
            reason=error or type(error).__name__,
        )


def _reason(data: bytes) -> str:
    try:
        said = json.loads(data)
    except ValueError:
        return data.decode("utf-8", "replace")[:200].strip() or "it gave no reason"
    error = said.get("error", said) if isinstance(said, dict) else said
    message = error.get("message", error) if isinstance(error, dict) else error
    return str(message)[:200]


def _hang_up(waiting: socket.socket) -> None:
    """Cut the connection under a reader that waits in another thread."""
    with suppress(OSError):  # The other side was faster.
        waiting.shutdown(socket.SHUT_RDWR)
