"""How a row of the list of chats is drawn: title, pin, and what a search found in it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop import theme
from desktop.conversation.chats.rows import ListedChat
from desktop.session.matches import Excerpt
from desktop.widgets import icons

ROW = int(Qt.ItemDataRole.UserRole) + 1
"""The `ListedChat` of a row; headings have none."""
OPEN = int(Qt.ItemDataRole.UserRole) + 2
"""Whether the chat is the open one."""


class ChatRow(QStyledItemDelegate):
    """Draws one row; headings as any item."""

    def sizeHint(  # noqa: N802
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """One line, or two where something was found."""
        size = super().sizeHint(option, index)
        row = index.data(ROW)
        if isinstance(row, ListedChat) and row.excerpt is not None:
            line = QFontMetrics(theme.font(theme.Size.CAPTION)).lineSpacing()
            size.setHeight(size.height() + 2 * line)
        return size

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw the ground as the theme does, then the words."""
        row = index.data(ROW)
        if not isinstance(row, ListedChat):
            super().paint(painter, option, index)
            return
        ground = QStyleOptionViewItem(option)
        self.initStyleOption(ground, index)
        ground.text = ""
        widget = ground.widget
        style = widget.style() if widget is not None else QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, ground, painter, widget)
        area: QRect = option.rect
        painter.save()
        self._words(painter, area.adjusted(theme.gap(2), 0, -theme.gap(2), 0), index, row)
        painter.restore()

    def _words(
        self,
        painter: QPainter,
        area: QRect,
        index: QModelIndex | QPersistentModelIndex,
        row: ListedChat,
    ) -> None:
        opened = bool(index.data(OPEN))
        if opened:
            bar = QRectF(area.left() - theme.gap(1.5), area.top() + 6, 3, area.height() - 12)
            painter.fillRect(bar, theme.color("accent"))
        font = theme.font(theme.Size.BODY, bold=opened)
        measure = QFontMetrics(font)
        caption = QFontMetrics(theme.font(theme.Size.CAPTION)).lineSpacing()
        line = QRect(area)
        if row.excerpt is not None:
            inside = measure.lineSpacing() + 2 * caption
            line.setTop(area.top() + (area.height() - inside) // 2)
            line.setHeight(measure.lineSpacing())
        if row.pinned:
            side = theme.glyph(3.5)
            corner = QPointF(line.right() - side, line.center().y() - side / 2 + 1)
            place = QRectF(corner, QSize(side, side))
            icons.paint(painter, place, "pin", theme.current().tokens.muted)
            line.setRight(line.right() - side - theme.gap())
        painter.setFont(font)
        painter.setPen(theme.color("ink"))
        title = measure.elidedText(str(index.data()), Qt.TextElideMode.ElideRight, line.width())
        painter.drawText(line, int(Qt.AlignmentFlag.AlignVCenter), title)
        if row.excerpt is not None:
            top = QRect(area.left(), line.bottom() + 1, area.width(), 2 * caption)
            _draw_excerpt(painter, top, row.excerpt)


def _draw_excerpt(painter: QPainter, area: QRect, piece: Excerpt) -> None:
    """At most two lines, what was searched for in bold."""
    layout = QTextLayout(piece.text, theme.font(theme.Size.CAPTION))
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.setFormats([_bold(piece.text, *span) for span in piece.spans])
    layout.beginLayout()
    height = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(area.width())
        line.setPosition(QPointF(0, height))
        height += line.height()
    layout.endLayout()
    painter.setPen(theme.color("muted"))
    painter.setClipRect(area)
    layout.draw(painter, QPointF(area.topLeft()))


def _bold(text: str, begin: int, end: int) -> QTextLayout.FormatRange:
    """Qt counts in UTF-16."""
    made = QTextLayout.FormatRange()
    made.start = len(text[:begin].encode("utf-16-le")) // 2
    made.length = len(text[begin:end].encode("utf-16-le")) // 2
    look = QTextCharFormat()
    look.setFontWeight(700)
    look.setForeground(theme.color("ink"))
    made.format = look
    return made
