"""What can be done with an answer: the quiet buttons under it."""

from __future__ import annotations

from typing import TypeAlias

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from agent.spoken_commands import to_spell
from desktop import icons, theme, wishes
from desktop.chat import Turn
from desktop.flow import FlowLayout
from desktop.smallbutton import small_button

_COPIED_MS = 2000
_PACE = 0.2
_OfTurn: TypeAlias = wishes.Explain | wishes.SpeakAgain | wishes.Regenerate | wishes.Spell


class AnswerActions(QWidget):
    """`wished` carries a `wishes.Wish`."""

    wished = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._turn: Turn | None = None
        row = FlowLayout(theme.gap(), self)
        why = small_button("circle-help", self.tr("Why?"))
        why.setAccessibleName(self.tr("Why this answer?"))
        self._copy = small_button("copy", self.tr("Copy"))
        self._copy.setAccessibleName(self.tr("Copy this answer"))
        again = small_button("volume-2", self.tr("Say again"))
        self._other = _menu_button(self.tr("Say it in another way"))
        anew = small_button("refresh-cw", self.tr("Regenerate"))
        self.buttons = (why, self._copy, again, self._other, anew)
        for button in self.buttons:
            row.addWidget(button)
        why.clicked.connect(lambda: self._wish(wishes.Explain))
        self._copy.clicked.connect(self._take)
        again.clicked.connect(lambda: self._wish(wishes.SpeakAgain))
        self._other.setMenu(self._ways())
        anew.clicked.connect(lambda: self._wish(wishes.Regenerate))

    def show_turn(self, turn: Turn) -> None:
        """What can be done with this answer."""
        self._turn = turn
        self.setVisible(turn.ended is not None and bool(turn.answer))

    def _ways(self) -> QMenu:
        menu = QMenu(self)
        slower, faster = self.tr("Say it slower"), self.tr("Say it faster")
        menu.addAction(slower, lambda: self._pace(-_PACE))
        menu.addAction(faster, lambda: self._pace(_PACE))
        self._spell = menu.addAction("", lambda: self._wish(wishes.Spell))
        menu.aboutToShow.connect(self._name_spell)
        return menu

    def _name_spell(self) -> None:
        word = to_spell(self._turn.answer) if self._turn is not None else ""
        self._spell.setText(self.tr("Spell “{word}”").format(word=word))
        self._spell.setVisible(bool(word))

    def _pace(self, by: float) -> None:
        if self._turn is not None:
            self.wished.emit(wishes.Pace(self._turn.id, by))

    def _wish(self, kind: type[_OfTurn]) -> None:
        if self._turn is not None:
            self.wished.emit(kind(self._turn.id))

    def _take(self) -> None:
        if self._turn is None:
            return
        QGuiApplication.clipboard().setText(self._turn.answer)
        self._copy.setText(self.tr("Copied"))
        self._copy.setIcon(icons.icon("check", "muted"))
        QTimer.singleShot(_COPIED_MS, self, self._restore)

    def _restore(self) -> None:
        self._copy.setText(self.tr("Copy"))
        self._copy.setIcon(icons.icon("copy", "muted"))


def _menu_button(name: str) -> QPushButton:
    button = small_button("chevron-down", "")
    button.setProperty("alone", "true")
    button.setAccessibleName(name)
    button.setToolTip(name)
    return button
