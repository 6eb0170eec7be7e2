"""What the window remembers between starts: its place, its panels, and unsent words."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import msgspec
from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop import theme
from perception.regular_file import write_whole


@dataclass(frozen=True, slots=True)
class Remembered:
    """`drafts` by chat id as text, `new` for a chat that does not exist yet.

    `widths` are those of the outer panels as they were dragged, `pinned` are chats, `explained` the
    modes of an open microphone that were explained once. A microphone that was muted stays so.
    `welcomed` is whether the first minute was offered.
    """

    geometry: bytes = b""
    chats_open: bool = True
    side_open: bool = True
    drafts: dict[str, str] = field(default_factory=dict)
    explained: tuple[str, ...] = ()
    muted: bool = False
    widths: tuple[int, int] = (0, 0)
    pinned: tuple[int, ...] = ()
    welcomed: bool = False


def recall(file: Path) -> Remembered:
    """What is in `file`; nothing where it is missing or damaged, for only comfort is lost."""
    try:
        return msgspec.json.decode(file.read_bytes(), type=Remembered)
    except (OSError, msgspec.MsgspecError):
        return Remembered()


def keep(remembered: Remembered, file: Path) -> None:
    """Write it whole or not at all, readable for this user alone."""
    write_whole(file, msgspec.json.encode(remembered))


_WHOLE = Qt.WindowState.WindowMaximized | Qt.WindowState.WindowFullScreen


def place(window: QWidget, remembered: bytes) -> None:
    """Give a window that is not shown yet its usual size, or the place that it had."""
    window.resize(theme.gap(310), theme.gap(200))
    restored = bool(remembered) and window.restoreGeometry(remembered)
    frame = QMargins(theme.gap(), theme.gap(8), theme.gap(), theme.gap())
    _keep(window, frame, move=restored)


def keep_on_screen(window: QWidget) -> None:
    """Shrink and move a window that is shown, now that its frame is known."""
    inside, whole = window.geometry(), window.frameGeometry()
    frame = QMargins(
        inside.left() - whole.left(),
        inside.top() - whole.top(),
        whole.right() - inside.right(),
        whole.bottom() - inside.bottom(),
    )
    _keep(window, frame, move=True)


def fitted(wanted: QRect, room: QRect) -> QRect:
    """The rectangle inside `room` that is nearest to `wanted`, no larger than either."""
    size: QSize = wanted.size().boundedTo(room.size())
    left = min(max(wanted.left(), room.left()), room.left() + room.width() - size.width())
    top = min(max(wanted.top(), room.top()), room.top() + room.height() - size.height())
    return QRect(QPoint(left, top), size)


def _keep(window: QWidget, frame: QMargins, *, move: bool) -> None:
    if window.windowState() & _WHOLE:
        return
    middle = window.frameGeometry().center()
    screen = QGuiApplication.screenAt(middle) if move else None
    room = (screen or QGuiApplication.primaryScreen()).availableGeometry()
    wanted = window.geometry().marginsAdded(frame)
    found = fitted(wanted, room)
    if found.size() != wanted.size():
        window.resize(found.marginsRemoved(frame).size())
    if move and found.topLeft() != wanted.topLeft():
        # By what is needed alone: a guess at the frame would push it further at each start.
        window.move(window.pos() + found.topLeft() - wanted.topLeft())
