"""The button to talk: held like a radio, tapped to begin and end, or showing an open microphone."""

from __future__ import annotations

import time

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QPushButton, QWidget

from desktop import theme
from desktop.session.pose import floor_at_rest
from desktop.voice.talk_labels import (
    HEARD,
    TalkButtonLabel,
    TalkButtonState,
    face,
    faces,
)
from desktop.widgets import icons
from desktop.widgets.plain_text import tip
from perception.audio.ipc.messages import Mode, TurnPhase, TurnState

_TAP_SECONDS = 0.35
_BARS = 5


class TalkButton(QPushButton):
    """`changed(True)` when the microphone is wanted, `changed(False)` when the words are said.

    Pressing longer than a tap means hold: letting go ends it. A tap, Enter or Space begins, and
    the next one ends: who cannot hold a key can still talk. Where the microphone is open anyway,
    a press sends at once what is being said, or takes the word as the wake word would. Escape
    throws away (`discarded`). Muted, it does nothing but say so (`refused`).
    """

    changed = Signal(bool)
    discarded = Signal()
    refused = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "quiet")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._floor, self._word = floor_at_rest(Mode.HOLD, muted=False), ""
        self._on, self._held_since, self._latched, self._taken = False, 0.0, False, False
        self._key, self._microphone = "", ""
        self._heard = [0.0] * _BARS
        self._face = TalkButtonLabel("", "mic", "")
        self._show_state()

    @property
    def on(self) -> bool:
        """Whether the microphone is wanted by hand."""
        return self._on

    @property
    def hands_free(self) -> bool:
        """Whether the microphone is open without a hand."""
        return self._floor.mode.hands_free

    @property
    def live(self) -> bool:
        """Whether the user's words are taken in, by hand or not."""
        return self._on or (self.hands_free and self._floor.phase in HEARD)

    def set_floor(self, floor: TurnState, word: str) -> None:
        """Who has the floor, and the wake word as it is said."""
        self._floor, self._word = floor, word
        if self._on and (floor.muted or self.hands_free or self._ended_by_itself(floor.phase)):
            self._on = False
        self._show_state()

    def set_key(self, key: str) -> None:
        """The key that does the same, as it is written on the keyboard."""
        self._key = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
        self._show_state()

    def set_microphone(self, name: str) -> None:
        """The microphone in use; empty when there is none, and then nothing can be said."""
        self.setEnabled(bool(name))
        self._microphone = name
        self._show_state()

    def set_level(self, level: float) -> None:
        """How loud it is now, 0 to 1; drawn as bars while talking."""
        self._heard = [*self._heard[1:], max(0.0, min(1.0, level))]
        if self.live:
            self.update()

    def press(self) -> None:
        """As if the button went down."""
        self._held_since = time.monotonic()
        if self._floor.muted:
            self.refused.emit()
        elif self.hands_free:
            self.changed.emit(not self.live)
        elif self._on and self._latched:
            self._end()
        elif not self._on:
            self._latched = self._floor.mode is Mode.TAP
            self._begin()

    def release(self) -> None:
        """As if the button came up: ends a hold, and lets a tap go on."""
        held = time.monotonic() - self._held_since >= _TAP_SECONDS
        if self.hands_free and self.live and held:
            self.changed.emit(False)
        elif not self._on or self._latched:
            return
        elif held:
            self._end()
        else:
            self._latched = True
            self._show_state()

    def toggle_talk(self) -> None:
        """Begin, or end."""
        if self._floor.muted:
            self.refused.emit()
        elif self.hands_free:
            self.changed.emit(not self.live)
        elif self._on:
            self._end()
        else:
            self._latched = True
            self._begin()

    def discard(self) -> None:
        """End without sending what was said."""
        if self.live:
            self._on = False
            self._show_state()
            self.discarded.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Down."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.press()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Up."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.release()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter and Space toggle; Escape discards."""
        if event.isAutoRepeat():
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.toggle_talk()
        elif event.key() == Qt.Key.Key_Escape and self.live:
            self.discard()
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Keys act when they go down."""
        event.accept()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """A hold whose end cannot be seen any more ends here."""
        super().focusOutEvent(event)
        if event.reason() == Qt.FocusReason.ActiveWindowFocusReason:
            self.release_hold()

    def release_hold(self) -> None:
        """End a hold, and leave alone what was begun with a tap."""
        if self._on and not self._latched:
            self._end()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Room for the bars beside the words; as wide as the widest while nobody presses it."""
        hint = super().sizeHint()
        if not self.hands_free:
            return QSize(hint.width() + (self._meter_width() if self._on else 0), hint.height())
        looks = faces(self._floor.mode, self._word)
        bars = self._meter_width()
        widest = max(self._width_of(look.text) + bars * look.live for look in looks)
        return QSize(hint.width() - self._width_of(self.text()) + widest, hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """The button, and while talking its level meter."""
        super().paintEvent(event)
        if not self._face.live:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("accent"))
        step, width = theme.gap(1.5), theme.gap(0.75)
        left = self.width() - self._meter_width()
        tallest = self.height() - theme.gap(4)
        for index, level in enumerate(self._heard):
            height = max(width, min(1.0, level * 3) * tallest)
            middle = QPointF(left + index * step, self.height() / 2)
            bar = QRectF(middle.x(), middle.y() - height / 2, width, height)
            painter.drawRoundedRect(bar, width / 2, width / 2)

    def _width_of(self, text: str) -> int:
        return self.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, text).width()

    def _meter_width(self) -> int:
        return theme.gap(1.5) * _BARS + theme.gap(2)

    def _ended_by_itself(self, phase: TurnPhase) -> bool:
        """Whether the ears had the user's words since the press, and have them no more."""
        if phase in HEARD:
            self._taken = True
        return self._taken and phase not in HEARD

    def _begin(self) -> None:
        self._on, self._taken = True, False
        self._heard = [0.0] * _BARS
        self._show_state()
        self.changed.emit(True)

    def _end(self) -> None:
        self._on = False
        self._show_state()
        self.changed.emit(False)

    def _show_state(self) -> None:
        self._face = face(
            self._floor, TalkButtonState(self._on, self._latched, self._key, self._word)
        )
        hint = self._face.hint
        if not self.isEnabled():
            hint = self.tr("There is no microphone. Plug one in, or type.")
        theme.set_kind(self, "true" if self._on or self.hands_free else "false", "metered")
        self.setText(self._face.text)
        self.setIcon(icons.icon(self._face.icon, "accent" if self._face.live else "ink"))
        self.setToolTip(tip(hint))
        self.setAccessibleName(self._face.text)
        self.setAccessibleDescription(hint)
        self.updateGeometry()
        self.update()
