"""An icon beside text: drawn in the theme's colour and at the text's scale of the moment."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme
from desktop.widgets import icons


class Glyph(QWidget):
    """Only an ornament: what it means stands in words beside it. An empty name draws nothing."""

    def __init__(self, name: str, token: str = "muted", units: float = 4) -> None:
        super().__init__()
        self._name, self._token, self._units = name, token, units
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def set_name(self, name: str, token: str) -> None:
        """Show another icon."""
        self._name, self._token = name, token
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        side = theme.glyph(self._units)
        return QSize(side, side)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.PaletteChange):
            self.updateGeometry()
            self.update()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        if not self._name:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        color = getattr(theme.current().tokens, self._token)
        icons.paint(painter, QRectF(self.rect()), self._name, color)
