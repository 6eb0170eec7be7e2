"""A picture as large as the screen has room for: its text can be selected, both can be copied."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop import theme
from desktop.inspector.readable_picture import ReadablePicture
from desktop.widgets import icons
from desktop.widgets.announcing import announce
from desktop.widgets.dialog import Dialog
from desktop.widgets.flow import FlowLayout
from desktop.widgets.labels import label
from perception.types import Scene


class PictureViewer(Dialog):
    """Shows one picture with what was recognised in it; Escape closes it."""

    def __init__(self, image: QImage, scene: Scene | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Picture"))
        self._image = image
        self.picture = ReadablePicture()
        # It takes the room that there is: the buttons below stand whole.
        expanding = QSizePolicy.Policy.Expanding
        self.picture.setSizePolicy(expanding, expanding)
        self.picture.show_image(image, scene)
        self.picture.selected.connect(self._follow)
        self.state = label(self._invitation(scene), "caption")
        self.copy_selected = self._button("copy", self.tr("Copy selection"), self._take_selected)
        self.copy_text = self._button("type", self.tr("Copy all text"), self._take_text)
        self.copy = self._button("image", self.tr("Copy picture"), self._take_picture)
        close = QPushButton(self.tr("Close"))
        close.setProperty("kind", "primary")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        foot = FlowLayout(theme.gap(2))
        for button in (self.copy_selected, self.copy_text, self.copy, close):
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.gap(4), theme.gap(4), theme.gap(4), theme.gap(4))
        column.setSpacing(theme.gap(3))
        column.addWidget(self.picture, 1)
        column.addWidget(self.state)
        column.addLayout(foot)
        room = self.screen().availableSize() * 0.9
        around = QSize(theme.gap(8), theme.gap(18) + theme.target())
        wanted = image.size().scaled(room - around, Qt.AspectRatioMode.KeepAspectRatio) + around
        self.resize(wanted.expandedTo(QSize(theme.gap(110), theme.gap(60))).boundedTo(room))
        self._follow()
        if self.picture.layer.lines:
            self.picture.setFocus()

    def _button(self, icon: str, name: str, do: Callable[[], None]) -> QPushButton:
        button = QPushButton(icons.icon(icon), name)
        button.setAutoDefault(False)
        button.clicked.connect(do)
        return button

    def _invitation(self, scene: Scene | None) -> str:
        if scene is None:
            return self.tr("Not looked at yet: ask about the picture, then its text is here.")
        if not self.picture.layer.lines:
            return self.tr("No text was found in this picture.")
        return self.tr("Drag over text to select it, or use Shift with the arrow keys.")

    def _follow(self) -> None:
        self.copy_selected.setEnabled(bool(self.picture.layer.selected))
        self.copy_text.setEnabled(bool(self.picture.layer.lines))

    def _take_selected(self) -> None:
        if self.picture.copy():
            self._say(self.tr("Copied."))

    def _take_text(self) -> None:
        QGuiApplication.clipboard().setText(self.picture.layer.text)
        lines = len(self.picture.layer.lines)
        self._say(self.tr("Text copied: {n} lines.").format(n=lines))

    def _take_picture(self) -> None:
        QGuiApplication.clipboard().setImage(self._image)
        self._say(self.tr("Picture copied."))

    def _say(self, words: str) -> None:
        self.state.setText(words)
        announce(self, words)
