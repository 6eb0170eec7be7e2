"""Which keys there are and where: rows of keys for each page."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from desktop.kiosk.keyboard.pinyin import APART

CHINESE = "zh"


class Page(Enum):
    """What a keyboard shows at one time."""

    LETTERS = "letters"
    SYMBOLS = "symbols"
    MORE = "more"
    EMAIL = "email"


class Action(Enum):
    """What a key does that types no text."""

    SHIFT = "shift"
    DELETE = "delete"
    ENTER = "enter"
    LEFT = "left"
    RIGHT = "right"
    UP = "up"
    DOWN = "down"
    LANGUAGE = "language"
    HIDE = "hide"


@dataclass(frozen=True, slots=True)
class Key:
    """One key: it types `text`, does `action` or turns to `page`; `units` wide, a letter has 2."""

    text: str = ""
    action: Action | None = None
    page: Page | None = None
    units: int = 2

    @property
    def letter(self) -> bool:
        """Whether Shift changes it."""
        return len(self.text) == 1 and self.text.isascii() and self.text.isalpha()


Rows = tuple[tuple[Key, ...], ...]
_DIGITS, _TOP, _HOME, _BOTTOM = "1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm"
_SYMBOLS = ("@#$%&*-+()", "!\"':;/?_=")
_CHINESE_SYMBOLS = ("@#￥%&*-+（）", "！“”：；/？、《》")
_MORE = ("[]{}<>|\\~^", "€£¥§°•…–«»", "`´¿¡ñéèüöç")
_SHIFT, _DELETE = Key(action=Action.SHIFT, units=3), Key(action=Action.DELETE, units=3)


def rows(page: Page, language: str, languages: int = 1) -> Rows:
    """The rows of a page; with more than one language, there is a key to change it."""
    chinese = language == CHINESE
    match page:
        case Page.LETTERS:
            home = _keys(_HOME) + (_keys(APART) if chinese else ())
            bottom = (_SHIFT, *_keys(_BOTTOM), _DELETE)
            return (_keys(_TOP), home, bottom, _last(chinese, languages))
        case Page.SYMBOLS:
            first, second = _CHINESE_SYMBOLS if chinese else _SYMBOLS
            moves = (Action.LEFT, Action.UP, Action.DOWN, Action.RIGHT)
            third = (Key(page=Page.MORE, units=3), *(Key(action=each, units=3) for each in moves))
            others = (*third, Key(".com", units=3), _DELETE)
            return (
                _keys(_DIGITS),
                _keys(first),
                _keys(second),
                others,
                _last(chinese, 1, Page.LETTERS),
            )
        case Page.MORE:
            back = Key(page=Page.SYMBOLS, units=3)
            return (
                *map(_keys, _MORE),
                (back, *_keys(",;¡"), _DELETE),
                _last(chinese, 1, Page.LETTERS),
            )
        case Page.EMAIL:
            bottom = (_SHIFT, *_keys(_BOTTOM), _DELETE)
            last = (*_keys("@.-_"), Key(".com", units=3), Key(action=Action.LEFT))
            ends = (
                Key(action=Action.RIGHT),
                Key(action=Action.ENTER, units=3),
                Key(action=Action.HIDE),
            )
            turn = Key(page=Page.LETTERS, units=3)
            return (_keys(_DIGITS), _keys(_TOP), _keys(_HOME), bottom, (turn, *last, *ends))


def _keys(texts: str) -> tuple[Key, ...]:
    return tuple(Key(text) for text in texts)


def _last(chinese: bool, languages: int, turn: Page = Page.SYMBOLS) -> tuple[Key, ...]:
    """Space, with what is wanted on every page."""
    comma, stop = ("，", "。") if chinese else (",", ".")
    change = (Key(action=Action.LANGUAGE),) if languages > 1 else ()
    mail = (Key(page=Page.EMAIL),) if turn is Page.SYMBOLS else ()
    moves = (Key(action=Action.LEFT), Key(action=Action.RIGHT)) if turn is Page.SYMBOLS else ()
    space = Key(" ", units=8 if not moves else 5)
    ends = (Key(action=Action.ENTER, units=3), Key(action=Action.HIDE))
    return (Key(page=turn, units=3), *change, *mail, Key(comma), space, Key(stop), *moves, *ends)
