"""A small catalogue, a server that plays the hub, and a folder that plays the package index."""

from __future__ import annotations

import base64
import hashlib
import threading
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from agent.models.catalog import (
    Catalog,
    HubFile,
    Model,
    ModelFile,
    Offer,
    Part,
)
from agent.models.store import ModelStore

WHOLE = bytes(range(256)) * 1200
HALVES = (WHOLE[:200_000], WHOLE[200_000:])
SMALL = b'{"small": true}'


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _part(number: int, data: bytes) -> Part:
    package = f"tiny-part{number}"
    member = f"tiny_part{number}/data/part{number}.bin"
    return Part(package, "1.0", member, len(data), len(data), sha(data))


@pytest.fixture
def catalog() -> Catalog:
    parts = tuple(_part(number, data) for number, data in enumerate(HALVES, 1))
    small = Part("tiny-part1", "1.0", "tiny_part1/data/small.json", 900, len(SMALL), sha(SMALL))
    hub = HubFile("someone/tiny", "weights.bin")
    json_hub = HubFile("someone/tiny", "s.json")
    files = (
        ModelFile("model.bin", len(WHOLE), sha(WHOLE), hub, parts),
        ModelFile("small.json", len(SMALL), sha(SMALL), json_hub, (small,)),
    )
    tiny = Model("tiny", "Tiny", "dialogue", "MIT", "nobody", 1, 1, True, files)
    only_hub = ModelFile("model.bin", len(WHOLE), sha(WHOLE), hub)
    extra = Model("extra", "Extra", "dialogue", "MIT", "nobody", 1, 1, False, (only_hub,))
    return Catalog((tiny, extra))


@pytest.fixture
def store(tmp_path: Path, catalog: Catalog) -> ModelStore:
    return ModelStore(tmp_path / "models", catalog)


@dataclass
class FakeHub:
    """What the server does, and what it was asked."""

    files: dict[str, bytes]
    url: str = ""
    cut_after: int = 0
    cuts: int = 0
    ranges: bool = True
    silent: bool = False
    stalls: bool = False
    asked: list[tuple[str, str]] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)


def _handler(fake: FakeHub) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            wanted = self.headers.get("Range", "")
            fake.asked.append((self.path, wanted))
            if fake.silent:
                fake.released.wait(60)
                return
            data = fake.files.get(self.path)
            if data is None:
                self.send_error(404)
                return
            self._send(data, wanted)

        def _send(self, data: bytes, wanted: str) -> None:
            ranged = fake.ranges and wanted.startswith("bytes=")
            first, last = 0, len(data) - 1
            if ranged:
                first, last = (int(number) for number in wanted[6:].split("-"))
            self.send_response(206 if ranged else 200)
            body = data[first : last + 1]
            if ranged:
                self.send_header("Content-Range", f"bytes {first}-{last}/{len(data)}")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if fake.stalls:
                fake.released.wait(60)
                return
            if fake.cuts > 0:
                fake.cuts -= 1
                body = body[: fake.cut_after]
            self.wfile.write(body)
            self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:
            del format, args

    return Handler


@pytest.fixture
def hub_server() -> Iterator[FakeHub]:
    fake = FakeHub(
        {
            "/someone/tiny/resolve/main/weights.bin": WHOLE,
            "/someone/tiny/resolve/main/s.json": SMALL,
        }
    )
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(fake))
    server.daemon_threads = True
    fake.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield fake
    fake.released.set()
    server.shutdown()
    thread.join()
    server.server_close()


def write_wheel(folder: Path, package: str, files: dict[str, bytes]) -> Path:
    """A wheel of version 1.0 that holds those files."""
    name = package.replace("-", "_")
    info = f"{name}-1.0.dist-info"
    members = {
        **files,
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n".encode(),
        f"{info}/WHEEL": b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    rows = [f"{member},sha256={_urlsafe(data)},{len(data)}" for member, data in members.items()]
    members[f"{info}/RECORD"] = "\n".join([*rows, f"{info}/RECORD,,", ""]).encode()
    folder.mkdir(parents=True, exist_ok=True)
    wheel = folder / f"{name}-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for member, data in members.items():
            archive.writestr(member, data)
    return wheel


def _urlsafe(data: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()


@pytest.fixture
def package_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Build a simple index of wheels and point pip at it; returns its folder."""
    root = tmp_path / "simple"
    root.mkdir()
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    monkeypatch.delenv("PIP_EXTRA_INDEX_URL", raising=False)
    monkeypatch.setenv("PIP_FIND_LINKS", "")
    monkeypatch.setenv("PIP_INDEX_URL", root.as_uri())

    def build(first: bytes = HALVES[0], second: bytes = HALVES[1]) -> Path:
        contents = {
            "tiny-part1": {
                "tiny_part1/data/part1.bin": first,
                "tiny_part1/data/small.json": SMALL,
            },
            "tiny-part2": {"tiny_part2/data/part2.bin": second},
        }
        for package, files in contents.items():
            wheel = write_wheel(root / package, package, files)
            link = (
                f'<!DOCTYPE html><html><body><a href="{wheel.name}">{wheel.name}</a></body></html>'
            )
            (root / package / "index.html").write_text(link)
        return root

    return build


ROUNDED = bytes(reversed(range(256))) * 900


@pytest.fixture
def offered(tmp_path: Path, hub_server: FakeHub) -> ModelStore:
    """A store with one model whose size is only known rounded; the hub has it."""
    hub_server.files["/someone/better/resolve/main/better.gguf"] = ROUNDED
    hub = HubFile("someone/better", "better.gguf")
    file = ModelFile("model.gguf", 200_000, sha(ROUNDED), hub, about=True)
    offer = Offer(20, 2, 1, 4096, 2, False, ("speed",), "qwen3")
    better = Model("better", "Better", "dialogue", "MIT", "nobody", 1, 1, False, (file,), offer)
    return ModelStore(tmp_path / "models", Catalog((better,)))
