"""Pieces: nothing lost, cut where a speaker would pause."""

from __future__ import annotations

import pytest

from agent.dialogue import Token
from agent.turn.segmentation import cited, pieces


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
    cut = _cut("Yes. It is 3.5 g, said Dr. Lee. Take it at 8 a.m. with food. Take 42. Then rest.")
    assert cut == [
        "Yes. ",
        "It is 3.5 g, said Dr. Lee. ",
        "Take it at 8 a.m. with food. ",
        "Take 42. ",
        "Then rest.",
    ]


def test_the_first_sentence_is_cut_early_and_later_ones_are_not() -> None:
    text = "If the light is red now, wait here, please. When it is green again, go on."
    tokens = [Token(letter, 0.5) for letter in text] + [Token("", 1.0, "stop")]
    assert [(piece.text, piece.ends) for piece in pieces(tokens)] == [
        ("If the light ", False),
        ("is red now, wait here, ", False),
        ("please. ", True),
        ("When it is green again, go on.", True),
    ]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Ludwig van Beethoven was born in Bonn.", "Ludwig van Beethoven "),
        ("The capital of France is Paris.", "The capital of France "),
        ("It rains in New York City today, and more.", "It rains in New York City "),
        ("The box holds 1 000 screws of steel.", "The box holds 1 000 screws "),
        ("It costs about $5 or 30 euros in shops.", "It costs about $5 or 30 euros "),
        ("In 1813, the Napoleonic Wars were raging.", "In 1813, "),
        (
            "Between 1, 2 and 3 of these there is room.",
            "Between 1, 2 and 3 of these there is room.",
        ),
        ("The label says [1] take one with water.", "The label says [1] take "),
        ("You can ask Dr. Lee about these tablets.", "You can ask "),
        ("Look at https://example.com for all details.", "Look at https://example.com for all "),
        ("Please run `ls -l now` in a shell.", "Please run `ls -l now` in a shell."),
        ("Now **mix these words** well and stir.", "Now **mix these words** well "),
        ("1. Open the old box slowly.\n2. Look.", "1. Open the old box slowly."),
        ("| a small table of things |", "| a small table of things |"),
        ("你好，今天天气很好，我们去公园吧。", "你好，今天天气很好，"),
    ],
)
@pytest.mark.parametrize("step", [1, 4])
def test_a_first_piece_ends_between_words_that_can_be_parted(
    text: str, first: str, step: int
) -> None:
    assert _cut(text, step)[0] == first


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
