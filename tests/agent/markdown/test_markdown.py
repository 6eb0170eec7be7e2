"""An answer in pieces that stay as they are while it grows, and what a document makes of them."""

from __future__ import annotations

import pytest

from agent.markdown import parsing
from agent.markdown.pieces import (
    Piece,
    PieceKind,
    Pieces,
    cells,
)
from agent.markdown.plain import plain

TABLE = "| a | b |\n|---|---|\n| 1 | 2 |\n"
LIST = "- one\n- two\n\n  more of two\n- three\n\n"


def pieces(text: str) -> list[Piece]:
    return Pieces().cut(text)


def test_code_is_a_piece_of_its_own_with_its_language() -> None:
    text = "Look:\n\n```python\nx = 1\n\ny = 2\n```\nDone."
    assert pieces(text) == [
        Piece(PieceKind.PROSE, "Look:\n\n"),
        Piece(PieceKind.CODE, "x = 1\n\ny = 2\n", "python"),
        Piece(PieceKind.PROSE, "Done."),
    ]


def test_a_fence_that_is_still_open_is_code_already() -> None:
    assert pieces("```\nx = 1\n") == [Piece(PieceKind.CODE, "x = 1\n")]


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("````\n```\nnot the end\n```\n````\n", "```\nnot the end\n```\n"),
        ("~~~\n```\n~~~\n", "```\n"),
        ("```\n``` not a fence\n```\n", "``` not a fence\n"),
    ],
)
def test_only_its_own_fence_closes_code(text: str, inside: str) -> None:
    assert pieces(text) == [Piece(PieceKind.CODE, inside)]


def test_inline_code_opens_no_block() -> None:
    assert pieces("Use ```x``` here.") == [Piece(PieceKind.PROSE, "Use ```x``` here.")]


def test_nothing_is_lost_and_growing_changes_only_the_last_piece() -> None:
    text = ("A paragraph of some words that goes on for a while.\n\n" * 40 + LIST) * 3
    text += "```\ncode\n```\n" + "| a | b |\n|---|---|\n| 1 | 2 |\n\nend"
    before = list[Piece]()
    for end in range(0, len(text), 7):
        now = pieces(text[:end])
        assert now[: len(before) - 1] == before[:-1]
        before = now
    prose = "".join(piece.text for piece in pieces(text) if piece.kind is not PieceKind.CODE)
    assert prose == text.replace("```\ncode\n```\n", "")


def test_one_that_cuts_as_the_text_grows_finds_what_one_at_the_end_finds() -> None:
    text = (LIST + TABLE + "\nWords.\n\n```\ncode\n```\n" + "A paragraph. " * 30 + "\n\n") * 5
    growing = Pieces()
    for end in range(0, len(text), 11):
        growing.cut(text[:end])
    assert growing.cut(text) == pieces(text)
    assert growing.cut("Another.") == [Piece(PieceKind.PROSE, "Another.")]


def test_a_long_list_is_cut_only_between_its_items() -> None:
    items = "".join(f"{n}. item {n} with words\n\n   and more\n\n" for n in range(200))
    found = pieces("Intro.\n\n" + items)
    assert len(found) > 1
    assert all(piece.text[0].isdigit() for piece in found[1:])


def test_a_table_is_a_piece_of_its_own_from_its_header_on() -> None:
    found = pieces(f"Before | it\n{TABLE}\nAfter.")
    assert found == [
        Piece(PieceKind.PROSE, "Before | it\n"),
        Piece(PieceKind.TABLE, TABLE),
        Piece(PieceKind.PROSE, "\nAfter."),
    ]
    assert not found[1].large
    assert Piece(PieceKind.TABLE, TABLE + "| 1 | 2 |\n" * 100).large
    assert cells(r"| a \| b | c |") == ["a | b", "c"]


def test_a_line_below_words_with_a_bar_is_no_table_unless_the_columns_match() -> None:
    assert [piece.kind for piece in pieces("a | b | c\n|---|---|\nwords")] == [PieceKind.PROSE]


@pytest.mark.parametrize("text", ["a" * 50_000, "a\n" * 9_000, "> a\n" * 9_000, "- " * 9_000])
def test_no_prose_is_longer_than_can_be_drawn_at_one_go(text: str) -> None:
    found = pieces(text)
    assert "".join(piece.text for piece in found) == text
    assert all(len(piece.text) <= 4000 and piece.text.count("\n") <= 200 for piece in found)


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
        ("2*3*4, x**2 and y**2, **bold** and *n*th", "2*3*4, x**2 and y**2, bold and nth"),
        (
            r"So $a_1 * b_2 * c$ and \(x_1\) are _sums_.",
            r"So $a_1 * b_2 * c$ and \(x_1\) are sums.",
        ),
        ("It is $5, or *$6* with _tax_.", "It is $5, or $6 with tax."),
        ("1. [the file](notes.txt)\n2. ~~old~~", "1. the file 2. old"),
        ("42.", "42."),
        ("", ""),
    ],
)
def test_captions_and_announcements_are_plain_words(markdown: str, words: str) -> None:
    assert plain(markdown) == words


def test_words_without_marks_take_linear_time() -> None:
    assert plain("[" * 100_000) == "[" * 4_000


def test_the_window_makes_no_link_of_what_may_not_be_opened() -> None:
    for text in ("[a](file:///etc/passwd)", "[a](javascript:x)", "[a](notes.txt)", "![a](x.png)"):
        shown, said = parsing.read(text), parsing.read(text, any_address=True)
        assert shown is not None and said is not None
        assert [token.type for token in shown[1].children or ()] == ["text"]
        assert "text" not in [token.type for token in said[1].children or ()][:1]


def test_what_has_too_much_markup_is_not_read() -> None:
    assert parsing.read("[" * 300) is None
    assert parsing.read("> " * 60 + "deep") is None
    assert parsing.read("**a** " * 300) is None
