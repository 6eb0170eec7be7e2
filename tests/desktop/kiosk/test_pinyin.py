"""Pinyin finds the characters that are meant."""

from __future__ import annotations

import pytest

from desktop.kiosk.keyboard.pinyin import lexicon
from desktop.kiosk.keyboard.pinyin_source import plain_syllable, readings


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("nihao", "你好"),
        ("zhongguo", "中国"),
        ("ni", "你"),
        ("xian", "现"),
        ("xi'an", "西安"),
        ("lvse", "绿色"),
        ("yinhang", "银行"),
        ("nh", "你好"),
        ("womenxiangkanzhanlan", "我们想看展览"),
    ],
)
def test_the_first_candidate(typed: str, first: str) -> None:
    found = lexicon().candidates(typed)[0]
    assert (found.text, found.used) == (first, len(typed))


def test_every_syllable_has_characters_and_every_word_its_syllables() -> None:
    known = lexicon()
    assert len(known.characters) > 390
    assert sum(map(len, known.characters.values())) > 6000
    for syllable in known.syllables:
        assert syllable.isascii()
        assert known.characters.get(syllable) or known.words.get((syllable,)), syllable
    for syllables, words in known.words.items():
        assert all(len(word) == len(syllables) for word in words)
        typed = "'".join(syllables)
        offered = [each.text for each in known.candidates(typed)]
        assert set(words) <= set(offered), typed


def test_what_is_no_pinyin_finds_nothing() -> None:
    assert lexicon().candidates("") == ()
    assert lexicon().candidates("vvv") == ()
    assert lexicon().candidates("'") == ()


def test_long_input_is_answered() -> None:
    found = lexicon().candidates("xianxianxianxianxianxianxianxianxianxian")
    assert found[0].used == 40


def test_the_table_is_made_from_unihan() -> None:
    lines = [
        "# kHanyuPinlu\n",
        "U+597D\tkHanyuPinlu\thǎo(6060) hāo(142)\n",
        "U+97E9\tkMandarin\thán\n",
        "U+56FD\tkMandarin\tguó\n",
        "U+56FD\tkHanyuPinlu\tguó(9)\n",
        "U+570B\tkMandarin\tguó\n",
    ]
    assert readings(lines) == {"好": {"hao": 6202}, "韩": {"han": 0}, "国": {"guo": 9}}
    assert plain_syllable("lǜ") == "lv"
