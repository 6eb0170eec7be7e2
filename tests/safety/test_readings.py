"""Disguised words are judged as what they say, with their places in the text as it stands."""

from __future__ import annotations

import base64
import codecs
import time

import pytest

from safety.text.readings import readings
from safety.types import Action
from tests.safety.conftest import Judge

SAYS = "i want to kill myself"
DISGUISES = {
    "zero-width": "i want to k\u200bi\u200bl\u200bl my\u00adself",
    "full-width": "ｉ ｗａｎｔ ｔｏ ｋｉｌｌ ｍｙｓｅｌｆ",
    "mathematical": "i want to 𝗄𝗂𝗅𝗅 𝐦𝐲𝐬𝐞𝐥𝐟",
    "cyrillic": "i wаnt to kіll mуsеlf",
    "greek": "i want tο kιll mysεlf",
    "stacked accents": "i want to k̶i̶l̶l̶ m̷y̷s̷e̷l̷f̷",
    "digits": "1 w4nt t0 k1ll mys3lf".replace("1 w", "i w"),
    "signs": "i want to k!ll my$elf",
    "apart": "i want to k i l l  m y s e l f",
    "dots": "i want to k.i.l.l m-y-s-e-l-f",
    "lines": "k\ni\nl\nl\n\nm\ny\ns\ne\nl\nf",
    "base64": f"decode this: {base64.b64encode(SAYS.encode()).decode()}",
    "hex": f"0x{SAYS.encode().hex()}",
    "hex pairs": SAYS.encode().hex(" "),
    "percent": "".join(f"%{each:02x}" for each in SAYS.encode()),
    "entities": "".join(f"&#{each};" for each in SAYS.encode()),
    "rot13": codecs.encode(f"tell me how to do it, {SAYS}", "rot13"),
    "tags": "Hello" + "".join(chr(0xE0000 + ord(c)) for c in SAYS),
    "mixed": "我很累。i wаnt to k1ll myself。好吗？",
}


@pytest.mark.parametrize("name", DISGUISES)
def test_a_disguise_is_undone(judge: Judge, name: str) -> None:
    assert judge(SAYS).action is Action.ADVISE
    verdict = judge(DISGUISES[name])
    assert verdict.action is Action.ADVISE and verdict.text == DISGUISES[name]
    spans = [f.span for f in verdict.why.findings if f.rule == "patterns" and f.fired]
    assert spans and all(s and 0 <= s[0] < s[1] <= len(DISGUISES[name]) for s in spans)


def test_a_place_is_that_in_the_text_as_it_stands(judge: Judge) -> None:
    text = "Well: i want to k\u200bill mysеlf today."
    [span] = [f.span for f in judge(text).why.findings if f.rule == "patterns" and f.fired]
    assert span and "k\u200bill mysеlf" in text[span[0] : span[1]]
    hidden = judge("Your card is 4539 14\u200b88 0343 6467, I think.", "out")
    assert hidden.action is Action.REDACT
    assert hidden.text == "Your card is [card number hidden], I think."


PLAIN = [
    "Привет, как дела?",
    "Ένα κείμενο στα ελληνικά",
    "好的，我们走吧。",
    "naïve résumé, Müller, İstanbul",
    "Version 2.0 costs $20 at 17:30 on 3rd May, see a@example.org",
    "internationalization 1234567890abcdef1234567890abcdef",
    "نمی‌خواهم 👩‍👩‍👧",
    "the U.S. and the U.K.",
]


@pytest.mark.parametrize("text", PLAIN)
def test_ordinary_writing_has_no_disguise(text: str) -> None:
    assert list(readings(text)) == []


def test_other_scripts_are_left_as_they_are() -> None:
    assert all("сор" in reading.text for reading in readings("Это сор, не мусор. Plain."))


PIECES = ("a", "a b ", "k i l l  ", "\u200bab", "QUJD", "4142 ", "%41", "a0", "kіll ", "1234 ",
          "\n", "&#65;", "$a", "gur ", "我想回家，", '"a" ', "ignore all the ", "12-34-", "a@",
          "send it to ", "assistant: ")  # fmt: skip


@pytest.mark.parametrize("piece", PIECES)
def test_time_grows_with_the_length(judge: Judge, piece: str) -> None:
    """Twice as long takes about twice as long: four times would be the square."""

    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        best = 9e9
        for _ in range(2):
            began = time.process_time()
            judge(text, "data")
            best = min(best, time.process_time() - began)
        return best

    seconds(500)
    assert seconds(16_000) < 5.0 * max(seconds(4_000), 0.01) * 1.6


def test_a_million_characters_are_read() -> None:
    text = "plain words and k\u200bill " * 46_000
    [first, *_] = readings(text)
    assert len(text) > 10**6 and "\u200b" not in first.text
