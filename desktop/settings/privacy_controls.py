"""Where the data lie, a private chat, all of it in one file, and all of it deleted."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from agent.memory.everything import delete_everything, export_everything
from desktop import theme
from desktop.codes import DesktopCode
from desktop.i18n.messages import sentences
from desktop.settings.fields import field
from desktop.widgets import icons
from desktop.widgets.dialog import Dialog
from desktop.widgets.labels import label
from desktop.widgets.plain_text import breakable
from perception.types import UserError


class PrivacyControls(QWidget):
    """`private_wanted` asks for a private chat; `deleted` comes after all was deleted."""

    private_wanted = Signal()
    deleted = Signal()
    _done = Signal(str, bool)

    def __init__(self, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._said = label(kind="caption", copy=True)
        self._said.hide()
        self._done.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        self.private = _button("shield-check", self.tr("Begin a private chat"))
        self.private.clicked.connect(self.private_wanted)
        self.export = _button("download", self.tr("Export everything…"))
        self.export.clicked.connect(self._choose_file)
        self.delete = _button("trash-2", self.tr("Delete everything…"))
        self.delete.clicked.connect(self._confirm)
        self._lay_out()

    def export_to(self, file: Path) -> None:
        """Write all that is kept into one file, beside other work."""
        self._begin(lambda: self._export(file))

    def delete_now(self) -> None:
        """Delete it; the user has confirmed."""
        try:
            chats = delete_everything(self._folder)
        except (UserError, OSError) as error:
            self._tell(_reason(error), True)
            return
        words = self.tr(
            "Deleted for good: {n} chats, all that Candor remembered, and the log of decisions."
        )
        self._tell(words.format(n=chats), False)
        self.deleted.emit()

    def _export(self, file: Path) -> str:
        chats = export_everything(self._folder, file)
        return self.tr("{n} chats were written to {file}.").format(n=chats, file=file)

    def _lay_out(self) -> None:
        place = _button("folder", self.tr("Open the folder"))
        place.clicked.connect(
            lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))
        )
        older = self.tr(
            "Chats in which nothing was said for longer are deleted for good when Candor starts, "
            "and once a day."
        )
        alone = self.tr(
            "Nothing of a private chat is saved: no chat, no picture, no rating and no memory. "
            "Timers that you set in it still ring."
        )
        folder = breakable(str(self._folder))
        lies = self.tr("Chats, pictures and what Candor remembers lie here: {folder}")
        taken = self.tr("One zip file: each chat to read (Markdown) and whole (JSON), pictures.")
        gone = self.tr("All chats and pictures, ratings, facts, notes and lists. Models stay.")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.gap(5))
        column.addWidget(label(older, "caption"))
        column.addWidget(field(self.tr("Private chat"), self.private, alone))
        column.addWidget(field(self.tr("Where your data lie"), place, lies.format(folder=folder)))
        column.addWidget(field(self.tr("Take it along"), self.export, taken))
        column.addWidget(field(self.tr("Delete everything"), self.delete, gone))
        column.addWidget(self._said)

    def _choose_file(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("Export everything"), "candor.zip", "Zip (*.zip)"
        )
        if name:
            self.export_to(Path(name))

    def _confirm(self) -> None:
        asked = ConfirmDelete(self)
        asked.accepted.connect(self.delete_now)
        asked.open()

    def _begin(self, do: Callable[[], str]) -> None:
        """Do it in a thread, so that a long history holds nothing up."""
        self.export.setEnabled(False)

        def work() -> None:
            try:
                self._done.emit(do(), False)
            except (UserError, OSError) as error:
                self._done.emit(_reason(error), True)

        threading.Thread(target=work, name="export", daemon=True).start()

    def _tell(self, words: str, failed: bool) -> None:
        self.export.setEnabled(True)
        theme.set_kind(self._said, "danger" if failed else "caption")
        self._said.setText(words)
        self._said.show()


class ConfirmDelete(Dialog):
    """Deletes only after a word was typed, so that no press alone can do it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Delete everything"))
        self.word = self.tr("delete")
        self.typed = QLineEdit(maxLength=40)
        asked = self.tr("It cannot be undone. Type “{word}” to confirm.").format(word=self.word)
        self.typed.setAccessibleName(asked)
        self.yes = QPushButton(self.tr("Delete everything"))
        self.yes.setEnabled(False)
        self.typed.textChanged.connect(
            lambda text: self.yes.setEnabled(text.strip().lower() == self.word)
        )
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        box.addButton(self.yes, QDialogButtonBox.ButtonRole.AcceptRole)
        box.accepted.connect(self.accept)
        box.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.gap(5), theme.gap(5), theme.gap(5), theme.gap(4))
        column.setSpacing(theme.gap(3))
        column.addWidget(label(asked))
        column.addWidget(self.typed)
        row = QHBoxLayout()
        row.addWidget(box)
        column.addLayout(row)


def _reason(error: UserError | OSError) -> str:
    if isinstance(error, UserError):
        return " ".join(sentences(error.notice))
    told = UserError(DesktopCode.DATA_NOT_CHANGED, reason=error.strerror or error)
    return " ".join(sentences(told.notice))


def _button(icon: str, name: str) -> QPushButton:
    return QPushButton(icons.icon(icon), name)
