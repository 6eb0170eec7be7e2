"""The picture pane: what the camera sees, what was recognised in it, and how to see better."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from agent.events import Preview
from desktop import theme
from desktop.i18n.messages import message
from desktop.inspector import in_view, outlines, sources
from desktop.inspector.camera_off import AdviceNote, CameraOff
from desktop.inspector.in_view import SeenItem
from desktop.inspector.picture import Picture
from desktop.inspector.viewer import PictureViewer
from desktop.widgets import icons
from desktop.widgets.elided import Elided
from desktop.widgets.labels import label
from desktop.widgets.plain_text import tip
from desktop.widgets.small_button import icon_button
from perception.types import Box, Scene, Where

_MOST_ROWS = 6


class PreviewPane(QWidget):
    """Shows pictures with scenes. `source_chosen` names a camera source, empty for off.

    A still picture, which belongs to a question, stays until the user goes back to the camera.
    """

    source_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scene: Scene | None = None
        self._still = False
        self._live: Preview | None = None
        self.picture = Picture()
        self.picture.chosen.connect(lambda seen: self._mark(seen.item.box))
        self.source = sources.SourceButton()
        self.source.chosen.connect(self.source_chosen)
        self.whole = QPushButton()
        self.whole.setProperty("kind", "small")
        self.whole.setProperty("alone", "true")
        self.whole.clicked.connect(self._back)
        self.large = icon_button("eye", self.tr("View the picture large"))
        self.large.clicked.connect(self._view_large)
        self.off = CameraOff()
        self.off.pressed.connect(lambda: self.source_chosen.emit(sources.FIRST))
        self.advice = AdviceNote()
        self.heading = label(self.tr("In view"), "heading", wrap=False)
        self.summary = label(copy=True)
        self.items = self._list()
        self._lay_out()
        self.show_off()

    def show_preview(self, preview: Preview) -> None:
        """Show the camera's newest picture with the newest scene."""
        self._live = preview
        if not self._still:
            self._show(preview.jpeg, preview.scene)

    def show_picture(self, data: bytes, scene: Scene | None = None) -> None:
        """Hold on to an encoded picture; one that cannot be read leaves the old one."""
        if self._show(data, scene):
            self._still = True
            self._mark(None)
            if scene is None:
                self._forget_scene()

    def _forget_scene(self) -> None:
        """What was recognised belonged to another picture."""
        self._scene = None
        self.summary.clear()
        self.items.clear()
        self.advice.set_text("")
        for part in (self.heading, self.summary, self.items, self.advice):
            part.hide()

    def _show(self, data: bytes, scene: Scene | None) -> bool:
        image = QImage.fromData(data)
        if image.isNull():
            return False
        self._turn(on=True)
        self.picture.show_image(image, scene)
        if scene is not None and scene != self._scene:
            self._tell(scene)
        self._scene = scene or self._scene
        return True

    def show_off(self) -> None:
        """Say that nothing is looked at."""
        self._scene, self._still, self._live = None, False, None
        self.summary.clear()
        self.items.clear()
        self.advice.set_text("")
        self.picture.show_image(QImage(), None)
        self._mark(None)
        self._turn(on=False)

    def set_source(self, source: str) -> None:
        """Show which source is in use; empty is off."""
        self.source.set_source(source)
        if source:
            self._still = False
        else:
            self.show_off()

    @property
    def showing(self) -> bool:
        """Whether there is a picture."""
        return self.off.isHidden()

    def highlight(self, where: Where | None) -> None:
        """Enlarge the place where a piece of evidence was seen, or show all again."""
        self._mark(where.box if where else None)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() == Qt.Key.Key_Escape and self.whole.isVisible():
            self._back()
            return
        super().keyPressEvent(event)

    def _view_large(self) -> None:
        PictureViewer(self.picture.image, self._scene, self.window()).open()

    def _list(self) -> QListWidget:
        items = QListWidget()
        items.setAccessibleName(self.tr("What was recognised"))
        items.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        items.setTextElideMode(Qt.TextElideMode.ElideRight)
        items.setIconSize(QSize(theme.glyph(4), theme.glyph(4)))
        items.itemActivated.connect(self._enlarge)
        items.itemClicked.connect(self._enlarge)
        return items

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        title = Elided("heading")
        title.setText(self.tr("Picture"))
        head.addWidget(title, 1)
        head.addWidget(self.large)
        head.addWidget(self.whole)
        head.addWidget(self.source)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, theme.gap(3))
        column.setSpacing(theme.gap(2))
        column.addLayout(head)
        column.addWidget(self.picture)
        column.addWidget(self.off)
        column.addWidget(self.advice)
        column.addWidget(self.heading)
        column.addWidget(self.summary)
        column.addWidget(self.items)

    def _turn(self, *, on: bool) -> None:
        self.off.setVisible(not on)
        for part in (self.picture, self.large, self.heading, self.summary):
            part.setVisible(on)
        self.items.setVisible(on and self.items.count() > 0)
        self.advice.setVisible(on and bool(self.advice.text()))
        if on and not self.summary.text():
            self.summary.setText(self.tr("Looking…"))

    def _tell(self, scene: Scene) -> None:
        self.summary.setText(in_view.summary(scene))
        advice = scene.quality.advice
        self.advice.set_text(message(advice) if advice else "")
        self.advice.setVisible(advice is not None)
        rows = list(in_view.everything(scene))
        kept = [
            self.items.item(i).data(Qt.ItemDataRole.UserRole) for i in range(self.items.count())
        ]
        if [(s.kind, s.item.label) for s in kept] != [(s.kind, s.item.label) for s in rows]:
            self._fill(rows)
        else:
            for index, seen in enumerate(rows):
                self.items.item(index).setData(Qt.ItemDataRole.UserRole, seen)
        self.items.setVisible(bool(rows))

    def _fill(self, rows: list[SeenItem]) -> None:
        self.items.clear()
        for seen in rows:
            row = QListWidgetItem(icons.icon(in_view.ICONS[seen.kind], "muted"), in_view.row(seen))
            row.setData(Qt.ItemDataRole.UserRole, seen)
            row.setData(Qt.ItemDataRole.AccessibleTextRole, outlines.words(seen))
            row.setToolTip(tip(outlines.words(seen)))
            self.items.addItem(row)
        tall = self.items.sizeHintForRow(0) if rows else 0
        self.items.setFixedHeight(tall * min(len(rows), _MOST_ROWS) + theme.gap())

    def _enlarge(self, row: QListWidgetItem) -> None:
        seen = row.data(Qt.ItemDataRole.UserRole)
        self._mark(None if seen.kind == "tag" else seen.item.box)

    def _mark(self, box: Box | None) -> None:
        self.picture.mark(box)
        # An icon alone: words of changing length would push the panel's edge.
        if box is not None:
            icon, name = "image", self.tr("Whole picture")
        elif self.source.source:
            icon, name = "camera", self.tr("Back to the camera")
        else:
            icon, name = "x", self.tr("Close the picture")
        self.whole.setIcon(icons.icon(icon, "muted"))
        self.whole.setAccessibleName(name)
        self.whole.setToolTip(name)
        self.whole.setVisible(box is not None or self._still)
        if box is None:
            self.items.clearSelection()

    def _back(self) -> None:
        """From a place to the whole picture, from there to the camera."""
        if self.picture.marked is not None:
            self._mark(None)
            return
        self._still = False
        live = self._live if self.source.source else None
        if live is None:
            self.show_off()
        else:
            self._show(live.jpeg, live.scene)
            self._mark(None)
