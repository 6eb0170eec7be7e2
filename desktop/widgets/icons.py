"""Icons tinted by a token, crisp at any scale, that follow a change of theme by themselves."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from desktop import theme
from desktop.theme import glyphs


def icon(name: str, token: str = "ink") -> QIcon:
    """The icon `name` in the colour of a token; FileNotFoundError when there is none."""
    glyphs.tinted(name, theme.current().tokens.ink)
    return QIcon(_Engine(name, token))


def exists(name: str) -> bool:
    """Whether there is an icon of this name."""
    return (glyphs.FOLDER / f"{name}.svg").is_file()


def app_icon() -> QIcon:
    """The program's own picture."""
    return QIcon(str(glyphs.FOLDER / "app" / "candor.svg"))


def paint(painter: QPainter, where: QRectF, name: str, color: str) -> None:
    """Draw an icon with a painter."""
    _renderer(name, color).render(painter, where)


@lru_cache(maxsize=256)
def _renderer(name: str, color: str) -> QSvgRenderer:
    return QSvgRenderer(glyphs.tinted(name, color))


class _Engine(QIconEngine):
    """Draws from SVG at the asked size; the colour is looked up at each drawing."""

    def __init__(self, name: str, token: str) -> None:
        super().__init__()
        self._name, self._token = name, token

    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._token)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        tokens = theme.current().tokens
        if mode == QIcon.Mode.Disabled:
            painter.setOpacity(theme.DISABLED)
        # A rectangle wider than tall leaves the rest as the space before the button's text.
        side = min(rect.width(), rect.height())
        top = rect.y() + (rect.height() - side) / 2
        square = QRectF(rect.x(), top, side, side)
        paint(painter, square, self._name, getattr(tokens, self._token))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(  # noqa: N802
        self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float
    ) -> QPixmap:
        made = QPixmap(size * scale)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        self.paint(painter, made.rect(), mode, state)
        painter.end()
        return made
