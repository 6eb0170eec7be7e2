"""A picture as large as the screen has room for, to be looked at and copied, its text too."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.inspector.picture import Picture
from desktop.widgets import icons
from desktop.widgets.plain_text import clean
from perception.types import Scene

_TEXT_UNITS = 24


class PictureViewer(QDialog):
    """Shows one picture with what was recognised in it; Escape closes it."""

    def __init__(self, image: QImage, scene: Scene | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Picture"))
        self._image = image
        self.picture = Picture()
        self.picture.show_image(image, scene)
        self.copy = QPushButton(icons.icon("copy"), self.tr("Copy picture"))
        self.copy.setAutoDefault(False)
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setImage(self._image))
        self.text = self._read(scene)
        self.copy_text = QPushButton(icons.icon("type"), self.tr("Copy all text"))
        self.copy_text.setAutoDefault(False)
        self.copy_text.clicked.connect(
            lambda: QGuiApplication.clipboard().setText(self.text.toPlainText())
        )
        close = QPushButton(self.tr("Close"))
        close.setProperty("kind", "primary")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addWidget(self.copy)
        foot.addWidget(self.copy_text)
        foot.addStretch(1)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.gap(4), theme.gap(4), theme.gap(4), theme.gap(4))
        column.setSpacing(theme.gap(3))
        column.addWidget(self.picture, 1)
        column.addWidget(self.text)
        for part in (self.text, self.copy_text):
            part.setVisible(bool(self.text.toPlainText()))
        column.addLayout(foot)
        room = self.screen().availableSize() * 0.9
        around = QSize(theme.gap(8), theme.gap(11) + theme.target())
        wanted = image.size().scaled(room - around, Qt.AspectRatioMode.KeepAspectRatio) + around
        self.resize(wanted)

    def _read(self, scene: Scene | None) -> QPlainTextEdit:
        """What was read in the picture, a line each, to be selected."""
        lines = [item.label for item in (*scene.texts, *scene.codes)] if scene is not None else []
        text = QPlainTextEdit(clean("\n".join(lines)))
        text.setReadOnly(True)
        text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        text.setTabChangesFocus(True)
        text.setAccessibleName(self.tr("Text in the picture"))
        text.setMaximumHeight(theme.glyph(_TEXT_UNITS))
        return text
