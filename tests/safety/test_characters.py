"""Chinese, by its characters."""

from __future__ import annotations

import numpy as np

from safety.characters import PIECE, SIZE, is_chinese, pieces, rows_of, scores


def test_chinese_is_known_by_its_characters() -> None:
    assert is_chinese("今天天气怎么样")
    assert is_chinese("帮我打开 Wi-Fi 设置吧")
    assert not is_chinese("what does 好 mean in English")
    assert not is_chinese("123 !")
    assert not is_chinese("")


def test_rows_are_the_same_whatever_the_signs() -> None:
    assert rows_of("你好，世界！") == rows_of("你好 世界")
    assert all(0 <= row < SIZE for row in rows_of("你好世界"))


def test_pieces_cover_the_text() -> None:
    text = "".join(chr(0x4E00 + n) for n in range(150))
    found = list(pieces(text))
    assert all(len(piece) <= PIECE for piece in found)
    assert set("".join(found)) == set(text)
    assert list(pieces("")) == [""]


def test_each_piece_has_a_probability_for_each_label() -> None:
    weight = np.zeros((SIZE, 2), np.float32)
    weight[sorted(set(rows_of("坏")) - set(rows_of("好"))), 0] = 50
    told = scores("好" * 100 + "坏", weight, np.zeros(2, np.float32))
    assert told.shape[1] == 2
    assert told[:, 0].max() > 0.9 > told[0, 0]
    assert np.allclose(told[:, 1], 0.5)
