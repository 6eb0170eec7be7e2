"""Markdown in pieces that stay as they are while the text grows."""

from __future__ import annotations

import pytest

from desktop.conversation.markdown import Piece, pieces, plain

LIST = "- one\n- two\n\n  more of two\n- three\n\n"


def test_code_is_a_piece_of_its_own_with_its_language() -> None:
    text = "Look:\n\n```python\nx = 1\n\ny = 2\n```\nDone."
    assert pieces(text) == [
        Piece(False, "Look:\n\n"),
        Piece(True, "x = 1\n\ny = 2\n", "python"),
        Piece(False, "Done."),
    ]


def test_a_fence_that_is_still_open_is_code_already() -> None:
    assert pieces("```\nx = 1\n") == [Piece(True, "x = 1\n")]


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("````\n```\nnot the end\n```\n````\n", "```\nnot the end\n```\n"),
        ("~~~\n```\n~~~\n", "```\n"),
        ("```\n``` not a fence\n```\n", "``` not a fence\n"),
    ],
)
def test_only_its_own_fence_closes_code(text: str, inside: str) -> None:
    assert pieces(text) == [Piece(True, inside)]


def test_inline_code_opens_no_block() -> None:
    assert pieces("Use ```x``` here.") == [Piece(False, "Use ```x``` here.")]


def test_nothing_is_lost_and_growing_changes_only_the_last_piece() -> None:
    text = ("A paragraph of some words that goes on for a while.\n\n" * 40 + LIST) * 3
    text += "```\ncode\n```\n" + "| a | b |\n|---|---|\n| 1 | 2 |\n\nend"
    before = list[Piece]()
    for end in range(0, len(text), 7):
        now = pieces(text[:end])
        assert now[: len(before) - 1] == before[:-1]
        before = now
    prose = "".join(piece.text for piece in pieces(text) if not piece.code)
    assert prose == text.replace("```\ncode\n```\n", "")


def test_a_list_is_never_cut_in_two() -> None:
    long_list = "Intro.\n\n" + "".join(f"{n}. item {n} with words\n\n" for n in range(200))
    assert len(pieces(long_list)) == 1


def test_a_very_long_answer_is_cut_into_pieces_of_a_bounded_size() -> None:
    paragraph = "Some words in a sentence. " * 10 + "\n\n"
    assert max(len(piece.text) for piece in pieces(paragraph * 2000)) < 2000


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("It says **Ibuprofen 400 mg** [1].", "It says Ibuprofen 400 mg [1]."),
        ("# Title\n\n- one\n- *two*\n", "Title one two"),
        ("See [the page](https://example.org).", "See the page."),
        ("Use `snake_case_names` and 2 * 3 * 4.", "Use snake_case_names and 2 * 3 * 4."),
        ("你好，**世界**。", "你好，世界。"),
        ("", ""),
    ],
)
def test_captions_and_announcements_are_plain_words(markdown: str, words: str) -> None:
    assert plain(markdown) == words
