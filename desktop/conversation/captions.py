"""Captions: what Candor says, and the partial transcript of the user, in large letters."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from agent.markdown.plain import plain
from desktop import theme
from desktop.session.pose import Pose
from desktop.voice.orb import Orb
from desktop.widgets.plain_text import clean, short

_WORDED = frozenset((Pose.HEARING, Pose.MAYBE_FINISHED, Pose.SPEAKING, Pose.INTERRUPTED))
_LONGEST = 280
"""Of the user's words, so many characters of the end are shown."""
_MOST_SPOKEN = 600


class Captions(QFrame):
    """The orb, what Candor does in a word, and the words of the one who speaks.

    The user's words stand on the ground of the user's turns and grow while they are being said.
    A screen reader is not told of them: it would talk into the microphone.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Captions"))
        self.setProperty("kind", "clear")
        self.orb = Orb(self, units=10)
        self._who = QLabel()
        self._who.setProperty("kind", "heading")
        self._who.setAccessibleName(self.tr("Captions"))
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        # A label with a name of its own tells nobody when its text changes.
        self._text.setAccessibleName(self.tr("Captions"))
        self._wanted, self._worded = True, True
        self._spoken = self._heard = self._word = ""
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._who)
        words.addWidget(self._text)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.gap(2), theme.gap(2), theme.gap(2), theme.gap(2))
        row.setSpacing(theme.gap(3))
        row.addWidget(self.orb, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(words, 1)
        self.hide()

    @property
    def text(self) -> str:
        """What is shown."""
        return self._text.text()

    @property
    def heard(self) -> str:
        """The user's words so far, as they are shown."""
        return self._heard if self._wanted else ""

    def set_wanted(self, wanted: bool) -> None:
        """Whether the user wants to read along."""
        self._wanted = wanted
        self._show()

    def set_worded(self, worded: bool) -> None:
        """Whether the pose stands here in a word; not where a large orb shows it already."""
        self._worded = worded
        self._show()

    def set_pose(self, pose: Pose) -> None:
        """What Candor does."""
        self.orb.set_pose(pose)
        self._word = self.orb.word() if pose in _WORDED else ""
        self._show()

    def show_spoken(self, text: str) -> None:
        """The sentence that is being spoken, as Markdown; empty ends it."""
        self._spoken = short(plain(text), _MOST_SPOKEN)
        self._show()

    def show_heard(self, text: str) -> None:
        """The user's words so far; empty ends them."""
        text = clean(text[-2 * _LONGEST :]).strip()
        self._heard = short(text) if len(text) <= _LONGEST else f"… {short(text[-_LONGEST:])}"
        self._show()

    def _show(self) -> None:
        heard, spoken = self.heard, self._spoken if self._wanted else ""
        shown = heard or spoken or (self._word if self._worded else "")
        # While it is shown it only grows, so that what stands above does not go up and down.
        self._text.setMinimumHeight(self._text.height() if shown and self.isVisible() else 0)
        self._text.setText(shown)
        self._who.setText(self.tr("You, so far") if heard else "")
        self._who.setVisible(bool(heard))
        theme.set_kind(self._text, "title" if heard or spoken else "muted")
        theme.set_kind(self, "said" if heard else "clear")
        self.setVisible(bool(shown))
