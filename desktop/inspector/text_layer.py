"""The text that was read in a picture, to be selected like text: lines in reading order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

from perception.types import Scene


@dataclass(frozen=True, slots=True)
class TextPlace:
    """A place between two letters: the line, and how many of its letters stand before."""

    line: int
    letter: int


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line with its box, in fractions of the picture. Letters are taken to be equally wide."""

    text: str
    box: QRectF

    def letter_at(self, x: float) -> int:
        """How many letters stand before this place."""
        if not self.box.width():
            return 0
        share = (x - self.box.left()) / self.box.width()
        return round(min(1.0, max(0.0, share)) * len(self.text))

    def part(self, first: int, last: int) -> QRectF:
        """The box of some of its letters."""
        step = self.box.width() / max(1, len(self.text))
        left = self.box.left() + first * step
        return QRectF(left, self.box.top(), (last - first) * step, self.box.height())


class TextLayer:
    """The lines of a scene, and which part of them is selected."""

    def __init__(self, scene: Scene | None) -> None:
        read = scene.texts if scene is not None else ()
        placed = [
            TextLine(
                item.label, QRectF(item.box.left, item.box.top, item.box.width, item.box.height)
            )
            for item in read
        ]
        self.lines = in_reading_order(placed)
        self.anchor = self.caret = TextPlace(0, 0)

    @property
    def text(self) -> str:
        """All of it, a line each."""
        return "\n".join(line.text for line in self.lines)

    @property
    def selected(self) -> str:
        """What is selected."""
        first, last = self._ends()
        parts = [line.text[a:b] for line, a, b in self._marked(first, last)]
        return "\n".join(parts) if first != last else ""

    def boxes(self) -> list[QRectF]:
        """Where the selection lies."""
        first, last = self._ends()
        if first == last:
            return []
        return [line.part(a, b) for line, a, b in self._marked(first, last) if b > a]

    def place_at(self, point: QPointF) -> TextPlace:
        """The place that is nearest to a point of the picture."""
        if not self.lines:
            return TextPlace(0, 0)
        near = min(range(len(self.lines)), key=lambda n: _distance(self.lines[n].box, point))
        return TextPlace(near, self.lines[near].letter_at(point.x()))

    def over_text(self, point: QPointF) -> bool:
        """Whether a point lies on a line."""
        return any(line.box.contains(point) for line in self.lines)

    def select_all(self) -> None:
        """Select everything."""
        self.anchor, self.caret = TextPlace(0, 0), self._end()

    def select_word(self, place: TextPlace) -> None:
        """Select the word at a place."""
        text = self.lines[place.line].text if self.lines else ""
        first = last = min(place.letter, len(text))
        while first > 0 and not text[first - 1].isspace():
            first -= 1
        while last < len(text) and not text[last].isspace():
            last += 1
        self.anchor, self.caret = TextPlace(place.line, first), TextPlace(place.line, last)

    def move(self, letters: int = 0, lines: int = 0, *, select: bool) -> None:
        """Move the caret; with `select` the selection follows."""
        if not self.lines:
            return
        line, letter = self.caret.line + lines, self.caret.letter + letters
        if letter < 0 and line > 0:
            line, letter = line - 1, len(self.lines[line - 1].text)
        elif letters > 0 and line + 1 < len(self.lines) and letter > len(self.lines[line].text):
            line, letter = line + 1, 0
        line = min(len(self.lines) - 1, max(0, line))
        self.caret = TextPlace(line, min(len(self.lines[line].text), max(0, letter)))
        if not select:
            self.anchor = self.caret

    def to_edge(self, *, end: bool, select: bool) -> None:
        """Move the caret to the beginning or the end of its line."""
        line = self.caret.line
        last = len(self.lines[line].text) if self.lines else 0
        self.caret = TextPlace(line, last if end else 0)
        if not select:
            self.anchor = self.caret

    def caret_box(self) -> QRectF:
        """Where the caret stands."""
        if not self.lines:
            return QRectF()
        return self.lines[self.caret.line].part(self.caret.letter, self.caret.letter)

    def _end(self) -> TextPlace:
        if not self.lines:
            return TextPlace(0, 0)
        return TextPlace(len(self.lines) - 1, len(self.lines[-1].text))

    def _ends(self) -> tuple[TextPlace, TextPlace]:
        ends = (self.anchor, self.caret)
        first = min(ends, key=lambda place: (place.line, place.letter))
        return first, ends[1] if first is ends[0] else ends[0]

    def _marked(self, first: TextPlace, last: TextPlace) -> list[tuple[TextLine, int, int]]:
        found = list[tuple[TextLine, int, int]]()
        for n in range(first.line, min(last.line + 1, len(self.lines))):
            line = self.lines[n]
            begin = first.letter if n == first.line else 0
            end = last.letter if n == last.line else len(line.text)
            found.append((line, begin, end))
        return found


def in_reading_order(lines: Sequence[TextLine]) -> tuple[TextLine, ...]:
    """From the top down; what stands at one height, from the left."""
    rows = list[list[TextLine]]()
    for line in sorted(lines, key=lambda each: each.box.center().y()):
        row = rows[-1] if rows else []
        if row and _beside(row[-1].box, line.box):
            row.append(line)
        else:
            rows.append([line])
    return tuple(line for row in rows for line in sorted(row, key=lambda each: each.box.left()))


def _beside(one: QRectF, other: QRectF) -> bool:
    shared = min(one.bottom(), other.bottom()) - max(one.top(), other.top())
    return shared > min(one.height(), other.height()) / 2


def _distance(box: QRectF, point: QPointF) -> float:
    across = max(box.left() - point.x(), 0.0, point.x() - box.right())
    down = max(box.top() - point.y(), 0.0, point.y() - box.bottom())
    return across * across + 4 * down * down
