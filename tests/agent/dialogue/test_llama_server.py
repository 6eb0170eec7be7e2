"""Nobody else can use the dialogue engine: these tests try."""

import http.client
import os
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psutil  # type: ignore[import-untyped]
import pytest

from agent.dialogue import gguf
from agent.dialogue.gguf import GgufDialogue
from agent.dialogue.llama.server import _UnixConnection, lock


@pytest.fixture(scope="module")
def dialogue(models: Callable[[str], Path]) -> Iterator[GgufDialogue]:
    loaded = gguf.load(models("smollm2-135m-instruct"), context=256)
    yield loaded
    loaded.close()


def socket_of(dialogue: GgufDialogue) -> Path:
    parts = urlsplit(dialogue._server.address)
    assert parts.scheme == "unix"
    return Path(parts.path)


def test_no_port_is_open(dialogue: GgufDialogue) -> None:
    own = psutil.Process().net_connections(kind="tcp")
    assert not [item for item in own if item.status == psutil.CONN_LISTEN]


def test_the_socket_lies_in_a_private_folder(dialogue: GgufDialogue) -> None:
    assert stat.S_IMODE(socket_of(dialogue).parent.stat().st_mode) == 0o700


def test_another_user_cannot_connect(dialogue: GgufDialogue) -> None:
    if os.geteuid() != 0:  # Then nobody else can be tried; the folder must be ours alone.
        facts = socket_of(dialogue).parent.stat()
        assert (facts.st_uid, facts.st_mode & 0o077) == (os.geteuid(), 0)
        return
    script = (
        "import os, socket, sys\n"
        "os.setgid(65534); os.setuid(65534)\n"
        "try: socket.socket(socket.AF_UNIX).connect(sys.argv[1])\n"
        "except PermissionError: print('refused')\n"
    )
    command = [sys.executable, "-c", script, str(socket_of(dialogue))]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "refused"


def request(
    connection: http.client.HTTPConnection, method: str, path: str, headers: dict[str, str]
) -> http.client.HTTPResponse:
    body = '{"prompt": "hello", "n_predict": 1}'
    connection.request(method, path, body, {"Content-Type": "application/json", **headers})
    response = connection.getresponse()
    response.read()
    connection.close()
    return response


@pytest.mark.parametrize("path", ["/completion", "/v1/completions", "/tokenize", "/slots/0"])
def test_without_the_key_the_socket_answers_nothing(dialogue: GgufDialogue, path: str) -> None:
    connection = _UnixConnection(str(socket_of(dialogue)))
    assert request(connection, "POST", path, {}).status == 401


def test_the_folder_is_gone_afterwards(models: Callable[[str], Path]) -> None:
    loaded = gguf.load(models("smollm2-135m-instruct"), context=256)
    folder = socket_of(loaded).parent
    assert folder.exists()
    loaded.close()
    assert not folder.exists()


@pytest.fixture(scope="module")
def port(
    models: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, str]]:
    """The loopback port that is opened where there are no UNIX sockets, and its key."""
    import xllamacpp  # type: ignore[import-untyped]

    parameters = xllamacpp.CommonParams()
    parameters.model.path = str(models("smollm2-135m-instruct") / "model.gguf")
    parameters.n_ctx, parameters.verbosity = 256, 0
    key = lock(parameters, tmp_path_factory.mktemp("none"), unix=False)
    server = xllamacpp.Server(parameters)
    server.handle_completions({"prompt": "hello", "n_predict": 1})  # So that its loop runs.
    yield urlsplit(server.listening_address).netloc, key


@pytest.mark.parametrize("path", ["/completion", "/v1/chat/completions", "/tokenize", "/props"])
def test_a_loopback_port_wants_the_key(port: tuple[str, str], path: str) -> None:
    address, key = port
    assert request(http.client.HTTPConnection(address), "POST", path, {}).status == 401
    wrong = {"Authorization": f"Bearer {key[:-1]}"}
    assert request(http.client.HTTPConnection(address), "POST", path, wrong).status == 401


def test_a_loopback_port_answers_with_the_key(port: tuple[str, str]) -> None:
    address, key = port
    right = {"Authorization": f"Bearer {key}"}
    assert request(http.client.HTTPConnection(address), "POST", "/completion", right).status == 200


@pytest.mark.parametrize("path", ["/slots", "/metrics"])
def test_the_extras_are_off(port: tuple[str, str], path: str) -> None:
    address, key = port
    right = {"Authorization": f"Bearer {key}"}
    assert request(http.client.HTTPConnection(address), "GET", path, right).status == 501


def test_no_web_page_may_use_it(port: tuple[str, str]) -> None:
    address, key = port
    foreign = {"Origin": "https://evil.example", "Authorization": f"Bearer {key}"}
    for method in ("OPTIONS", "POST"):
        response = request(http.client.HTTPConnection(address), method, "/completion", foreign)
        assert response.headers.get("Access-Control-Allow-Origin", "") not in (
            "*",
            "https://evil.example",
        )


def test_only_loopback(port: tuple[str, str]) -> None:
    own = psutil.Process().net_connections(kind="tcp")
    assert {item.laddr.ip for item in own if item.status == psutil.CONN_LISTEN} == {"127.0.0.1"}
