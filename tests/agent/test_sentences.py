"""Pieces: nothing lost, cut where a speaker would pause."""

from __future__ import annotations

import pytest

from agent.dialogue import Token
from agent.sentences import cited, pieces


def _cut(text: str, step: int = 3) -> list[str]:
    parts = [text[i : i + step] for i in range(0, len(text), step)]
    tokens = [Token(part, 0.5) for part in parts] + [Token("", 1.0, "stop")]
    return [piece.text for piece in pieces(tokens)]


TEXTS = [
    "Take one tablet up to three times a day. Do not take more than 3.5 g, e.g. on one day. Ask "
    "Dr. Lee! The answer is 42. Good.\n\n1. First\n2. Second\n\n"
    "```python\nprint('a. b')\n```\nDone.",
    "你好。今天天气很好！要出去吗？",
    "one two three four five, six seven. " * 50,
    "word" * 500,
    "",
]


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("step", [1, 3, 7, 10_000])
def test_nothing_is_lost(text: str, step: int) -> None:
    assert "".join(_cut(text, step)) == text


def test_sentences_and_not_abbreviations() -> None:
    cut = _cut("It is 3.5 g, said Dr. Lee. Take it at 8 a.m. with food. Take 42. Then rest.")
    assert cut == [
        "It is 3.5 g, ",
        "said Dr. Lee. ",
        "Take it at 8 a.m. with food. ",
        "Take 42. ",
        "Then rest.",
    ]


def test_the_first_piece_is_a_clause_and_later_ones_are_not() -> None:
    cut = _cut("If the light is red now, wait here, please. When it is green again, go on.")
    assert cut[0] == "If the light is red now, "
    assert cut[1:] == ["wait here, please. ", "When it is green again, go on."]


def test_code_is_cut_by_line_and_not_by_dots() -> None:
    cut = _cut("Run this program:\n```python\na. b. c.\nprint(1, 2, 3)\n```\nIt prints. Good.")
    assert "a. b. c.\n" in cut and "print(1, 2, 3)\n" in cut


def test_chinese_is_cut_at_its_own_marks() -> None:
    assert _cut("你好。今天天气很好！") == ["你好。", "今天天气很好！", ""]


def test_confidence_is_the_geometric_mean() -> None:
    tokens = [Token("Yes", 0.9), Token(" sir", 0.4), Token(".", 0.6), Token("", 1.0, "stop")]
    [piece] = pieces(tokens)
    assert piece.confidence == pytest.approx((0.9 * 0.4 * 0.6) ** (1 / 3))
    assert piece.ended == "stop"


def test_cited_keeps_known_ids_once() -> None:
    assert cited("It says so [2], and again [2][1], not [7].", [1, 2]) == (2, 1)
