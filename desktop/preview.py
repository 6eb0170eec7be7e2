"""The picture pane: what the camera sees, what was recognised in it, and how to see better."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from agent.types import Preview
from desktop import advice, icons, inview, outlines, sources, theme
from desktop.glyph import Glyph
from desktop.inview import Seen
from desktop.labels import label
from desktop.picture import Picture
from perception.types import Box, Scene, Where

_MOST_ROWS = 6


class PreviewPane(QWidget):
    """Shows pictures with scenes. `source_chosen` names a camera source, empty for off."""

    source_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scene: Scene | None = None
        self.picture = Picture()
        self.picture.chosen.connect(lambda seen: self._mark(seen.item.box))
        self.source = sources.SourceButton()
        self.source.chosen.connect(self.source_chosen)
        self.whole = QPushButton(self.tr("Whole picture"))
        self.whole.setProperty("kind", "small")
        self.whole.setIcon(icons.icon("image", "muted"))
        self.whole.clicked.connect(lambda: self._mark(None))
        self.off = _Off()
        self.off.pressed.connect(lambda: self.source_chosen.emit(sources.FIRST))
        self.advice = _Advice()
        self.heading = label(self.tr("In view"), "heading", wrap=False)
        self.summary = label(copy=True)
        self.items = self._list()
        self._lay_out()
        self.show_off()

    def show_preview(self, preview: Preview) -> None:
        """Show the camera's newest picture with the newest scene."""
        self.show_picture(preview.jpeg, preview.scene)

    def show_picture(self, data: bytes, scene: Scene | None = None) -> None:
        """Show an encoded picture; one that cannot be read leaves the old one."""
        image = QImage.fromData(data)
        if image.isNull():
            return
        self._turn(on=True)
        self.picture.show_image(image, scene)
        if scene is not None and scene != self._scene:
            self._tell(scene)
        self._scene = scene or self._scene

    def show_off(self) -> None:
        """Say that nothing is looked at."""
        self._scene = None
        self.picture.show_image(QImage(), None)
        self._mark(None)
        self._turn(on=False)

    def set_source(self, source: str) -> None:
        """Show which source is in use; empty is off."""
        self.source.set_source(source)
        if not source:
            self.show_off()

    def highlight(self, where: Where | None) -> None:
        """Enlarge the place where a piece of evidence was seen, or show all again."""
        self._mark(where.box if where else None)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() == Qt.Key.Key_Escape and self.picture.marked is not None:
            self._mark(None)
            return
        super().keyPressEvent(event)

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
        head.addWidget(label(self.tr("Picture"), "heading", wrap=False))
        head.addStretch(1)
        head.addWidget(self.whole)
        head.addWidget(self.source)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
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
        for part in (self.picture, self.heading, self.summary):
            part.setVisible(on)
        self.items.setVisible(on and self.items.count() > 0)
        self.advice.setVisible(on and bool(self.advice.text()))
        if on and not self.summary.text():
            self.summary.setText(self.tr("Looking…"))

    def _tell(self, scene: Scene) -> None:
        self.summary.setText(inview.summary(scene))
        self.advice.set_text(advice.in_language(scene.quality.advice))
        self.advice.setVisible(bool(scene.quality.advice))
        rows = list(inview.everything(scene))
        kept = [
            self.items.item(i).data(Qt.ItemDataRole.UserRole) for i in range(self.items.count())
        ]
        if [(s.kind, s.item.label) for s in kept] != [(s.kind, s.item.label) for s in rows]:
            self._fill(rows)
        else:
            for index, seen in enumerate(rows):
                self.items.item(index).setData(Qt.ItemDataRole.UserRole, seen)
        self.items.setVisible(bool(rows))

    def _fill(self, rows: list[Seen]) -> None:
        self.items.clear()
        for seen in rows:
            row = QListWidgetItem(icons.icon(inview.ICONS[seen.kind], "muted"), inview.row(seen))
            row.setData(Qt.ItemDataRole.UserRole, seen)
            row.setData(Qt.ItemDataRole.AccessibleTextRole, outlines.words(seen))
            row.setToolTip(outlines.words(seen))
            self.items.addItem(row)
        tall = self.items.sizeHintForRow(0) if rows else 0
        self.items.setFixedHeight(tall * min(len(rows), _MOST_ROWS) + theme.gap())

    def _enlarge(self, row: QListWidgetItem) -> None:
        seen = row.data(Qt.ItemDataRole.UserRole)
        self._mark(None if seen.kind == "tag" else seen.item.box)

    def _mark(self, box: Box | None) -> None:
        self.picture.mark(box)
        self.whole.setVisible(box is not None)
        if box is None:
            self.items.clearSelection()


class _Off(QFrame):
    """What stands in the picture's place while nothing is looked at."""

    pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "raised")
        self.button = QPushButton(self.tr("Turn the camera on"))
        self.button.setIcon(icons.icon("camera"))
        self.button.clicked.connect(self.pressed)
        title = label(self.tr("The camera is off"), wrap=False)
        why = label(
            self.tr(
                "Turn it on to ask about what you hold up to it. Pictures stay on this machine."
            ),
            "caption",
        )
        for text in (title, why):
            text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.gap(4), theme.gap(5), theme.gap(4), theme.gap(5))
        column.setSpacing(theme.gap(2))
        column.addWidget(Glyph("camera-off", units=8), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(title)
        column.addWidget(why)
        column.addSpacing(theme.gap())
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)


class _Advice(QFrame):
    """How to aim or light better."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "note")
        self._words = label(kind="warn")
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.gap(3), theme.gap(), 0, theme.gap())
        row.addWidget(self._words)

    def text(self) -> str:
        """The advice that is shown."""
        return self._words.text()

    def set_text(self, text: str) -> None:
        """Show another advice."""
        self._words.setText(text)
        self.setAccessibleName(text)
