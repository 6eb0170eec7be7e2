"""One model of the first page: what it is for, its name, licence, size and whether it is here."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from agent.models.catalog import Model
from desktop import theme
from desktop.widgets import quantities
from desktop.widgets.glyph import Glyph
from desktop.widgets.labels import label

_GLYPHS = {
    "dialogue": "message-circle",
    "hearing": "ear",
    "voice activity": "mic",
    "end of turn": "clock",
    "faces": "user",
    "picture tags": "tag",
    "embedding": "shield-check",
}


def task_name(task: str) -> str:
    """What a model is for, in words."""
    translate = QCoreApplication.translate
    names = {
        "dialogue": translate("Models", "Answering"),
        "hearing": translate("Models", "Understanding speech"),
        "voice activity": translate("Models", "Noticing a voice"),
        "end of turn": translate("Models", "Knowing when you are done"),
        "faces": translate("Models", "Noticing people"),
        "picture tags": translate("Models", "Naming what is in a picture"),
        "embedding": translate("Models", "Comparing meanings"),
        "voice": translate("Models", "Speaking"),
        "reading": translate("Models", "Reading text in pictures"),
        "objects": translate("Models", "Recognising everyday things"),
    }
    return names.get(task, task)


class ModelRow(QWidget):
    """Shows a model. A tick and a word say that it is here, an arrow that it is being fetched."""

    def __init__(self, model: Model, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._here = False
        self._mark = Glyph("", "accent")
        self._state = label(kind="caption", wrap=False)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(task_name(model.task)))
        words.addWidget(label(f"{model.title} · {model.publisher} · {model.licence}", "caption"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.gap(3))
        row.addWidget(Glyph(_GLYPHS.get(model.task, "box"), units=5))
        row.addLayout(words, 1)
        row.addWidget(self._mark)
        row.addWidget(self._state)
        self.set_here(False)

    @property
    def here(self) -> bool:
        """Whether the model is shown as present."""
        return self._here

    def set_here(self, here: bool) -> None:
        """Whether the model is on this machine."""
        self._here = here
        self._show(moving=False)

    def set_moving(self, moving: bool) -> None:
        """Whether the model is being fetched now."""
        self._show(moving=moving)

    def _show(self, *, moving: bool) -> None:
        translate = QCoreApplication.translate
        size = quantities.size(self._model.size)
        glyph = "check" if self._here else "download" if moving else ""
        self._mark.set_name(glyph, "accent")
        self._mark.setVisible(bool(glyph))
        here = translate("Models", "Downloaded")
        self._state.setText(f"{here} · {size}" if self._here else size)
        self.setAccessibleName(f"{task_name(self._model.task)}, {self._state.text()}")
