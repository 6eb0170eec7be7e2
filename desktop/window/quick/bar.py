"""The bar for a quick question: one field, and the answer below it, over any program."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCursor, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from agent.events import Asked, Called, Failed, Kept, Reply, Sentence, Undone
from agent.markdown.plain import plain
from agent.memory.history import History
from agent.prompting.prompt import MOST_CHARACTERS
from desktop import theme
from desktop.conversation.answer_body import AnswerBody
from desktop.conversation.text.view import TextView
from desktop.i18n.messages import headline, next_step, sentences
from desktop.session.chat import ShownTurn
from desktop.session.session import Session
from desktop.session.sharing.channel import Channel
from desktop.widgets import icons
from desktop.widgets.announcing import announce
from desktop.widgets.glyph import Glyph
from desktop.widgets.labels import label
from desktop.widgets.scrolling import ScrollPage
from desktop.widgets.text_frame import TextFrame

_WIDE, _FROM_TOP, _MOST_HIGH = 150, 0.2, 0.6
"""In units of space; the shares of the screen's height above the bar, and that it may take."""


class QuickBar(QFrame):
    """Asks in a chat of its own, which is kept like any other. Escape puts the bar away.

    `open_wanted` asks for a window with this chat, `hidden` comes after it was put away.
    """

    open_wanted = Signal()
    hidden = Signal()

    def __init__(self, history: Callable[[], History], channel: Channel) -> None:
        super().__init__()
        self.setWindowFlags(
            Qt.WindowType.Window
            | Qt.WindowType.FramelessWindowHint
            | Qt.WindowType.WindowStaysOnTopHint
        )
        self.setProperty("kind", "palette")
        self.setWindowTitle(self.tr("Quick question"))
        self.setWindowIcon(icons.app_icon())
        self._history, self.channel = history, channel
        self.session = self._new_session()
        self.field = QLineEdit(maxLength=MOST_CHARACTERS)
        self.field.setPlaceholderText(self.tr("Ask Candor"))
        self.field.setAccessibleName(self.tr("Quick question"))
        self.field.returnPressed.connect(self.ask)
        page = QWidget()
        self._body = AnswerBody(page)
        self._body.grew.connect(self._fit)
        column = self._inside = QVBoxLayout(page)
        column.setContentsMargins(theme.gap(4), theme.gap(), theme.gap(4), theme.gap(2))
        column.addLayout(self._body.column)
        column.addStretch(1)
        self._answer = ScrollPage()
        self._answer.show_page(page)
        self.state = label("", "caption")
        self.open = QPushButton(icons.icon("external-link", "muted"), self.tr("Open in window"))
        self.stop = QPushButton(icons.icon("square", "muted"), self.tr("Stop"))
        for button, do in ((self.open, self.open_wanted.emit), (self.stop, self.session_stop)):
            button.setProperty("kind", "small")
            button.clicked.connect(do)
        self._lay_out()
        # The height of a text is known once it was laid out at its width.
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._fit)
        channel.arrived.connect(self.handle_event)
        self._refresh()

    def bring(self) -> None:
        """Show it on the screen where the pointer is, for a new question."""
        if not self.isVisible() and self.session.transcript.answering is None:
            self.clear()
        self._place()
        self.show()
        self.raise_()
        self.activateWindow()
        self.field.setFocus(Qt.FocusReason.ActiveWindowFocusReason)
        self.field.selectAll()

    def ask(self) -> None:
        """Ask what is written; a question that follows belongs to the same chat."""
        text = self.field.text().strip()
        if text and self.session.transcript.answering is None:
            self.session.ask(text, ())
            self.field.clear()
            self._refresh()

    def session_stop(self) -> None:
        """Write no more of the answer."""
        self.session.stop()

    def clear(self) -> None:
        """Begin another chat."""
        self.channel.chat = None
        self.session = self._new_session()
        self._refresh()

    def redress(self) -> None:
        """Follow a change of theme or text size."""
        for view in self.findChildren(TextView):
            view.redress()
        self._later.start()

    def let_go_of(self, chat: int) -> None:
        """A window shows this chat from now on."""
        if chat == self.session.chat:
            self.clear()
            self.hide()

    def handle_event(self, event: object) -> None:
        """What the mind tells of the question."""
        if not isinstance(event, Asked | Called | Failed | Kept | Reply | Sentence | Undone):
            return
        if isinstance(event, Failed) and not event.turn:
            return
        if self.session.handle_event(event):
            self._refresh()
            if isinstance(event, Sentence):
                announce(self, plain(event.text))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Escape puts it away; the answer is written to its end, and kept."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            self.hidden.emit()
            return
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """A window manager that closes it only puts it away."""
        if event.type() == QEvent.Type.Close:
            event.ignore()
            self.hide()
            self.hidden.emit()
            return True
        return super().event(event)

    def sizeHint(self) -> QSize:  # noqa: N802
        """As wide as a sentence needs, as high as there is to show."""
        return QSize(theme.gap(_WIDE), super().sizeHint().height())

    def _new_session(self) -> Session:
        return Session(self._history, self.channel.tell_mind, {})

    def _refresh(self) -> None:
        turn = self.session.transcript.newest
        shown = turn.answer if turn is not None else ""
        self._body.show_text(shown)
        self._answer.setVisible(bool(shown))
        busy = turn is not None and turn.ended is None
        words = self._words(turn)
        self.state.setText(words)
        self.state.setVisible(bool(words))
        self.stop.setVisible(busy)
        self.open.setVisible(turn is not None)
        self._fit()
        self._later.start()

    def _words(self, turn: ShownTurn | None) -> str:
        """What is going on, failed or was changed; what was asked stands before it."""
        if turn is None:
            return ""
        if turn.ended is None:
            return f"{turn.asked} · " + self.tr("Thinking…") if not turn.sentences else turn.asked
        if turn.failed is not None:
            return " ".join(sentences(turn.failed.told))
        if not turn.answer and turn.why is not None:
            return f"{headline(turn.why)} {next_step(turn.why)}".strip()
        changed = next((change.headline for change in turn.changes), "")
        return " · ".join(filter(None, (turn.asked, changed)))

    def _lay_out(self) -> None:
        frame = TextFrame()
        frame.watch(self.field)
        row = QHBoxLayout(frame)
        row.setContentsMargins(theme.gap(3), theme.gap(2), theme.gap(3), theme.gap(2))
        row.setSpacing(theme.gap(2))
        row.addWidget(Glyph("message-circle"))
        row.addWidget(self.field, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(theme.gap(4), 0, theme.gap(2), 0)
        foot.addStretch(1)
        foot.addWidget(self.stop)
        foot.addWidget(self.open)
        column = QVBoxLayout(self)
        edge = theme.gap(3)
        column.setContentsMargins(edge, edge, edge, edge)
        column.setSpacing(theme.gap(2))
        self.state.setContentsMargins(theme.gap(4), theme.gap(), theme.gap(4), 0)
        # As high as its words, not as high as a page.
        self._answer.setMinimumHeight(theme.gap(8))
        column.addWidget(frame)
        column.addWidget(self.state)
        column.addWidget(self._answer, 1)
        column.addLayout(foot)

    def _room(self) -> QRect:
        screen = QGuiApplication.screenAt(QCursor.pos()) or QGuiApplication.primaryScreen()
        return screen.availableGeometry()

    def _place(self) -> None:
        room = self._room()
        width = min(theme.gap(_WIDE), room.width() - theme.gap(8))
        left = room.left() + (room.width() - width) // 2
        self.resize(width, self._height(room))
        self.move(QPoint(left, room.top() + round(room.height() * _FROM_TOP)))

    def _fit(self) -> None:
        self.resize(self.width(), self._height(self._room()))

    def _height(self, room: QRect) -> int:
        layout = self.layout()
        without = layout.sizeHint().height() if layout is not None else 0
        if self._answer.isHidden():
            return without
        inside = self._inside
        width = self.width() - 2 * theme.gap(3)
        tall = inside.heightForWidth(width) if inside.hasHeightForWidth() else -1
        tall = tall if tall >= 0 else inside.sizeHint().height()
        chrome = without - self._answer.sizeHint().height()
        return min(chrome + tall, round(room.height() * _MOST_HIGH))
