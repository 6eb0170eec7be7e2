"""Chats of other programs, imported beside the window: a thread, and what it says at the end."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox

from agent.memory.chat_import.keeping import import_chats
from agent.memory.chat_import.types import ImportReport, LeftOut, Reason
from agent.memory.history import History
from desktop.codes import DesktopCode
from desktop.i18n.messages import sentences
from desktop.widgets.plain_text import short
from desktop.window.layout import WindowLayout
from perception.types import UserError

_log = logging.getLogger("candor.processes")
_MOST_LINES = 200
_EVERY_S = 0.5


class _StoppedError(Exception):
    """The user wants no more of it."""


class ChatImport(QObject):
    """One import at a time. The window stays usable meanwhile; it can be stopped."""

    _told = Signal(object)
    _read = Signal(int)

    def __init__(self, parts: WindowLayout, history: Callable[[], History]) -> None:
        super().__init__(parts.conversation)
        self._parts, self._history = parts, history
        self._thread: threading.Thread | None = None
        self._stop = threading.Event()
        self._told.connect(self._show, Qt.ConnectionType.QueuedConnection)
        self._read.connect(self._show_progress, Qt.ConnectionType.QueuedConnection)

    def choose(self) -> None:
        """Let the user choose an export."""
        kinds = self.tr("Exported chats") + " (*.json *.jsonl *.zip)"
        name, _ = QFileDialog.getOpenFileName(
            self._parts.conversation, self.tr("Import chats"), "", kinds
        )
        if name:
            self.start(Path(name))

    def start(self, file: Path) -> None:
        """Import this file, unless an import is under way."""
        if self._thread is not None and self._thread.is_alive():
            return
        self._stop.clear()
        self._notice("")
        history = self._history()
        self._thread = threading.Thread(
            target=lambda: self._told.emit(self._outcome(file, history)),
            name="import",
            daemon=True,
        )
        self._thread.start()

    def stop(self) -> None:
        """Take no further chats; those that are taken stay."""
        self._stop.set()

    def _notice(self, hint: str) -> None:
        ways = [(self.tr("Stop the import"), self.stop)]
        self._parts.conversation.notice(self.tr("Importing chats…"), hint, ways)

    def _show_progress(self, chats: int) -> None:
        if self._parts.conversation.noticed == self.tr("Importing chats…"):
            self._notice(self.tr("Chats read so far: {n}.").format(n=chats))

    def _outcome(self, file: Path, history: History) -> ImportReport | UserError:
        reached, told = ImportReport(), time.monotonic()

        def tell(report: ImportReport) -> None:
            nonlocal reached, told
            reached = report
            if self._stop.is_set():
                raise _StoppedError
            if time.monotonic() - told > _EVERY_S:
                told = time.monotonic()
                self._read.emit(report.chats + report.known)

        try:
            return import_chats(file, history.add_chat, tell)
        except _StoppedError:
            return reached
        except UserError as error:
            return error
        except Exception as error:
            # The window must not wait for ever; the cause is in the log.
            _log.exception("the import failed")
            return UserError(DesktopCode.IMPORT_FAILED, file=file.name, reason=error)

    def _show(self, outcome: ImportReport | UserError) -> None:
        middle = self._parts.conversation
        middle.clear_notice()
        if isinstance(outcome, UserError):
            middle.notice(*sentences(outcome.notice), failure=True)
            return
        self._parts.chats.reload()
        done = self.tr("Chats imported: {n}.").format(n=outcome.chats)
        known = self.tr("Here already: {n}.").format(n=outcome.known) if outcome.known else ""
        left = self.tr("What was not taken: {n}.").format(n=sum(i.count for i in outcome.left_out))
        rest = (self.tr("Show the list"), lambda: self._list(outcome.left_out))
        hint = " ".join(filter(None, (known, left if outcome.left_out else "")))
        middle.notice(done, hint, [rest] if outcome.left_out else ())

    def _list(self, left_out: tuple[LeftOut, ...]) -> None:
        box = QMessageBox(self._parts.conversation)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setWindowTitle(self.tr("Import chats"))
        box.setText(self.tr("What was not taken: {n}.").format(n=sum(i.count for i in left_out)))
        box.setDetailedText("\n".join(reason_line(item) for item in left_out[:_MOST_LINES]))
        box.open()


def reason_line(item: LeftOut) -> str:
    """One thing that was not taken, in words."""
    translate = QCoreApplication.translate
    names = {
        Reason.BROKEN_CHAT: translate("Import", "damaged chat"),
        Reason.BROKEN_MESSAGE: translate("Import", "damaged message"),
        Reason.ATTACHMENT: translate("Import", "file or picture"),
        Reason.EMPTY: translate("Import", "chat without a message"),
        Reason.TOO_LARGE: translate("Import", "chat above 32 MB"),
        Reason.CUT_OFF: translate("Import", "chat cut off at the end of the file"),
    }
    place = f" · {short(item.chat, 80)}" if item.chat else ""
    return f"{item.count} × {names[item.reason]}{place}"
