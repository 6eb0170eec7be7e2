"""The words of an answer as they come: prose, code, tables, and openly no more than is wise."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from agent.markdown.pieces import Piece, PieceKind, Pieces
from desktop import theme
from desktop.conversation.text.code_view import CodeView
from desktop.conversation.text.view import TextView
from desktop.widgets.labels import label

_LETTERS, _LINES, _PIECES = 24_000, 800, 40
"""So much is shown at first, and once more at each wish: some 4,000 words."""
_AT_ONCE, _EACH = 6_000, 500
"""So many letters are drawn at one go, where each piece counts for some more."""


class AnswerBody(QObject):
    """Shows a text that grows, in `column`.

    `followed` carries a link's address, `grew` comes after Show more.
    """

    followed = Signal(str)
    grew = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._parent = parent
        self._text, self._steps = "", 1
        self._pieces = Pieces()
        self._views = list[TextView | CodeView]()
        # A widget around it would hand on each change of height only one pass of layouts later.
        self.column = QVBoxLayout()
        self.column.setSpacing(theme.gap(3))
        self._drawn = list[Piece]()
        self._wanted, self._goes_on = list[Piece](), False
        # A real timer: queued calls would be worked off before a key or a click.
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._draw_later)
        self._rest: QWidget | None = None
        self.more = QPushButton(self.tr("Show more"), parent)
        self.more.setProperty("kind", "chip")
        self.more.clicked.connect(self._show_more)
        self.more.hide()

    def show_text(self, text: str) -> None:
        """Show the text as far as it is there."""
        self._text = text
        begun = _beginning(text, self._steps * _LETTERS, self._steps * _LINES)
        pieces = self._pieces.cut(begun)
        most = self._steps * _PIECES
        self._wanted, self._goes_on = pieces[:most], len(begun) < len(text) or len(pieces) > most
        self._draw()

    def stops(self) -> list[QWidget]:
        """What Tab visits, in reading order."""
        stops = list[QWidget]()
        for view in self._views:
            stops += view.stops() if isinstance(view, CodeView) else [view]
        return stops if self._rest is None else [*stops, self.more]

    def unfold(self) -> bool:
        """Show more, as the button does; False where all is shown."""
        if self._rest is not None and not self._later.isActive():
            self._show_more()
        return self._rest is not None or self._later.isActive()

    def _draw(self) -> None:
        """Show what changed; where that is much, the rest of it after the window did other work."""
        weight = 0
        for index, piece in enumerate(self._wanted):
            if weight > _AT_ONCE:
                self._later.start()
                return
            if index >= len(self._drawn) or self._drawn[index] != piece:
                self._show_piece(index, piece)
                weight += len(piece.text) + _EACH
        self._later.stop()
        self._drop_views(len(self._wanted))
        self._show_rest(self._goes_on)

    def _draw_later(self) -> None:
        self._draw()
        if not self._later.isActive():
            self.grew.emit()

    def _show_piece(self, index: int, piece: Piece) -> None:
        framed = piece.kind is PieceKind.CODE or piece.large
        view = self._views[index] if index < len(self._views) else None
        if view is None or isinstance(view, CodeView) != framed:
            self._drop_views(index)
            view = self._new_view(framed)
        if isinstance(view, TextView):
            view.show_markdown(piece.text)
        elif piece.kind is PieceKind.TABLE:
            view.show_table(piece.text)
        else:
            view.show_code(piece.text, piece.language)
        self._drawn[index:] = [piece, *self._drawn[index + 1 :]]

    def _new_view(self, framed: bool) -> TextView | CodeView:
        # Without a parent yet, for Qt lays text out in 100 pixels where there is one.
        view: TextView | CodeView
        if framed:
            view = CodeView()
        else:
            view = TextView()
            view.setAccessibleName(self.tr("Candor answered"))
            view.followed.connect(self.followed)
        self.column.insertWidget(len(self._views), view)
        self._views.append(view)
        return view

    def _drop_views(self, first: int) -> None:
        for view in self._views[first:]:
            self.column.removeWidget(view)
            view.hide()
            view.deleteLater()
        del self._views[first:]
        del self._drawn[first:]

    def _show_rest(self, more: bool) -> None:
        if more and self._rest is None:
            self._rest = QWidget(self._parent)
            row = QHBoxLayout(self._rest)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(theme.gap(3))
            row.addWidget(label(self.tr("This answer is very long: it goes on."), "muted"), 1)
            row.addWidget(self.more)
            self.more.show()
            self.column.addWidget(self._rest)
        elif not more and self._rest is not None:
            self.more.setParent(self._parent)
            self.more.hide()
            self.column.removeWidget(self._rest)
            self._rest.hide()
            self._rest.deleteLater()
            self._rest = None

    def _show_more(self) -> None:
        self._steps += 1
        self.show_text(self._text)
        self.grew.emit()


def _beginning(text: str, letters: int, lines: int) -> str:
    """The text up to so many letters and lines."""
    begun = text[:letters]
    if begun.count("\n") <= lines:
        return begun
    return "\n".join(begun.split("\n", lines)[:lines])
