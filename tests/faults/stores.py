"""A store with a catalogue of one small model, and the files that belong into it."""

from __future__ import annotations

import hashlib
from pathlib import Path

from agent.models.catalog import Catalog, Model, ModelFile
from agent.models.store import ModelStore

ID = "tiny"


def store_of(folder: Path, files: dict[str, bytes]) -> ModelStore:
    """A store in `folder`, empty as yet; its one model has these files."""
    entries = tuple(
        ModelFile(name, len(data), hashlib.sha256(data).hexdigest()) for name, data in files.items()
    )
    model = Model(ID, "Tiny", "dialogue", "MIT", "nobody", 1, 1, True, entries)
    return ModelStore(folder, Catalog((model,)))


def fill(folder: Path, files: dict[str, bytes]) -> Path:
    """Put the files where a store or bundle in `folder` has them."""
    place = folder / ID
    place.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (place / name).write_bytes(data)
    return place
