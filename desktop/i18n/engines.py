"""The names of engines in the user's language."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QCoreApplication


class Titled(Protocol):
    """Any kind of engine."""

    @property
    def name(self) -> str:
        """What settings call it."""
        ...

    @property
    def title(self) -> str:
        """Its name in plain English."""
        ...


def engine_title(engine: Titled) -> str:
    """The translated title; one that came later keeps its own."""
    translate = QCoreApplication.translate
    known = {
        "gguf": translate("Engines", "llama.cpp, for a CPU"),
        "local": translate("Engines", "PyTorch, for a graphics card"),
        "remote": translate("Engines", "Another server"),
        "whisper": translate("Engines", "Whisper, for a CPU"),
        "whisper_torch": translate("Engines", "Whisper, for a graphics card"),
    }
    return known.get(engine.name, engine.title)
