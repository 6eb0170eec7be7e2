"""A picture as large as the screen has room for, to be looked at and copied."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop import theme
from desktop.inspector.picture import Picture
from desktop.widgets import icons
from desktop.widgets.dialog import Dialog
from perception.types import Scene


class PictureViewer(Dialog):
    """Shows one picture with what was recognised in it; Escape closes it."""

    def __init__(self, image: QImage, scene: Scene | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Picture"))
        self._image = image
        self.picture = Picture()
        # It takes the room that there is: the buttons below stand whole.
        expanding = QSizePolicy.Policy.Expanding
        self.picture.setSizePolicy(expanding, expanding)
        self.picture.show_image(image, scene)
        self.copy = QPushButton(icons.icon("copy"), self.tr("Copy picture"))
        self.copy.setAutoDefault(False)
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setImage(self._image))
        close = QPushButton(self.tr("Close"))
        close.setProperty("kind", "primary")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addWidget(self.copy)
        foot.addStretch(1)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.gap(4), theme.gap(4), theme.gap(4), theme.gap(4))
        column.setSpacing(theme.gap(3))
        column.addWidget(self.picture, 1)
        column.addLayout(foot)
        room = self.screen().availableSize() * 0.9
        around = QSize(theme.gap(8), theme.gap(11) + theme.target())
        wanted = image.size().scaled(room - around, Qt.AspectRatioMode.KeepAspectRatio) + around
        self.resize(wanted)
