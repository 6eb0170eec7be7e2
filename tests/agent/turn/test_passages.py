"""Which parts of long texts are read, and that what was left out is told."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from agent.attached_text import MOST_LETTERS, AttachedText, pasted, read_text_file
from agent.codes import AgentCode
from agent.turn.passages import PART_TOKENS, again, choose, parts_of
from perception.hedges import tokens
from perception.messages import Notice
from perception.types import Evidence, UserError
from tests.properties import PROPERTY

FILLER = [
    f"In week {n} the garden club talked about roses and the weather was mild.\n\n"
    for n in range(400)
]
FILLER[211] = "The treasurer Olga Brandt keeps the key of the shed under the blue pot.\n\n"
MINUTES = AttachedText("Minutes", "Minutes of the garden club.\n\n" + "".join(FILLER))


def _count(text: str) -> int:
    return len(text) // 4 + 1


class _Encoder:
    """Says that texts with the same first letters of words are near."""

    def __init__(self) -> None:
        self.embedded = 0

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.embedded += len(texts)
        rows = np.zeros((len(texts), 64), np.float32)
        for place, text in enumerate(texts):
            for word in text.lower().split():
                rows[place, hash(word) % 64] += 1
        lengths = np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6)
        near: NDArray[np.float32] = (rows / lengths).astype(np.float32)
        return near


def _chosen(
    texts: Sequence[AttachedText], words: str, encoder: _Encoder | None = None
) -> tuple[tuple[Evidence, ...], tuple[Notice, ...]]:
    steps = choose(texts, words, 1500, _count, encoder)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            found: tuple[tuple[Evidence, ...], tuple[Notice, ...]] = end.value
            return found


@given(st.text(max_size=3000))
@PROPERTY
def test_parts_hold_the_whole_text_in_order(text: str) -> None:
    parts = parts_of(AttachedText("t", text))
    assert "".join(part.words for part in parts).split() == text.split()
    assert all(tokens(part.words) <= 2 * PART_TOKENS for part in parts)


@pytest.mark.parametrize("text", ["x" * 50_000, "字" * 9_000, "a b " * 20_000, "\n" * 9000 + "end"])
def test_texts_without_sentences_are_parted_too(text: str) -> None:
    parts = parts_of(AttachedText("t", text))
    assert "".join(part.words for part in parts).split() == text.split()
    assert all(tokens(part.words.strip()) <= PART_TOKENS + 2 for part in parts)


def test_a_text_that_fits_is_read_whole_and_nothing_is_told() -> None:
    text = AttachedText("Note", "One.\n\nTwo.\n" * 60)
    found, told = _chosen([text], "What about two?")
    assert "".join(item.text for item in found) == text.text and told == ()
    assert [item.where.page for item in found] == list(range(1, len(found) + 1))


@pytest.mark.parametrize("encoder", [None, _Encoder()])
def test_the_part_that_tells_it_is_read_and_the_rest_is_told(encoder: _Encoder | None) -> None:
    found, told = _chosen([MINUTES], "Where is the key of the shed kept?", encoder)
    assert any("blue pot" in item.text for item in found)
    assert found[0].text.startswith("Minutes of the garden club")
    [note] = told
    assert note.code == AgentCode.TEXT_PARTS_CLOSEST
    assert note.args["read"] == len(found) and note.args["all"] == len(parts_of(MINUTES))
    assert f"I read {len(found)} of" in note.message
    places = [item.where.span for item in found]
    assert places == sorted(places, key=lambda span: span or (0, 0))
    for item in found:
        assert item.where.span and MINUTES.text[slice(*item.where.span)] == item.text


@pytest.mark.parametrize("words", ["Summarise this.", "请总结一下", "", "What is this about?"])
def test_a_summary_reads_the_beginning_and_parts_from_all_over(words: str) -> None:
    found, told = _chosen([MINUTES], words)
    assert told[0].code == AgentCode.TEXT_PARTS_SPREAD
    places = [item.where.span[0] / len(MINUTES.text) for item in found if item.where.span]
    assert places[0] == 0 and places[-1] > 0.8
    assert max(b - a for a, b in pairwise(places)) < 0.3


def test_of_two_texts_both_are_begun_and_both_are_told() -> None:
    other = AttachedText("Other", MINUTES.text.replace("roses", "tulips"))
    found, told = _chosen([MINUTES, other], "Who keeps the key of the shed?")
    assert {item.where.source for item in found} == {"Minutes", "Other"}
    assert [note.args["title"] for note in told] == ["Minutes", "Other"]


def test_of_very_many_parts_few_are_compared_by_meaning() -> None:
    long = AttachedText("Long", MINUTES.text * 10)
    encoder = _Encoder()
    found, _ = _chosen([long], "Where is the key of the shed kept?", encoder)
    assert any("blue pot" in item.text for item in found)
    assert encoder.embedded <= 65 < len(parts_of(long))


def test_a_later_question_reads_what_it_speaks_of_and_only_that() -> None:
    def later(words: str, read: Sequence[Evidence] = ()) -> tuple[Evidence, ...]:
        return again([MINUTES], words, read, room=450, count=_count, encoder=None)

    found = later("Does Olga Brandt keep the key of the shed?")
    assert found and any("blue pot" in item.text for item in found)
    assert later("How do I boil an egg?") == ()
    assert all("blue pot" not in item.text for item in later("Olga Brandt's key?", found))


def test_a_pasted_text_is_named_after_its_first_words_and_kept_whole() -> None:
    text = pasted("Minutes of the meeting of the garden club, held on 4 May\r\nItem 1\0\ud800")
    assert text.title == "Minutes of the meeting of the garden club,…"
    assert text.text.endswith("held on 4 May\nItem 1\ufffd?")
    assert (text.lines, text.words) == (2, 14)
    with pytest.raises(UserError, match="too long"):
        pasted("x" * (MOST_LETTERS + 1))


def test_a_text_file_is_read_in_its_encoding(tmp_path: Path) -> None:
    file = tmp_path / "notes.md"
    for data in ("# Über\n", "\ufeff# Über\n"):
        file.write_text(data, "utf-8")
        assert read_text_file(file) == AttachedText("notes.md", "# Über\n")
    file.write_text("# Über\n", "utf-16")
    assert read_text_file(file).text == "# Über\n"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00", AgentCode.NOT_A_TEXT_FILE),
        (b"%PDF-1.7\nabc", AgentCode.NOT_A_TEXT_FILE),
        (b"abc\x00def", AgentCode.NOT_A_TEXT_FILE),
        (b"\xff\xfe\xff", AgentCode.NOT_A_TEXT_FILE),
        (b" \n", AgentCode.TEXT_FILE_EMPTY),
        (b"x" * (MOST_LETTERS + 1), AgentCode.TEXT_TOO_LONG),
    ],
)
def test_a_file_that_is_no_text_says_so(data: bytes, code: str, tmp_path: Path) -> None:
    file = tmp_path / "file.txt"
    file.write_bytes(data)
    with pytest.raises(UserError) as told:
        read_text_file(file)
    assert told.value.code == code and told.value.hint


def test_a_file_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"no\.txt cannot be read"):
        read_text_file(tmp_path / "no.txt")
