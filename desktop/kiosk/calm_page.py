"""A calm page of its own process, shown while the kiosk itself cannot start."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

from agent.settings import Settings
from desktop import theme
from desktop.widgets.labels import label
from perception.startup import start_private

_TEXTS = ("One moment, please. This screen is starting again.", "请稍候，屏幕正在重新启动。")
"""In all languages at once: whose turn it is, nobody knows here."""


class CalmPage(QWidget):
    """Full screen, without a way out; its owner ends the process."""

    def __init__(self, texts: Sequence[str] = _TEXTS) -> None:
        super().__init__()
        self.setProperty("kind", "page")
        self.setWindowFlags(Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setCursor(Qt.CursorShape.BlankCursor)
        column = QVBoxLayout(self)
        column.setSpacing(theme.gap(4))
        column.addStretch(1)
        for words in map(self._line, texts):
            column.addWidget(words)
        column.addStretch(1)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """No key does anything."""
        event.accept()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """It cannot be closed."""
        event.ignore()

    def _line(self, text: str) -> QLabel:
        words = label(text, kind="display")
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        return words


def show_calm_page() -> int:
    """Show it on every screen until the process is ended."""
    start_private()
    app = QApplication(sys.argv[:1])
    theme.apply(app, Settings(theme="dark", text_scale=2.0))
    pages = []
    for screen in app.screens():
        page = CalmPage()
        page.setGeometry(screen.geometry())
        page.showFullScreen()
        pages.append(page)
    return app.exec()


if __name__ == "__main__":
    sys.exit(show_calm_page())
