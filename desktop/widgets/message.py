"""An inline message: what happened in a sentence, and what to do next as a button."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop import theme
from desktop.widgets.flow import FlowLayout
from desktop.widgets.plain_text import short


class InlineMessage(QFrame):
    """An inline message. `steps` are the names of buttons with what they do."""

    def __init__(
        self,
        message: str,
        hint: str,
        steps: Sequence[tuple[str, Callable[[], None]]] = (),
        *,
        failure: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "error" if failure else "note")
        self.setAccessibleName(short(" ".join(filter(None, (message, hint)))))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.gap(3), theme.gap(), 0, theme.gap())
        column.setSpacing(theme.gap())
        column.addWidget(_label(message, ""))
        if hint:
            column.addWidget(_label(hint, "muted"))
        self.buttons = list[QPushButton]()
        if steps:
            row = FlowLayout(theme.gap(2))
            for name, do in steps:
                button = QPushButton(name)
                button.setProperty("kind", "chip")
                button.clicked.connect(lambda _=False, do=do: do())
                row.addWidget(button)
                self.buttons.append(button)
            column.addLayout(row)


def _label(text: str, kind: str) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setText(short(text))
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if kind:
        label.setProperty("kind", kind)
    return label
