"""Where the examples come from: a file or folder, and the answers that were marked."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop import theme
from desktop.settings.fields import Switch, field
from desktop.training.ratings import FeedbackList
from desktop.widgets import icons
from desktop.widgets.folding_row import FoldingRow


class ExampleSource(QWidget):
    """`changed` when there is something else to learn from."""

    changed = Signal()

    def __init__(self, history: Path) -> None:
        super().__init__()
        self.given = FeedbackList(history)
        self.path = QLineEdit(maxLength=4096)
        self.path.setPlaceholderText(self.tr("A folder, or a csv, jsonl, txt file"))
        self.file = QPushButton(icons.icon("file-text"), self.tr("File…"))
        self.folder = QPushButton(icons.icon("folder"), self.tr("Folder…"))
        self.marks = Switch(self.tr("Also the answers that I marked or corrected"), False)
        self.file.clicked.connect(self._choose_file)
        self.folder.clicked.connect(self._choose_folder)
        self.path.textChanged.connect(self.changed)
        self.marks.toggled.connect(self.changed)
        self.given.taken_back.connect(self._taken_back)
        self._lay_out()

    @property
    def ready(self) -> bool:
        """Whether anything is chosen."""
        return bool(self.path.text().strip()) or self.marks.isChecked()

    def words(self) -> list[str]:
        """What `candor train` is to read."""
        path = self.path.text().strip()
        words = [str(Path(path).expanduser())] if path else []
        return [*words, *(["--history"] if self.marks.isChecked() else [])]

    def _taken_back(self) -> None:
        if self.marks.isChecked():
            self.changed.emit()

    def _choose_file(self) -> None:
        kinds = self.tr("Examples") + " (*.csv *.tsv *.jsonl *.json *.txt *.md)"
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Your examples"), "", kinds)
        if name:
            self.path.setText(name)

    def _choose_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, self.tr("Folder with your examples"))
        if name:
            self.path.setText(name)

    def _lay_out(self) -> None:
        box = FoldingRow()
        box.add(self.path, 1)
        for button in (self.file, self.folder):
            button.setAutoDefault(False)
            box.add(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.gap(2))
        column.addWidget(field(self.tr("Your examples"), box))
        self.path.setAccessibleName(self.tr("Your examples"))
        column.addWidget(self.marks)
        column.addWidget(self.given)
