"""What can be done with an answer: the quiet buttons under it."""

from __future__ import annotations

from typing import TypeAlias

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from agent.memory.history import PRIVATE
from agent.speech.command_phrases import to_spell
from desktop import theme
from desktop.session import intents
from desktop.session.chat import ShownTurn
from desktop.widgets import icons
from desktop.widgets.announcing import announce
from desktop.widgets.flow import FlowLayout
from desktop.widgets.plain_text import on_button, short
from desktop.widgets.roving import RovingFocus
from desktop.widgets.small_button import QuietButton, icon_button, small_button

_COPIED_MS = 2000
_ASKED = 40
"""So much of the question is in the names of the buttons."""
_PACE = 0.2
_OfTurn: TypeAlias = intents.Explain | intents.SpeakAgain | intents.Regenerate | intents.Spell


class AnswerActions(QWidget):
    """`wished` carries a `wishes.Wish`.

    The row of an older answer is drawn while the pointer or the focus is there; its room is kept.
    """

    wished = Signal(object)
    correct_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._turn: ShownTurn | None = None
        row = FlowLayout(theme.gap(), self)
        why = small_button("circle-help", self.tr("Why?"))
        why.setAccessibleName(self.tr("Why this answer?"))
        why.setProperty("edge", "true")
        self._copy = small_button("copy", self.tr("Copy"))
        self._copy.setAccessibleName(self.tr("Copy this answer"))
        again = icon_button("volume-2", self.tr("Say again"))
        self._other = icon_button("chevron-down", self.tr("Say it in another way"))
        anew = icon_button("refresh-cw", self.tr("Regenerate"))
        self.good = _mark("thumbs-up", self.tr("Good answer"))
        self.bad = _mark("thumbs-down", self.tr("Bad answer"))
        self.right = _mark("square-pen", self.tr("Correct this answer"))
        marks = (self.good, self.bad, self.right)
        self.buttons = (why, self._copy, again, self._other, anew, *marks)
        self._names = [button.accessibleName() or button.text() for button in self.buttons]
        self._roving = RovingFocus(self.buttons, self)
        for button in self.buttons:
            row.addWidget(button)
            button.installEventFilter(self)
        self._newest = self._pointed = True
        kept = self.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self.setSizePolicy(kept)
        why.clicked.connect(lambda: self._wish(intents.Explain))
        self._copy.clicked.connect(self._take)
        again.clicked.connect(lambda: self._wish(intents.SpeakAgain))
        self._other.setMenu(self._ways())
        anew.clicked.connect(lambda: self._wish(intents.Regenerate))
        self.good.clicked.connect(lambda on: self._rate(True if on else None))
        self.bad.clicked.connect(lambda on: self._rate(False if on else None))
        self.right.clicked.connect(self._correct)

    def stops(self) -> list[QWidget]:
        """What Tab visits: the row is one stop, arrow keys go on inside."""
        return [self._roving.stop]

    def show_turn(self, turn: ShownTurn) -> None:
        """What can be done with this answer."""
        self._turn = turn
        self._name_buttons(turn)
        self.setVisible(turn.ended is not None and bool(turn.answer))
        # What is shown is what is kept: a press alone does not mark, until the user has agreed.
        self.good.setChecked(turn.good is True)
        self.bad.setChecked(turn.good is False)
        self.right.setChecked(bool(turn.corrected))
        for mark in (self.good, self.bad, self.right):
            mark.setVisible(turn.chat != PRIVATE)  # of a private chat nothing is kept
        corrected, wrong = self.tr("Corrected: change it"), self.tr("Correct this answer")
        self.right.setToolTip(corrected if turn.corrected else wrong)
        self.right.setAccessibleName(self._named(self.right.toolTip(), turn))

    def _name_buttons(self, turn: ShownTurn) -> None:
        for button, name in zip(self.buttons, self._names, strict=True):
            button.setAccessibleName(self._named(name, turn))

    def _named(self, name: str, turn: ShownTurn) -> str:
        """The name with the question, for a screen reader meets many such rows."""
        asked = " ".join(short(turn.asked, _ASKED).split())
        return self.tr("{name} (to “{question}”)").format(name=name, question=asked)

    def set_newest(self, newest: bool) -> None:
        """Whether it belongs to the newest answer, whose row is always drawn."""
        self._newest = newest
        self._show_or_hush()

    def set_pointed(self, pointed: bool) -> None:
        """Whether the pointer is on this turn."""
        self._pointed = pointed
        self._show_or_hush()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """The focus in one of the buttons shows them all."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            QTimer.singleShot(0, self, self._show_or_hush)
        return super().eventFilter(watched, event)

    def _show_or_hush(self) -> None:
        focused = any(button.hasFocus() for button in self.buttons)
        shown = (
            self._newest or self._pointed or focused or theme.current().tokens.name == "contrast"
        )
        for button in self.buttons:
            button.set_hushed(not shown)

    def _correct(self) -> None:
        self.right.setChecked(self._turn is not None and bool(self._turn.corrected))
        self.correct_wanted.emit()

    def _rate(self, good: bool | None) -> None:
        if self._turn is not None:
            self.wished.emit(intents.Rate(self._turn.id, good))
            self.show_turn(self._turn)

    def _ways(self) -> QMenu:
        menu = QMenu(self)
        slower, faster = self.tr("Say it slower"), self.tr("Say it faster")
        menu.addAction(slower, lambda: self._pace(-_PACE))
        menu.addAction(faster, lambda: self._pace(_PACE))
        self._spell = menu.addAction("", lambda: self._wish(intents.Spell))
        menu.aboutToShow.connect(self._name_spell)
        return menu

    def _name_spell(self) -> None:
        word = to_spell(self._turn.answer) if self._turn is not None else ""
        self._spell.setText(on_button(self.tr("Spell “{word}”").format(word=word)))
        self._spell.setVisible(bool(word))

    def _pace(self, by: float) -> None:
        if self._turn is not None:
            self.wished.emit(intents.Pace(self._turn.id, by))

    def _wish(self, kind: type[_OfTurn]) -> None:
        if self._turn is not None:
            self.wished.emit(kind(self._turn.id))

    def _take(self) -> None:
        if self._turn is None:
            return
        QGuiApplication.clipboard().setText(self._turn.answer)
        self._copy.setText(self.tr("Copied"))
        self._copy.setIcon(icons.icon("check", "muted"))
        announce(self, self.tr("Copied."))
        QTimer.singleShot(_COPIED_MS, self, self._restore)

    def _restore(self) -> None:
        self._copy.setText(self.tr("Copy"))
        self._copy.setIcon(icons.icon("copy", "muted"))


def _mark(icon: str, name: str) -> QuietButton:
    button = icon_button(icon, name)
    button.setCheckable(True)
    return button
