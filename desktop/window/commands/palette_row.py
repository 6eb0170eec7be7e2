"""How a line of the palette is drawn: icon, title, and on the right what it is and its key."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QIcon, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop import theme

KEY = int(Qt.ItemDataRole.UserRole) + 1
KIND = int(Qt.ItemDataRole.UserRole) + 2


class PaletteRow(QStyledItemDelegate):
    """Draws one entry."""

    def sizeHint(  # noqa: N802
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """One line high enough to be pressed."""
        return QSize(theme.gap(40), theme.target(1.3))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw ground, icon, title, kind and key."""
        row: QRect = option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(theme.color("accent"))
            painter.setBrush(theme.color("wash"))
            painter.drawRoundedRect(row.adjusted(0, 1, -1, -1), theme.gap(), theme.gap())
        side, edge = theme.glyph(4.5), theme.gap(2)
        icon = index.data(int(Qt.ItemDataRole.DecorationRole))
        if isinstance(icon, QIcon):
            top = row.center().y() - side // 2
            icon.paint(painter, QRect(row.left() + edge, top, side, side))
        right = self._end(painter, row.adjusted(edge, 0, -edge, 0), index)
        text = row.adjusted(side + 2 * edge, 0, 0, 0)
        text.setRight(right - edge)
        painter.setFont(theme.font(theme.Size.BODY))
        painter.setPen(theme.color("ink"))
        _draw(painter, text, str(index.data()), Qt.AlignmentFlag.AlignLeft)
        painter.restore()

    def _end(
        self, painter: QPainter, row: QRect, index: QModelIndex | QPersistentModelIndex
    ) -> int:
        """Draw what stands on the right; returns where it begins."""
        font = theme.font(theme.Size.CAPTION)
        painter.setFont(font)
        painter.setPen(theme.color("muted"))
        measure = QFontMetrics(font)
        left = row.right()
        for text in (str(index.data(KEY) or ""), str(index.data(KIND) or "")):
            if text:
                width = measure.horizontalAdvance(text)
                place = QRect(left - width, row.top(), width + 1, row.height())
                painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter), text)
                left -= width + theme.gap(4)
        return left


def _draw(painter: QPainter, where: QRect, text: str, side: Qt.AlignmentFlag) -> None:
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, where.width())
    painter.drawText(where, int(side | Qt.AlignmentFlag.AlignVCenter), shown)
