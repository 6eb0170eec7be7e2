"""Adapters of the dialogue model: where they lie, where they came from, which one is on.

A folder `<name>/` each, with the LoRA matrices as peft keeps them, the same as GGUF for llama.cpp,
and `about.json`. `on.json` has, for each base, the names that were switched on, the last one now.
Nothing is believed: a file that changed, another base or another prompt format is refused.
"""

from __future__ import annotations

import hashlib
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from perception.types import UserError

ABOUT = "about.json"
GGUF = "adapter.gguf"
_ON = "on.json"
_NAME = re.compile(r"[\w][\w.-]{0,63}")


class Measured(msgspec.Struct, frozen=True):
    """What one measure said before and after; higher is better unless `lower_is_better`."""

    name: str
    before: float
    after: float
    lower_is_better: bool = False
    guarded: bool = False
    """Whether getting worse here keeps the adapter off."""
    allowed: float = 0.0
    """How much worse counts as the same."""

    @property
    def worse(self) -> bool:
        """Whether it got worse by more than is allowed."""
        step = self.after - self.before
        return (step if self.lower_is_better else -step) > self.allowed


class About(msgspec.Struct, frozen=True):
    """Where an adapter came from. Hashes are SHA-256; `files` are the folder's by name."""

    name: str
    base: str
    base_hash: str
    prompt_version: int
    kind: str = "lora"
    made: str = ""
    data_hash: str = ""
    examples: int = 0
    tokens: int = 0
    seconds: float = 0.0
    settings: dict[str, Any] = {}
    measured: tuple[Measured, ...] = ()
    files: dict[str, str] = {}

    def worse(self) -> tuple[Measured, ...]:
        """The guarded measures that got worse."""
        return tuple(each for each in self.measured if each.guarded and each.worse)


@dataclass(frozen=True, slots=True)
class Adapter:
    """An adapter on disk. `problem` says in a sentence why it cannot be used, or is empty."""

    folder: Path
    about: About
    problem: str = ""


def identity(base: Path) -> str:
    """What a base model is known by: a digest of its weight files' sizes, heads and tails.

    `base` is a file or a folder. Reading gigabytes at each start would cost seconds.
    """
    files = [base] if base.is_file() else sorted(base.glob("*.gguf"))
    files = files or sorted(
        [*base.glob("*.safetensors"), *base.glob("model.bin"), *base.glob("config.json")]
    )
    digest = hashlib.sha256()
    for file in files:
        size = file.stat().st_size
        with file.open("rb") as stream:
            head = stream.read(1 << 20)
            stream.seek(max(0, size - (1 << 20)))
            digest.update(f"{size} ".encode() + head + stream.read())
    return digest.hexdigest()


