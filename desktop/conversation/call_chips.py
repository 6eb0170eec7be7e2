"""What the tools did in a turn: a few words a call, and a way to take it back or to agree to it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from agent.tools.sentences import IN_CHINESE, chip
from desktop import theme
from desktop.i18n import language
from desktop.session import intents
from desktop.session.chat import ShownTurn
from desktop.widgets.flow import FlowLayout
from desktop.widgets.labels import label


class CallChips(QWidget):
    """`wished` carries an intent."""

    wished = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._row = FlowLayout(theme.gap(2))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._row)
        self.buttons = list[QPushButton]()
        self._shown: object = None
        self.hide()

    def show_turn(self, turn: ShownTurn) -> None:
        """Show the calls of a turn; what was taken back says so."""
        state = (turn.calls, turn.undone)
        if state == self._shown:
            return
        self._shown = state
        self._clear()
        chinese = IN_CHINESE.get(language(), False)
        for call in turn.calls:
            text = chip(call.tool, call.code, call.result, chinese)
            self._row.addWidget(label(text, "caption"))
            if call.code == "clipboard_asks":
                wish = intents.UseClipboard(turn.id)
                self._button(self.tr("Put the clipboard into my message"), wish)
            elif call.code == "open_asks":
                self._button(self.tr("Open"), intents.Follow(str(call.result["page"])))
        if turn.undone:
            self._row.addWidget(label(self.tr("taken back"), "caption"))
        elif any(call.undo for call in turn.calls):
            self._button(self.tr("Undo"), intents.Undo(turn.id))
        self.setVisible(bool(turn.calls))

    def _button(self, name: str, wish: intents.Wish) -> None:
        button = QPushButton(name)
        button.setProperty("kind", "chip")
        button.clicked.connect(lambda: self.wished.emit(wish))
        self._row.addWidget(button)
        self.buttons.append(button)

    def _clear(self) -> None:
        self.buttons.clear()
        while (item := self._row.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
