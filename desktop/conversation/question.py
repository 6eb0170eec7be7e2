"""A question as it was asked: its words, its pictures, and the texts that came with it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from agent.attached_text import AttachedText
from desktop import theme
from desktop.conversation.attached.chip import TextChip
from desktop.conversation.text.view import TextView
from desktop.conversation.thumbnail import Thumbnail
from desktop.session.chat import ShownTurn
from desktop.widgets.clear import clear
from desktop.widgets.flow import FlowLayout
from desktop.widgets.roles import heading
from desktop.widgets.small_button import small_button

_LONGEST_SHOWN = 6000


class QuestionView(QFrame):
    """`picked` and `opened` carry the place of a picture or text; `grew` after Show all."""

    edited = Signal()
    picked = Signal(int)
    opened = Signal(int)
    grew = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("kind", "said")
        self._who = heading(self.tr("You"))
        self.edit = small_button("square-pen", self.tr("Edit"))
        kept = self.edit.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self.edit.setSizePolicy(kept)
        self.edit.setAccessibleName(self.tr("Edit this question"))
        self.edit.clicked.connect(self.edited)
        self.words = TextView()
        self.words.setAccessibleName(self.tr("You asked"))
        self._rest = QPushButton(self.tr("Show all of the question"))
        self._rest.setProperty("kind", "chip")
        self._rest.clicked.connect(self.unfold)
        self._rest.hide()
        self._pictures, self._texts = FlowLayout(theme.gap(2)), QVBoxLayout()
        header = QHBoxLayout()
        header.addWidget(self._who)
        header.addStretch()
        header.addWidget(self.edit)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.gap(4), theme.gap(2), theme.gap(2), theme.gap(2))
        column.setSpacing(theme.gap())
        column.addLayout(header)
        column.addWidget(self.words)
        column.addWidget(self._rest)
        column.addLayout(self._pictures)
        column.addLayout(self._texts)
        self._shown: tuple[bytes, ...] = ()
        self._shown_texts: tuple[AttachedText, ...] = ()
        self._thumbs = list[Thumbnail]()
        self._chips = list[TextChip]()
        self._asked, self._whole = "", False
        self.excerpt: TextView | None = None
        """A passage of an attached text, in which something was found."""

    def show_turn(self, turn: ShownTurn) -> None:
        """Show the newest state."""
        spoken = turn.heard is not None
        self._who.setText(self.tr("You (voice)") if spoken else self.tr("You"))
        self._who.setAccessibleName(self._who.text())
        self._asked = turn.asked
        self._show_words()
        self.edit.setVisible(turn.ended is not None)
        if turn.pictures != self._shown:
            self._shown = turn.pictures
            self._show_pictures()
        if turn.texts != self._shown_texts:
            self._shown_texts = turn.texts
            self._show_texts()

    def stops(self) -> list[QWidget]:
        """What Tab visits, in reading order."""
        rest = [] if self._rest.isHidden() else [self._rest]
        found = [self.excerpt] if self.excerpt is not None else []
        return [self.words, *rest, *self._thumbs, *self._chips, *found, self.edit]

    def unfold(self) -> bool:
        """Show all of the words; False where they are shown."""
        if self._whole or len(self._asked) <= _LONGEST_SHOWN:
            return False
        self._whole = True
        self._show_words()
        self.grew.emit()
        return True

    def show_excerpt(self, place: int, words: str) -> TextView:
        """Show a passage of the text at this place below its chip; the last one goes."""
        self.hide_excerpt()
        self.excerpt = TextView()
        self.excerpt.setAccessibleName(self.tr("Found in the attached text"))
        self.excerpt.show_plain(words)
        self._texts.insertWidget(place + 1, self.excerpt)
        return self.excerpt

    def hide_excerpt(self) -> None:
        """Take the passage away."""
        if self.excerpt is not None:
            self._texts.removeWidget(self.excerpt)
            self.excerpt.hide()
            self.excerpt.deleteLater()
            self.excerpt = None

    def _show_words(self) -> None:
        folded = not self._whole and len(self._asked) > _LONGEST_SHOWN
        self.words.show_plain(self._asked[:_LONGEST_SHOWN] + " …" if folded else self._asked)
        self.words.setVisible(bool(self._asked))
        self._rest.setVisible(folded)

    def _show_texts(self) -> None:
        self.hide_excerpt()
        clear(self._texts)
        self._chips.clear()
        for place, text in enumerate(self._shown_texts):
            chip = TextChip(text)
            chip.clicked.connect(lambda _=False, place=place: self.opened.emit(place))
            self._texts.addWidget(chip)
            self._chips.append(chip)

    def _show_pictures(self) -> None:
        clear(self._pictures)
        self._thumbs.clear()
        for index, data in enumerate(self._shown):
            name = self.tr("Picture {n}: show it").format(n=index + 1)
            button = Thumbnail(data, theme.gap(24), name, self)
            button.clicked.connect(lambda _=False, index=index: self.picked.emit(index))
            self._pictures.addWidget(button)
            self._thumbs.append(button)
