"""The keyboard on the screen: pages of keys, candidates, and the field it types into."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QFocusEvent, QFontMetrics, QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop import theme
from desktop.kiosk.keyboard import field_input
from desktop.kiosk.keyboard.candidate_row import CandidateRow
from desktop.kiosk.keyboard.field_input import Field
from desktop.kiosk.keyboard.key_button import KeyButton
from desktop.kiosk.keyboard.key_page import KeyPage
from desktop.kiosk.keyboard.layouts import CHINESE, Action, Key, Page, rows
from desktop.kiosk.keyboard.nearest import ARROWS, nearest
from desktop.kiosk.keyboard.pinyin import APART, Candidate, lexicon
from desktop.kiosk.keyboard.scanning import Scanner, Scanning
from desktop.widgets.announcing import announce
from desktop.widgets.roles import set_role

_LEAST_HEIGHT, _MOST_HEIGHT, _SHARE = 40, 72, 0.07
_MOST_TYPED = 40
_PRESSES = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class _Shift(Enum):
    OFF = "off"
    ONCE = "once"
    LOCKED = "locked"


class OnScreenKeyboard(QFrame):
    """Types into `field` and takes no focus from it, unless Tab goes here: then arrows choose keys.

    `marked` says in words what scanning or the arrow keys mark; `hide_wanted` comes from its key,
    `switched` with each press of a switch: a sign of life that no other part sees.
    """

    marked = Signal(str)
    switched = Signal()
    hide_wanted = Signal()

    def __init__(self, languages: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "bar")
        self.setProperty("edge", "top")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        set_role(self, QAccessible.Role.Grouping, self.tr("On-screen keyboard"))
        self._languages = tuple(languages) or ("en",)
        self._language = self._languages[0]
        self._field: Field | None = None
        self._typed = ""
        self._shift = _Shift.OFF
        self._marked: list[KeyButton] = []
        self._height = _LEAST_HEIGHT
        self._pages: dict[tuple[Page, str], KeyPage] = {}
        self._candidates = CandidateRow(self)
        self._candidates.chosen.connect(self.choose)
        self._candidates.turned.connect(self._row_changed)
        self._scanner = Scanner(self.key_rows, self)
        self._scanner.marked.connect(self._mark)
        self._scanner.switched.connect(self.switched)
        self._scanner.chosen.connect(lambda button: button.click())
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(*(theme.gap(),) * 4)
        self._column.setSpacing(theme.gap())
        self._column.addWidget(self._candidates)
        self._page = Page.LETTERS
        self.show_page(Page.LETTERS)

    @property
    def field(self) -> Field | None:
        """What it types into."""
        field = self._field
        return field if field is not None and isValid(field) else None

    @property
    def language(self) -> str:
        """The language of its letters."""
        return self._language

    @property
    def page(self) -> Page:
        """The page that is shown."""
        return self._page

    @property
    def scanning(self) -> bool:
        """Whether a switch works it."""
        return self._scanner.on

    def set_field(self, field: Field | None) -> None:
        """Type into this field from now on, with the page that it wants first."""
        if field is self.field:
            return
        self._compose("")
        self._field = field
        if field is not None:
            self._set_shift(_Shift.OFF)
            self.show_page(field_input.first_page(field))

    def set_language(self, language: str) -> None:
        """Show the letters of this language, and all names in that of the program."""
        self._compose("")
        self._language = language
        for page in self._pages.values():
            page.hide()
            page.deleteLater()
        self._pages.clear()
        self.show_page(self._page)

    def set_scanning(self, how: Scanning | None) -> None:
        """Let one switch or two work it; None for neither."""
        if how is None:
            self._scanner.stop()
        else:
            self._scanner.start(how)

    def fit(self, height: int) -> None:
        """Make keys that suit a window of this height."""
        letter = QFontMetrics(theme.font(theme.Size.TITLE)).height() + theme.gap()
        least = max(_LEAST_HEIGHT, letter)
        self._height = max(least, min(_MOST_HEIGHT, round(height * _SHARE)))
        self._candidates.setFixedHeight(self._height)
        for page in self._pages.values():
            page.set_key_height(self._height)

    def show_page(self, page: Page) -> None:
        """Turn to a page."""
        self._compose("")
        self._page = page
        known = self._pages.get((page, self._language))
        if known is None:
            made = rows(page, self._language, len(self._languages))
            known = KeyPage(made, self._language, self)
            known.chosen.connect(self.press)
            known.set_key_height(self._height)
            self._column.addWidget(known)
            self._pages[page, self._language] = known
        for each in self._pages.values():
            each.setVisible(each is known)
        self._candidates.setVisible(self._composes)
        self._set_shift(self._shift)
        self._scanner.restart()

    def key_rows(self) -> list[list[KeyButton]]:
        """The buttons that can be chosen now, row by row."""
        above = [self._candidates.stops] if self._typed and self._candidates.stops else []
        return [*above, *self._pages[self._page, self._language].rows]

    def press(self, key: Key) -> None:
        """Do what a key does."""
        if key.page is not None:
            self.show_page(key.page)
        elif key.action is not None:
            self._act(key.action)
        elif self._composes and (key.letter or key.text == APART) and self._shift is _Shift.OFF:
            self._compose((self._typed + key.text)[:_MOST_TYPED])
        elif self._typed and key.text == " ":
            self.choose(self._found[0] if self._found else Candidate(self._typed, len(self._typed)))
        else:
            self._type(key)

    def choose(self, candidate: Candidate) -> None:
        """Put a candidate in; letters that it does not stand for stay."""
        rest = self._typed[candidate.used :].lstrip(APART)
        if (field := self.field) is not None:
            field_input.commit(field, candidate.text)
        self._compose(rest)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Arrows mark a key, Space and Enter press it, Escape goes back to the field."""
        key = event.key()
        if key in ARROWS:
            self._move(*ARROWS[Qt.Key(key)])
        elif key in _PRESSES and (button := self._marked_key) is not None:
            button.click()
            self._move(0, 0)
        elif key == Qt.Key.Key_Escape and (field := self.field) is not None:
            field.setFocus(Qt.FocusReason.BacktabFocusReason)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Mark the first key."""
        super().focusInEvent(event)
        if not self._scanner.on:
            self._mark(self.key_rows()[0][:1])

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Mark nothing any more."""
        super().focusOutEvent(event)
        if not self._scanner.on:
            self._mark([])

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Scan from the beginning."""
        super().showEvent(event)
        self._scanner.restart()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """What was being composed goes."""
        super().hideEvent(event)
        self._compose("")

    @property
    def _composes(self) -> bool:
        field = self.field
        latin = field is not None and field_input.latin_only(field)
        return self._language == CHINESE and self._page is Page.LETTERS and not latin

    def _act(self, action: Action) -> None:
        field = self.field
        match action:
            case Action.SHIFT:
                order = list(_Shift)
                self._set_shift(order[(order.index(self._shift) + 1) % len(order)])
            case Action.LANGUAGE:
                place = (
                    self._languages.index(self._language)
                    if self._language in self._languages
                    else -1
                )
                self._language = self._languages[(place + 1) % len(self._languages)]
                self.show_page(self._page)
            case Action.HIDE:
                self.hide_wanted.emit()
            case Action.DELETE if self._typed:
                self._compose(self._typed[:-1])
            case Action.ENTER if self._typed:
                self.choose(Candidate(self._typed, len(self._typed)))
            case _ if field is not None:
                self._compose("")
                field_input.press(field, action)

    def _type(self, key: Key) -> None:
        if self._typed and self._found:
            self.choose(self._found[0])
        self._compose("")
        if (field := self.field) is not None:
            capital = key.letter and self._shift is not _Shift.OFF
            field_input.type_text(field, key.text.upper() if capital else key.text)
        if self._shift is _Shift.ONCE:
            self._set_shift(_Shift.OFF)

    @property
    def _found(self) -> tuple[Candidate, ...]:
        return lexicon().candidates(self._typed) if self._typed else ()

    def _compose(self, typed: str) -> None:
        if not typed and not self._typed:
            return
        self._typed = typed
        if (field := self.field) is not None:
            field_input.compose(field, typed)
        self._candidates.show_candidates(typed, self._found)
        self._scanner.restart()

    def _set_shift(self, shift: _Shift) -> None:
        self._shift = shift
        shown = self._pages[self._page, self._language]
        shown.set_shift(shift is not _Shift.OFF, shift is _Shift.LOCKED)

    @property
    def _marked_key(self) -> KeyButton | None:
        """The key that arrow keys marked, if it is still there."""
        shown = [button for row in self.key_rows() for button in row]
        return next((button for button in self._marked if button in shown), None)

    def _move(self, down: int, right: int) -> None:
        self._mark([nearest(self.key_rows(), self._marked_key, down, right)])

    def _row_changed(self) -> None:
        """Other candidates are shown."""
        if self._scanner.on:
            self._scanner.restart()

    def _mark(self, buttons: list[KeyButton]) -> None:
        for button in self._marked:
            if isValid(button):
                button.set_marked(False)
        self._marked = buttons
        for button in buttons:
            button.set_marked(True)
        if not buttons:
            return
        names = [button.accessibleName() for button in buttons]
        told = names[0]
        if len(names) > 1:
            told = self.tr("Row: {first} to {last}").format(first=names[0], last=names[-1])
        self.marked.emit(told)
        announce(self, told)