def file_hash(file: Path) -> str:
    """The SHA-256 of a file."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


class Adapters:
    """The adapters in one folder. `prompt_version` is that of this program."""

    def __init__(self, root: Path, prompt_version: int) -> None:
        self._root, self._version = root, prompt_version

    def all(self) -> list[Adapter]:
        """Every adapter, by name; a broken one with its problem."""
        folders = sorted(self._root.iterdir()) if self._root.is_dir() else []
        return [self._read(f) for f in folders if f.is_dir() and not f.name.endswith(".part")]

    def find(self, name: str) -> Adapter:
        """The adapter of this name; UserError where there is none."""
        found = {adapter.folder.name: adapter for adapter in self.all()}
        if name not in found:
            known = ", ".join(found) or "none yet"
            raise UserError(f"There is no adapter called {name}.", f"There are: {known}.")
        return found[name]

    def add(self, source: Path, about: About) -> Adapter:
        """Take over the files of `source` under `about.name`, whole or not at all.

        UserError where the name is taken or is no file name.
        """
        self.check_free(about.name)
        target, draft = self._root / about.name, self._root / f"{about.name}.part"
        shutil.rmtree(draft, ignore_errors=True)
        shutil.copytree(source, draft)
        files = sorted(f for f in draft.rglob("*") if f.is_file() and f.name != ABOUT)
        hashes = {f.relative_to(draft).as_posix(): file_hash(f) for f in files}
        about = msgspec.structs.replace(about, files=hashes)
        (draft / ABOUT).write_bytes(msgspec.json.format(msgspec.json.encode(about), indent=2))
        draft.rename(target)
        return self._read(target)

    def check_free(self, name: str) -> None:
        """UserError where the name is taken or is no file name."""
        if not _NAME.fullmatch(name):
            raise UserError(
                f"{name!r} cannot be an adapter's name.",
                "Use letters, digits, dots, dashes and underscores.",
            )
        if (self._root / name).exists():
            raise UserError(
                f"There is an adapter called {name} already.",
                "Choose another --name, or delete it: candor train delete.",
            )

    def delete(self, name: str) -> None:
        """Delete an adapter; where it is on, the one before it comes back."""
        folder = self.find(name).folder
        on = self._on()
        self._write_on({base: [n for n in names if n != name] for base, names in on.items()})
        shutil.rmtree(folder)

    def switch(self, name: str, base_hash: str, anyway: bool = False) -> Adapter:
        """Switch an adapter on for its base.

        UserError where it cannot be used, or where it is worse on safety or grounding than its
        base and the user has not said `anyway`.
        """
        adapter = self.find(name)
        if problem := adapter.problem or self._foreign(adapter.about, base_hash):
            raise UserError(f"The adapter {name} cannot be used: {problem}.", "The base goes on.")
        worse = adapter.about.worse()
        if worse and not anyway:
            told = "; ".join(f"{w.name} {w.before:.3f} before, {w.after:.3f} after" for w in worse)
            raise UserError(
                f"The adapter {name} is worse than its base: {told}.",
                "It stays off. If you want it nevertheless: candor train switch NAME --anyway",
            )
        on = self._on()
        on.setdefault(adapter.about.base, []).append(name)
        self._write_on(on)
        return adapter

    def back(self, base: str) -> str:
        """Go back to what was on before; its name, empty for the base alone."""
        on = self._on()
        names = on.get(base, [])
        if not names:
            raise UserError(f"No adapter is on for {base}.", "There is nothing to go back from.")
        names.pop()
        self._write_on(on)
        return names[-1] if names else ""

    def name_on(self, base: str) -> str:
        """The name of the adapter that is on for this base; empty for none."""
        names = self._on().get(base, [])
        return names[-1] if names else ""

    def on(self, base: str, base_hash: str) -> tuple[Adapter | None, str]:
        """The adapter that is on for this base, and a sentence for the user.

        One that cannot be used is refused with its reason; the base goes on.
        """
        name = self.name_on(base)
        if not name:
            return None, ""
        try:
            adapter = self.find(name)
        except UserError:
            return None, f"The adapter {name} is gone; the base answers."
        if problem := adapter.problem or self._foreign(adapter.about, base_hash):
            return None, f"The adapter {name} is not used: {problem}. The base answers."
        return adapter, f"With the adapter {name}."

    def _foreign(self, about: About, base_hash: str) -> str:
        if about.base_hash != base_hash:
            return f"it was made for another model ({about.base})"
        if about.kind != "voice" and about.prompt_version != self._version:
            return (
                f"it was trained for prompt format {about.prompt_version}, this is {self._version}"
            )
        return ""

    def _read(self, folder: Path) -> Adapter:
        try:
            about = msgspec.json.decode((folder / ABOUT).read_bytes(), type=About)
        except (OSError, msgspec.MsgspecError) as error:
            nothing = About(folder.name, "", "", 0)
            return Adapter(folder, nothing, f"its {ABOUT} cannot be read ({error})")
        for name, digest in about.files.items():
            file = folder / name
            if not file.is_file():
                return Adapter(folder, about, f"its file {name} is missing")
            if file_hash(file) != digest:
                return Adapter(folder, about, f"its file {name} is not as it was made")
        return Adapter(folder, about, "" if about.files else "it has no files")

    def _on(self) -> dict[str, list[str]]:
        file = self._root / _ON
        if not file.exists():
            return {}
        try:
            return msgspec.json.decode(file.read_bytes(), type=dict[str, list[str]])
        except (OSError, msgspec.MsgspecError) as error:
            raise UserError(
                f"{file} cannot be read: {error}.", "Delete it; then no adapter is on."
            ) from error

    def _write_on(self, on: dict[str, list[str]]) -> None:
        self._root.mkdir(parents=True, exist_ok=True)
        draft = self._root / f"{_ON}.part"
        draft.write_bytes(msgspec.json.encode(on))
        draft.replace(self._root / _ON)
