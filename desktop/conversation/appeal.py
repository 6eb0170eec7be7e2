"""Calling a decision wrong: a quiet button at the answer, a word why, and that it is kept."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from agent.memory.appeals import MOST_WORDS
from desktop import theme
from desktop.session import intents
from desktop.session.chat import ShownTurn
from desktop.widgets.flow import FlowLayout
from desktop.widgets.labels import label
from desktop.widgets.small_button import small_button


class AppealBar(QWidget):
    """Hidden where nothing was decided of an answer. `wished` carries an `intents.Appeal`."""

    wished = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._turn: ShownTurn | None = None
        self._form: AppealForm | None = None
        self.wrong = small_button("hand", self.tr("This was wrong…"))
        self.wrong.setAccessibleDescription(self.tr("Say that this decision was wrong"))
        self.wrong.setProperty("edge", "true")
        self.wrong.clicked.connect(self.open)
        self._marked = QLabel(self.tr("You marked this decision as wrong."))
        self._marked.setProperty("kind", "caption")
        self.back = small_button("rotate-ccw", self.tr("Take back"))
        self.back.clicked.connect(self._take_back)
        row = FlowLayout(theme.gap(2))
        for part in (self.wrong, self._marked, self.back):
            row.addWidget(part)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.gap(2))
        column.addLayout(row)
        self.hide()

    def show_turn(self, turn: ShownTurn) -> None:
        """Offer it, or say that it was done."""
        self._turn = turn
        self.setVisible(turn.appealable)
        if turn.appealed:
            self._leave()
        self._offer()

    def stops(self) -> list[QWidget]:
        """What Tab visits, in reading order."""
        if self._turn is None or not self._turn.appealable:
            return []
        if self._form is not None:
            return self._form.stops()
        return [self.back if self._turn.appealed else self.wrong]

    def open(self) -> None:
        """Ask for a word why, which need not be given."""
        if self._turn is None or not self._turn.appealable or self._turn.appealed:
            return
        if self._form is None:
            self._form = AppealForm(self)
            self._form.left.connect(self._cancel)
            self._form.given.connect(self._give)
            self._column.addWidget(self._form)
            self._offer()
        self._form.words.setFocus()

    def _offer(self) -> None:
        marked = self._turn is not None and self._turn.appealed
        self.wrong.setVisible(not marked and self._form is None)
        self._marked.setVisible(marked)
        self.back.setVisible(marked)

    def _give(self, words: str, may_train: bool) -> None:
        self._leave()
        if self._turn is not None:
            self.wished.emit(intents.Appeal(self._turn.id, True, words, may_train))

    def _take_back(self) -> None:
        if self._turn is not None:
            self.wished.emit(intents.Appeal(self._turn.id, False))

    def _cancel(self) -> None:
        self._leave()
        self.wrong.setFocus()

    def _leave(self) -> None:
        if self._form is not None:
            self._form.hide()
            self._form.deleteLater()
            self._form = None
            self._offer()


class AppealForm(QFrame):
    """`given` carries the words, which may be empty, and whether they may be learned from."""

    given = Signal(str, bool)
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("kind", "raised")
        self.words = QLineEdit(maxLength=MOST_WORDS)
        self.words.setPlaceholderText(self.tr("For example: I only asked about a recipe"))
        self.words.setAccessibleName(self.tr("Why it was wrong; you need not say"))
        self.train = QCheckBox(self.tr("May be used when the safety classifier is trained"))
        self.keep = QPushButton(self.tr("Mark as wrong"))
        self.keep.setProperty("kind", "primary")
        self.keep.clicked.connect(self._give)
        self.leave = QPushButton(self.tr("Cancel"))
        self.leave.clicked.connect(self.left)
        row = QHBoxLayout()
        row.setSpacing(theme.gap(2))
        row.addWidget(self.keep)
        row.addWidget(self.leave)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.gap(3), theme.gap(3), theme.gap(3), theme.gap(3))
        column.setSpacing(theme.gap(2))
        column.addWidget(label(self.tr("What was wrong about this decision?"), "strong"))
        column.addWidget(self.words)
        column.addWidget(self.train)
        stays = self.tr("It stays on this computer with this chat, and is deleted with it.")
        column.addWidget(label(stays, "caption"))
        column.addLayout(row)

    def stops(self) -> list[QWidget]:
        """What Tab visits, in reading order."""
        return [self.words, self.train, self.keep, self.leave]

    def event(self, event: QEvent) -> bool:
        """Escape is this form's, and not the window's, while one writes in it."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and event.key() == Qt.Key.Key_Escape
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Escape leaves it, Enter keeps it."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._give()
        else:
            super().keyPressEvent(event)

    def _give(self) -> None:
        self.given.emit(self.words.text().strip(), self.train.isChecked())
