"""What tests of the window do and look for."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.conversation.text.view import TextView
from desktop.conversation.turn_view import TurnView
from desktop.session.pictures import encode
from desktop.window.main import Window


def ask(window: Window, text: str) -> None:
    window.parts.middle.composer.set_draft(text)
    window.parts.middle.composer.send()


def texts(widget: QWidget) -> str:
    return "\n".join(view.toPlainText() for view in widget.findChildren(TextView))


def button(widget: QWidget, name: str) -> QPushButton:
    found = [b for b in widget.findChildren(QPushButton) if name in (b.accessibleName(), b.text())]
    assert found, f"no button {name}"
    return found[-1]


def newest(window: Window) -> TurnView:
    newest = window.session.transcript.newest
    assert newest is not None
    view = window.parts.middle.transcript.view_of(newest.id)
    assert view is not None
    return view


def picture() -> bytes:
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    return encode(image)
