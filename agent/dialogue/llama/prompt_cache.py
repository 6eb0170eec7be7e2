"""The cache of a system prompt, kept on disk: the first answer after a start need not wait.

Only what holds no word of the user is kept. llama.cpp aborts on a damaged file, so a file's name
carries its own SHA-256, checked before it is read.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
import weakref
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

from perception.leftovers import owned_prefix
from perception.replaced import put_in_place

Post = Callable[[str, dict[str, Any]], dict[str, Any]]
_MOST_FILES = 4


class PromptCache:
    """Saved prompts of one model. Without a folder it saves nothing."""

    def __init__(self, folder: Path | None, files: tuple[Path | None, ...], context: int) -> None:
        """`files` are those that the cache depends on: weights and adapter."""
        self._lasting = folder is not None
        self.folder = folder or Path(tempfile.mkdtemp(prefix=owned_prefix()))
        if folder is None:
            self._remove = weakref.finalize(self, shutil.rmtree, self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        identity = [version("xllamacpp"), str(context)]
        for file in filter(None, files):
            facts = file.stat()
            identity += [str(file.resolve()), str(facts.st_size), str(facts.st_mtime_ns)]
        self._identity = "\n".join(identity)
        self.fresh = self._lasting
        """Whether a prompt may still be restored: the slot is empty."""

    def restore(self, prompt: list[int], post: Post) -> bool:
        """Whether this prompt is now in the slot; to be called once, while the slot is empty."""
        self.fresh = False
        for file in self.folder.glob(f"{self._name(prompt)}-*.slot"):
            if file.is_symlink() or not file.is_file():
                continue
            if file.stem.rpartition("-")[2] == _digest(file):
                post("/slots/0?action=restore", {"filename": file.name})
                file.touch()
                return True
            file.unlink()
        return False

    def save(self, prompt: list[int], post: Post) -> None:
        """Keep what is in the slot as the cache of `prompt`."""
        name = self._name(prompt)
        if not self._lasting or any(self.folder.glob(f"{name}-*.slot")):
            return
        draft = self.folder / f"{name}.part"
        post("/slots/0?action=save", {"filename": draft.name})
        put_in_place(draft, self.folder / f"{name}-{_digest(draft)}.slot")
        files = sorted(self.folder.glob("*.slot"), key=lambda file: file.stat().st_mtime)
        for file in files[:-_MOST_FILES]:
            file.unlink()

    def _name(self, prompt: list[int]) -> str:
        return hashlib.sha256(f"{self._identity}\n{prompt}".encode()).hexdigest()[:24]


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
