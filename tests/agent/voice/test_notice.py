"""What is heard where the voice cannot speak, and how much of what is shown was heard."""

from __future__ import annotations

import queue
import random
import re
import time
from collections.abc import Iterator

import numpy as np
import pytest

from agent.events import AssistantState, Caption, Failed
from agent.speech.output import SpeechOutput
from agent.types import Phase
from agent.voice import NORMALLY, Prosody
from agent.voice.text.normalise import spoken
from agent.voice.text.notice import NOTHING_TO_SAY, notice
from agent.voice.text.region import day_comes_first
from perception.messages import plain
from perception.types import Samples
from tests.engines import InstantSink


class _English:
    """A voice that says what an English one can, a tenth of a second a word, and keeps it."""

    name, rate = "english", 8000

    def __init__(self) -> None:
        self.said: list[str] = []

    def can_speak(self, text: str) -> bool:
        return bool(spoken(text))

    def speak(
        self, text: str, before: str = "", ends: bool = True, how: Prosody = NORMALLY
    ) -> Iterator[Samples]:
        if words := spoken(text):
            self.said.append(words)
            yield np.full(800 * len(words.split()), 0.1, np.float32)


_Told = list[Caption | Failed | AssistantState]


def _spoken_turn(*pieces: str, heard: float | None = None) -> tuple[SpeechOutput, list[str], _Told]:
    told: queue.SimpleQueue[Caption | Failed | AssistantState] = queue.SimpleQueue()
    sink, voice = InstantSink(heard), _English()
    speaker = SpeechOutput(lambda: voice, sink, told.put)
    sink.report = speaker.played
    speaker.begin("t")
    for index, text in enumerate(pieces):
        speaker.say(index, text)
    speaker.finish()
    if heard is None:
        assert speaker.wait()
    while heard is not None and not sink.sentences:
        time.sleep(0.01)
    speaker.close()
    return speaker, voice.said, [told.get_nowait() for _ in range(told.qsize())]


_IN_CHINESE = "This answer is in Chinese, which my voice cannot speak; it is on the screen."


def test_an_answer_that_cannot_be_spoken_is_not_silent() -> None:
    speaker, said, told = _spoken_turn("你好，世界。", "今天天气很好。")
    assert said == [_IN_CHINESE]
    assert AssistantState(Phase.SPEAKING, "t", plain(_IN_CHINESE)) in told
    assert [event.text for event in told if isinstance(event, Caption)] == ["你好，世界。", ""]
    assert speaker.heard() == "你好，世界。今天天气很好。"


def test_the_english_parts_are_spoken_and_the_notice_comes_once() -> None:
    _, said, _ = _spoken_turn("Here it is. ", "你好。", "And again: ", "你好。", "That is all.")
    assert said[0] == "Here it is."
    assert said[1] == _IN_CHINESE.replace("This answer", "The next part")
    assert [words for words in said if "cannot speak" in words] == [said[1]]
    assert said[-1] == "That is all."


def test_a_foreign_word_in_an_english_sentence_needs_no_notice() -> None:
    _, said, _ = _spoken_turn("The label says 布洛芬 400 mg.")
    assert said == ["The label says Chinese text four hundred milligrams."]


@pytest.mark.parametrize("shown", ["👍", "…", "---"])
def test_an_answer_without_a_word_is_told_too(shown: str) -> None:
    _, said, _ = _spoken_turn(shown)
    assert said == [NOTHING_TO_SAY]


def test_blank_lines_are_no_answer() -> None:
    assert _spoken_turn("\n\n")[1] == []


def test_lines_of_code_are_told_of_once() -> None:
    _, said, _ = _spoken_turn("```python\n", "x = 1\n", "y = 2\n", "```\n", "Done.")
    assert said == ["On the screen: Python code.", "Done."]


@pytest.mark.parametrize(
    ("text", "begun", "said"),
    [
        ("こんにちは世界", False, "This answer is in Japanese, "),
        ("Привет", True, "The next part is in Cyrillic letters, "),
        ("안녕하세요", False, "This answer is in Korean, "),
        ("ሰላም", False, "This answer is in another script, "),
        ("...", False, ""),
    ],
)
def test_the_notice_names_the_language(text: str, begun: bool, said: str) -> None:
    assert notice(text, begun).startswith(said)
    assert bool(notice(text, begun)) == bool(said)


@pytest.mark.parametrize(
    ("shown", "seconds", "heard"),
    [
        # Twelve words for one: "one million two hundred thirty four ... euros".
        ("It is €1.234.567 in all, as he said.", 0.9, "It is "),
        ("It is €1.234.567 in all, as he said.", 1.55, "It is €1.234.567 "),
        ("**Yes,** see https://example.com/a/very/long/way?of=saying for more.", 0.52,
         "**Yes,** see https://example.com/a/very/long/way?of=saying "),
        ("One two three four.", 0.25, "One two "),
    ],
)  # fmt: skip
def test_what_was_heard_is_cut_where_the_voice_was(shown: str, seconds: float, heard: str) -> None:
    speaker, _, _ = _spoken_turn(shown, heard=seconds)
    assert speaker.heard() == heard


def test_captions_show_what_is_written() -> None:
    _, said, told = _spoken_turn("It costs $5. ", "Call 911.")
    assert said == ["It costs five dollars.", "Call nine one one."]
    captions = [event.text for event in told if isinstance(event, Caption)]
    assert captions == ["It costs $5. ", "Call 911.", ""]


@pytest.mark.parametrize(
    ("environment", "day_first"),
    [
        ({"LANG": "en_US.UTF-8"}, False),
        ({"LANG": "en_GB.UTF-8"}, True),
        ({"LC_TIME": "de_DE", "LANG": "en_US"}, True),
        ({"LANG": "C.UTF-8"}, False),
        ({}, False),
    ],
)
def test_the_country_tells_what_comes_first(environment: dict[str, str], day_first: bool) -> None:
    assert day_comes_first(environment) is day_first


_BITS = [
    "5", "10", "0", "1,234", "3.14", "1/2", "½", "$", "€", "£", "%", "°", "°C", "km/h", "kg",
    "mg", "m²", "-", "–", ":", "/", ".", ",", "(", ")", "[", "]", "*", "**", "_", "`", "#", "+",
    "=", "<", ">", "^", "~", "x", "y", "A4", "H2O", "2026", "11", "29", "June", "May", "5th",
    "St.", "Dr.", "e.g.", "p.m.", "No.", "II", "VIII", "Henry", "War", "the", "in", "of", "and",
    "3x", "v2.0", "020", "7946", "a@b.com", "x.txt", "/a/b", "www.a.com", "😀", "你", "é", "\\le",
    "\\frac{1}{2}", "$x_1$", "&", "@", "|", "1990s", "'80s", "٣", "１２",
]  # fmt: skip


def test_any_mixture_is_read_without_a_digit() -> None:
    draw = random.Random(7)
    for _ in range(500):
        shown = draw.choice(("", " ")).join(draw.choice(_BITS) for _ in range(draw.randint(1, 12)))
        said = spoken(f"Well then {shown} I agree")
        assert not re.search(r"\d", said), shown
