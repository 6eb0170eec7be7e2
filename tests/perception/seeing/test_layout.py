"""Reading order: columns of running text, tables, headlines, side by side blocks."""

from __future__ import annotations

from perception.seeing.layout import Rect, reading_order


def _sheet(rects: list[tuple[float, float, float, float]]) -> list[Rect]:
    return [Rect(index, *corners) for index, corners in enumerate(rects)]


def _prose(left: float, right: float, top: float, lines: int) -> list[tuple[float, ...]]:
    return [(left, top + 30 * n, right - 7 * (n % 3), top + 30 * n + 20) for n in range(lines)]


def test_nothing_has_no_order() -> None:
    assert reading_order([]) == []


def test_two_columns_are_read_one_after_the_other() -> None:
    left, right = _prose(10, 400, 0, 6), _prose(440, 830, 0, 6)
    mixed = [rect for pair in zip(left, right, strict=True) for rect in pair]
    order = reading_order(_sheet([(a, b, c, d) for a, b, c, d in mixed]))
    assert order == [[0], [2], [4], [6], [8], [10], [1], [3], [5], [7], [9], [11]]


def test_three_columns_under_a_headline() -> None:
    columns = [_prose(left, left + 380, 100, 5) for left in (10, 430, 850)]
    rects = [(10.0, 0.0, 1200.0, 60.0)]
    rects += [(a, b, c, d) for column in columns for a, b, c, d in column]
    assert reading_order(_sheet(rects)) == [[index] for index in range(16)]


def test_cells_of_a_table_are_read_row_by_row() -> None:
    rows = [
        (x, 50.0 * y, x + wide, 50.0 * y + 24)
        for y in range(4)
        for x, wide in ((0.0, 90.0 + 10 * y), (220.0, 70.0), (420.0, 100.0 - 9 * y), (700.0, 60.0))
    ]
    assert reading_order(_sheet(rows)) == [[4 * y + x for x in range(4)] for y in range(4)]


def test_a_price_far_to_the_right_belongs_to_its_row() -> None:
    rows = []
    for y in range(5):
        rows += [(10.0, 40.0 * y, 120.0 + 25 * (y % 3), 40.0 * y + 22)]
        rows += [(700.0, 40.0 * y, 770.0, 40.0 * y + 22)]
    assert reading_order(_sheet(rows)) == [[2 * y, 2 * y + 1] for y in range(5)]


def test_blocks_that_do_not_line_up_are_kept_apart() -> None:
    left = [(0.0, 40.0 * y, 150.0, 40.0 * y + 20) for y in range(4)]
    right = [(300.0, 70.0 + 57.0 * y, 420.0, 70.0 + 57.0 * y + 20) for y in range(3)]
    order = [index for row in reading_order(_sheet(left + right)) for index in row]
    assert order == [0, 1, 2, 3, 4, 5, 6]


def test_a_word_of_another_size_in_the_row_is_a_line_of_its_own() -> None:
    assert reading_order(_sheet([(0, 0, 200, 80), (230, 30, 400, 50)])) == [[0], [1]]


def test_every_line_is_kept_once() -> None:
    rects = _sheet(
        [
            (7.0 * n % 300, 13.0 * n % 400, 7.0 * n % 300 + 90, 13.0 * n % 400 + 15)
            for n in range(60)
        ]
    )
    assert sorted(index for row in reading_order(rects) for index in row) == list(range(60))
