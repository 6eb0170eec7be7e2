"""What the first answer would do for the first time, done before, one small step at a time."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QWidget

from desktop import theme
from desktop.conversation.text.code_view import CodeView
from desktop.conversation.text.rich_text import code_font
from desktop.conversation.text.view import TextView

_PAUSE_MS = 40
# Each brings a face of a font, or a part of Qt, that is read from disk at its first use.
_WORDS = (
    "Plain and **strong**",
    "*soft*",
    "`code`",
    "1. a list",
    "|a|b|\n|-|-|\n|c|d|",
    "你好",
    "🙂",
)


class Warmup(QObject):
    """Draws samples of an answer where nobody sees them. Ends by itself."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._steps = _steps()
        self._timer = QTimer(self, interval=_PAUSE_MS)
        self._timer.timeout.connect(self._step)
        self._timer.start()

    def _step(self) -> None:
        step = next(self._steps, None)
        if step is None:
            self._timer.stop()
            self.deleteLater()
        else:
            step()


def _steps() -> Iterator[Callable[[], object]]:
    fonts = (theme.font(theme.Size.BODY), theme.font(theme.Size.BODY, bold=True), code_font())
    for font, words in itertools.product(fonts, _WORDS):
        yield partial(QFontMetricsF(font).horizontalAdvance, words)
    for words in _WORDS:
        text = TextView()
        yield partial(text.show_markdown, words)
        yield partial(_draw, text)
    code = CodeView()
    yield partial(code.show_code, "for i in range(3):\n    print(i)", "python")
    yield partial(_draw, code)


def _draw(widget: QWidget) -> None:
    widget.grab()
    widget.deleteLater()
