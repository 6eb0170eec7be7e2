"""The empty state of a conversation: an invitation, and a few questions to begin with."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from agent.profiles import profile
from agent.profiles.profile import in_language
from desktop import theme
from desktop.session.facts import Facts
from desktop.session.promise import chat_kept, words_stay
from desktop.voice.orb import Orb
from desktop.widgets import icons
from desktop.widgets.flow import FlowLayout
from perception.types import UserError


class EmptyState(QWidget):
    """`typed` carries a first question; `showed` wishes a picture, `models` the Models page."""

    typed = Signal(str)
    models = Signal()
    showed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.orb = Orb(self, units=18)
        self._buttons = list[QPushButton]()
        self._title = title = QLabel(self.tr("What would you like to know?"))
        title.setProperty("kind", "display")
        title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        title.setWordWrap(True)
        self._words = words = QLabel()
        words.setProperty("kind", "muted")
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        words.setWordWrap(True)
        self._column = column = QVBoxLayout(self)
        column.setSpacing(theme.gap(3))
        column.addStretch(3)
        column.addWidget(self.orb, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(theme.gap(2))
        column.addWidget(title)
        column.addWidget(words)
        column.addSpacing(theme.gap(3))
        self._starters = FlowLayout(theme.gap(2), centred=True)
        column.addLayout(self._starters)
        self._models = QPushButton(icons.icon("box", "muted"), self.tr("Models…"))
        self._models.setProperty("kind", "quiet")
        self._models.clicked.connect(self.models)
        column.addWidget(self._models, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(4)
        self._profile, self._about_picture = "", False
        self._questions: tuple[profile.QuickQuestion, ...] = ()
        self.set_reserved(0, 0)
        self.show_facts(Facts())
        self.show_profile("everyday")

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Where there is little height, the questions to begin with are what stays."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """As many questions as there is room for, then title, words, models, orb, in this order."""
        edges = self._column.contentsMargins()
        room = self.height() - edges.top() - edges.bottom()
        width = self.width() - edges.left() - edges.right()
        count = len(self._buttons)
        while count > 1 and self._starters.height_of(count, width) > room:
            count -= 1
        for place, button in enumerate(self._buttons):
            button.setVisible(place < count)
        room -= self._starters.height_of(count, width)
        for part in (self._title, self._words, self._models, self.orb):
            wrapped = part.heightForWidth(width)
            needed = wrapped if wrapped > 0 else part.sizeHint().height()
            room -= needed + 2 * self._column.spacing()
            part.setVisible(room >= 0)

    def set_reserved(self, left: int, right: int) -> None:
        """Keep so much room on each side, for panels that may open there."""
        edge = theme.gap(4)
        self._column.setContentsMargins(max(edge, left), edge, max(edge, right), edge)

    def show_facts(self, facts: Facts) -> None:
        """Promise what is true now."""
        invitation = self.tr("Type, talk, or show something.")
        kept = chat_kept(facts) if facts.private else ""
        self._words.setText(" ".join(filter(None, (invitation, words_stay(facts), kept))))

    def set_pictured(self, pictured: bool) -> None:
        """Offer questions about a picture where one is attached or the camera is on."""
        while (item := self._starters.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._buttons.clear()
        self._about_picture = pictured
        for icon, words in self._pictured() if pictured else self._plain():
            self._offer(icon, words).clicked.connect(lambda _=False, w=words: self.typed.emit(w))
        if not pictured:
            show = self._offer("image", self.tr("What do you see?"))
            show.setToolTip(self.tr("Choose a picture to ask about"))
            show.clicked.connect(self.showed)
        self._fit()

    def show_profile(self, name: str) -> None:
        """Offer the questions of this profile; of one that is broken there are none."""
        if name == self._profile:
            return
        self._profile = name
        try:
            self._questions = profile.load(name).questions
        except UserError:
            self._questions = ()  # the notice of the mind says what is wrong with it
        self.set_pictured(self._about_picture)

    def stops(self) -> list[QWidget]:
        """What Tab visits, in reading order."""
        return [*self._buttons, self._models]

    def _plain(self) -> list[tuple[str, str]]:
        """The questions of the profile, in the language of the window."""
        language = QLocale().name().split("_")[0]
        return [
            (
                each.icon if icons.exists(each.icon) else "circle-help",
                in_language(each.text, language),
            )
            for each in self._questions
        ]

    def _pictured(self) -> list[tuple[str, str]]:
        return [
            ("image", self.tr("What do you see?")),
            ("file-text", self.tr("Read the text")),
            ("circle-help", self.tr("What is this?")),
        ]

    def _offer(self, icon: str, words: str) -> QPushButton:
        button = QPushButton(icons.icon(icon, "accent"), words)
        self._starters.addWidget(button)
        self._buttons.append(button)
        return button
