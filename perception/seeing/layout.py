"""Reading order: which lines stand in one row, and in which order rows and columns are read.

Pure geometry, so that lines can be read in the order in which they will be said. A gap between
columns is told from a gap between the cells of a table by what stands beside it: lines of running
text fill their column, cells do not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

ROW_OVERLAP = 0.5
NARROWEST_GAP = 0.6
"""Of the height of a line."""

WORD_GAP = 0.8
CELL_GAP, LONE_GAP = 60.0, 8.0
"""Of the height of a line, between cells of a table and where only one row has pieces."""

FEWEST_LINES = 2
MOST_CROSSING = 0.4
FULL_LINE = 0.75
PROSE_ASPECT = 5.0
HEIGHTS_ALIKE = 1.9


@dataclass(frozen=True, slots=True)
class Rect:
    """An upright line of text in pixels; `index` is the caller's."""

    index: int
    left: float
    top: float
    right: float
    bottom: float

    @property
    def height(self) -> float:
        """In pixels."""
        return self.bottom - self.top

    @property
    def width(self) -> float:
        """In pixels."""
        return self.right - self.left

    @property
    def middle(self) -> float:
        """The height at which it stands."""
        return (self.top + self.bottom) / 2


def reading_order(rects: Sequence[Rect]) -> list[list[int]]:
    """Rows in reading order, each the indices of its pieces from left to right."""
    if not rects:
        return []
    cut = _column_gap(rects)
    if cut is None:
        return _rows(rects)
    order: list[list[int]] = []
    crossing = sorted((rect for rect in rects if _crosses(rect, cut)), key=lambda rect: rect.middle)
    rest = [rect for rect in rects if not _crosses(rect, cut)]
    # What runs across both columns (a headline) parts the page into bands.
    for wide in _crossing_rows(crossing):
        edge = min(rect.middle for rect in wide)
        above = [rect for rect in rest if rect.middle < edge]
        rest = [rect for rect in rest if rect.middle >= edge]
        order += _band(above, cut) + reading_rows(wide)
    return order + _band(rest, cut)


def reading_rows(rects: Sequence[Rect]) -> list[list[int]]:
    """Rows from top to bottom, without a look at columns."""
    return _rows(rects) if rects else []


def _band(rects: list[Rect], cut: float) -> list[list[int]]:
    left = [rect for rect in rects if rect.right <= cut]
    right = [rect for rect in rects if rect.right > cut]
    return reading_order(left) + reading_order(right)


def _crosses(rect: Rect, cut: float) -> bool:
    return rect.left < cut < rect.right


def _crossing_rows(crossing: Sequence[Rect]) -> list[list[Rect]]:
    by_index = {rect.index: rect for rect in crossing}
    return [[by_index[index] for index in row] for row in reading_rows(crossing)]


def _column_gap(rects: Sequence[Rect]) -> float | None:
    """Where a gap runs down between two columns, or None."""
    if len(rects) < 2 * FEWEST_LINES:
        return None
    line = median(rect.height for rect in rects)
    best: tuple[float, float] | None = None
    for rect in rects:
        edge = rect.right
        right = [other for other in rects if other.left >= edge]
        if len(right) < FEWEST_LINES:
            continue
        start = min(other.left for other in right)
        cut = edge + min(line * NARROWEST_GAP, start - edge) / 2
        left = [other for other in rects if other.right <= cut]
        crossing = len(rects) - len(left) - len(right)
        if start - edge < NARROWEST_GAP * line or crossing > MOST_CROSSING * len(rects):
            continue
        if len(left) < FEWEST_LINES or not _are_columns(left, right):
            continue
        worth = min(len(left), len(right)) - crossing + (start - edge) / line / 100
        if best is None or worth > best[0]:
            best = (worth, cut)
    return None if best is None else best[1]


def _are_columns(left: Sequence[Rect], right: Sequence[Rect]) -> bool:
    """Whether two groups side by side are columns, and not cells of the same rows."""
    top = max(min(rect.top for rect in left), min(rect.top for rect in right))
    bottom = min(max(rect.bottom for rect in left), max(rect.bottom for rect in right))
    if bottom <= top:
        return False
    if _is_prose(left) and _is_prose(right):
        return True
    return not _aligned(left, right)


def _is_prose(rects: Sequence[Rect]) -> bool:
    """Lines of running text: long, and most of them as wide as their column."""
    spans = sorted(run[-1].right - run[0].left for row in _row_rects(rects) for run in _runs(row))
    if len(spans) < FEWEST_LINES:
        return False
    full = spans[int((len(spans) - 1) * 0.9)]
    if median(spans) < PROSE_ASPECT * median(rect.height for rect in rects):
        return False
    return sum(span >= FULL_LINE * full for span in spans) >= 0.5 * len(spans)


def _runs(row: Sequence[Rect]) -> list[list[Rect]]:
    """Pieces of a row with no more than a word's gap between them."""
    runs = [[row[0]]]
    for before, after in pairwise(row):
        if after.left - before.right <= WORD_GAP * min(before.height, after.height):
            runs[-1].append(after)
        else:
            runs.append([after])
    return runs


def _aligned(left: Sequence[Rect], right: Sequence[Rect]) -> bool:
    """Whether most lines of the shorter group stand beside one of the other."""
    few, many = sorted((left, right), key=len)
    beside = sum(any(_same_row(one, other) for other in many) for one in few)
    return beside >= 0.6 * len(few)


def _same_row(one: Rect, other: Rect) -> bool:
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared >= ROW_OVERLAP * min(one.height, other.height)


def _row_rects(rects: Sequence[Rect]) -> list[list[Rect]]:
    rows: list[list[Rect]] = []
    for rect in sorted(rects, key=lambda rect: rect.middle):
        fitting = next((row for row in rows[::-1][:3] if _fits(rect, row)), None)
        if fitting is None:
            rows.append([rect])
        else:
            fitting.append(rect)
    for row in rows:
        row.sort(key=lambda rect: rect.left)
    return sorted(rows, key=lambda row: median(rect.middle for rect in row))


def _fits(rect: Rect, row: Sequence[Rect]) -> bool:
    """Beside all of a row: level with its nearest piece, and over none of them."""
    nearest = min(row, key=lambda other: _gap(rect, other))
    shared = min(rect.width, nearest.width) * 0.3
    return _same_row(rect, nearest) and all(_gap(rect, other) > -shared for other in row)


def _gap(one: Rect, other: Rect) -> float:
    """The white between two pieces; below 0 where they lie over each other."""
    return max(one.left, other.left) - min(one.right, other.right)


def _rows(rects: Sequence[Rect]) -> list[list[int]]:
    rows: list[list[int]] = []
    lines = _row_rects(rects)
    widest = CELL_GAP if sum(len(row) > 1 for row in lines) > 1 else LONE_GAP
    for row in lines:
        pieces = [row[0].index]
        for before, after in pairwise(row):
            if _belong(before, after, widest):
                pieces.append(after.index)
            else:
                rows.append(pieces)
                pieces = [after.index]
        rows.append(pieces)
    return rows


def _belong(before: Rect, after: Rect, widest: float) -> bool:
    """Whether two pieces of a row are said in one breath: alike in size, and not far apart."""
    low, high = sorted((before.height, after.height))
    return high <= HEIGHTS_ALIKE * low and after.left - before.right <= widest * high
