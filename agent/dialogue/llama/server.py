"""llama.cpp inside this process, with no door that another user or program could use.

`xllamacpp` always opens an HTTP endpoint. Here it is a UNIX socket in a private folder; where
there are none (Windows) it is a loopback port with a random key, no CORS and its extras off.
Answers are made by direct calls, which need neither.
"""

from __future__ import annotations

import http.client
import json
import secrets
import shutil
import socket
import sys
import tempfile
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from agent.codes import AgentCode
from agent.dialogue.llama.library import library
from agent.dialogue.llama.place import Place
from perception.leftovers import owned_prefix
from perception.types import UserError

PREFILL_STEP = 16
"""Prompt tokens between two chances to stop.

On two AVX2 cores the 1.5B model reads 63 tokens a second at 16, as at 64 and 512, and 36 at 8.
"""

CHECKPOINTS = 8
"""Copies of a running state or a sliding window, to go back to where a prompt is cut.

Where none fits, llama.cpp reads the prompt anew. Its own 32 copies of Qwen3.5 4B are 1.6 GB.
"""
_ERRORS = 1


class LlamaServer:
    """One loaded model with one slot; other chats' caches wait in memory."""

    def __init__(
        self,
        model: Path,
        place: Place,
        context: int,
        adapter: Path | None,
        saved: Path,
        *,
        loud: bool = False,
    ) -> None:
        """`saved` is the folder of the slot's save and restore calls; `loud` tells of errors.

        UserError where llama.cpp refuses the file.
        """
        xllamacpp = library()

        private = Path(tempfile.mkdtemp(prefix=owned_prefix()))  # Made with mode 0700.
        self._remove = weakref.finalize(self, shutil.rmtree, private, ignore_errors=True)
        parameters = _parameters(model, place, context, adapter)
        parameters.slot_save_path = f"{saved}/"
        parameters.verbosity = _ERRORS if loud else 0
        self._key = lock(
            parameters, private, hasattr(socket, "AF_UNIX") and sys.platform != "win32"
        )
        try:
            self._server: Any = xllamacpp.Server(parameters)
        except (RuntimeError, MemoryError, ValueError) as error:
            self._remove()
            raise UserError(AgentCode.LLAMA_NOT_LOADED, model=model.name, reason=error) from error
        self.address: str = self._server.listening_address
        # Its loop starts a little later, and a server freed before that never ends: wait for it.
        self.post("/slots/0?action=erase", {})

    def complete(self, body: dict[str, Any], push: Callable[[dict[str, Any]], bool]) -> None:
        """Answer `body` (the shape of /v1/completions); `push` returns True to stop.

        Raises whatever `push` raises: the binding would swallow it.
        """
        errors: list[BaseException] = []

        def called(chunk: dict[str, Any]) -> bool:
            try:
                return push(chunk)
            except BaseException as error:
                errors.append(error)
                return True

        self._server.handle_completions(body, called)
        if errors:
            raise errors[0]

    def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """The endpoint's answer; RuntimeError with its message where it is an error."""
        connection = _connect(self.address)
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self._key}"}
        try:
            connection.request("POST", path, json.dumps(body), headers)
            response = connection.getresponse()
            answer: dict[str, Any] = json.loads(response.read())
        finally:
            connection.close()
        if response.status != 200:
            raise RuntimeError(answer.get("error", {}).get("message", str(response.status)))
        return answer

    def close(self) -> None:
        """Free the model and remove the socket."""
        self._server = None
        self._remove()


def lock(parameters: Any, private: Path, unix: bool) -> str:
    """Make `parameters` listen where only this process can speak; returns the key it must send."""
    key = secrets.token_urlsafe(32)
    parameters.hostnames = [str(private / "model.sock")] if unix else ["127.0.0.1"]
    parameters.api_keys = [key]
    parameters.cors_origins = "null.invalid"
    parameters.cors_origins_explicit = True
    parameters.cors_credentials = False
    parameters.endpoint_slots = parameters.endpoint_metrics = parameters.endpoint_props = False
    parameters.ui = False
    return key


def _parameters(model: Path, place: Place, context: int, adapter: Path | None) -> Any:
    xllamacpp = library()
    parameters = xllamacpp.CommonParams()
    parameters.model.path = str(model)
    parameters.n_ctx = context
    parameters.n_parallel = 1
    parameters.n_gpu_layers = -1 if place.accelerated else 0
    parameters.fit_params = False
    parameters.cpuparams.n_threads = parameters.cpuparams_batch.n_threads = place.threads
    parameters.n_batch = parameters.n_ubatch = 256 if place.accelerated else PREFILL_STEP
    parameters.cache_ram_mib = 512
    parameters.n_ctx_checkpoints = CHECKPOINTS
    parameters.offline = True
    if adapter is not None:
        lora = xllamacpp.CommonAdapterLoraInfo()
        lora.path, lora.scale = str(adapter), 1.0
        parameters.lora_adapters = [lora]
    return parameters


class _UnixConnection(http.client.HTTPConnection):
    def __init__(self, path: str) -> None:
        super().__init__("localhost", timeout=60)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self._path)


def _connect(address: str) -> http.client.HTTPConnection:
    parts = urlsplit(address)
    if parts.scheme == "unix":
        return _UnixConnection(parts.path)
    return http.client.HTTPConnection(parts.hostname or "127.0.0.1", parts.port, timeout=60)
