"""The speaker: in order, captioned, silent at once, and it knows what was heard."""

from __future__ import annotations

import queue
import time
from collections.abc import Iterator

import numpy as np
import pytest

from agent.events import AssistantState, Caption, Failed
from agent.speech.output import SpeechOutput
from agent.voice import NORMALLY, Prosody, Voice
from perception.audio.ipc.messages import Played
from perception.types import Samples
from tests.engines import InstantSink, ToneVoice
from tests.waiting import until


class _Slow:
    name, rate = "slow", 8000

    def can_speak(self, text: str) -> bool:
        return True

    def speak(
        self, text: str, before: str = "", ends: bool = True, how: Prosody = NORMALLY
    ) -> Iterator[Samples]:
        for _ in range(1000):
            time.sleep(0.01)
            yield np.zeros(800, np.float32)


def _speaker(
    sink: InstantSink, voice: Voice | None = None
) -> tuple[SpeechOutput, queue.SimpleQueue[Caption | Failed | AssistantState]]:
    told: queue.SimpleQueue[Caption | Failed | AssistantState] = queue.SimpleQueue()
    speaker = SpeechOutput(lambda: voice or ToneVoice(), sink, told.put)
    sink.report = speaker.played
    return speaker, told


def test_sentences_are_spoken_in_order_and_captioned() -> None:
    sink = InstantSink()
    speaker, told = _speaker(sink)
    speaker.begin("t")
    speaker.say(0, "One two. ")
    speaker.say(1, "Three.")
    speaker.finish()
    speaker.wait()
    assert sink.sentences == [0, 0, 1]
    assert speaker.heard() == "One two. Three."
    captions = [told.get(timeout=1) for _ in range(3)]
    assert [c.text for c in captions if isinstance(c, Caption)] == ["One two. ", "Three.", ""]
    speaker.close()


def test_code_is_shown_and_does_not_hold_the_turn() -> None:
    speaker, _ = _speaker(InstantSink())
    speaker.begin("t")
    speaker.say(0, "\n\n")
    speaker.finish()
    speaker.wait()
    assert speaker.heard() == "\n\n"
    speaker.close()


def test_stop_flushes_and_frees_the_voice() -> None:
    sink = InstantSink()
    speaker, _ = _speaker(sink, _Slow())
    speaker.begin("t")
    speaker.say(0, "a very long sentence")
    assert until(lambda: bool(sink.sentences))
    speaker.stop("another turn")
    assert sink.flushed == 0
    speaker.stop("t")
    speaker.wait()
    played = len(sink.sentences)
    time.sleep(0.1)
    assert len(sink.sentences) <= played + 1
    assert sink.flushed >= 1
    speaker.close()


def test_a_sentence_that_was_never_spoken_was_not_heard() -> None:
    sink = InstantSink()
    speaker, _ = _speaker(sink)
    speaker.begin("t")
    speaker.say(0, "One two. ")
    assert until(lambda: len(sink.sentences) >= 2)
    speaker.stop("t")
    speaker.say(1, "Three.")
    speaker.close()
    assert speaker.heard() == "One two. "


def test_after_a_failure_the_rest_is_silent_and_told_once() -> None:
    sink = InstantSink()
    speaker, told = _speaker(sink)
    speaker.begin("t")
    for index, text in enumerate(("One two. ", "unspeakable. ", "unspeakable again. ", "Three.")):
        speaker.say(index, text)
    speaker.finish()
    assert speaker.wait()
    speaker.close()
    told_all = [told.get_nowait() for _ in range(told.qsize())]
    assert sink.sentences == [0, 0]
    assert sum(isinstance(event, Failed) for event in told_all) == 1


def test_reports_of_another_turn_change_nothing() -> None:
    speaker, _ = _speaker(InstantSink(heard=0.0))
    speaker.begin("t")
    speaker.say(0, "One.")
    speaker.played(Played("other", 0, 5.0, True))
    assert speaker.heard() == ""
    speaker.close()


@pytest.mark.parametrize(
    ("seconds", "heard"), [(0.0, ""), (0.21, "One two "), (0.45, "One two three. Four ")]
)
def test_what_was_heard_is_cut_at_a_word(seconds: float, heard: str) -> None:
    sink = InstantSink(heard=seconds)
    speaker, _ = _speaker(sink)
    speaker.begin("t")
    speaker.say(0, "One two three. ")
    speaker.say(1, "Four five six.")
    assert until(lambda: len(sink.sentences) >= 6)
    assert speaker.heard() == heard
    speaker.close()


class _Noting:
    """A voice that notes how it is asked to speak; half of each sound is a rest."""

    name, rate = "noting", 8000

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, bool, float]] = []

    def can_speak(self, text: str) -> bool:
        return True

    def speak(
        self, text: str, before: str = "", ends: bool = True, how: Prosody = NORMALLY
    ) -> Iterator[Samples]:
        self.asked.append((text, before, ends, how.rate))
        yield np.concatenate([np.full(800, 0.1, np.float32), np.zeros(800, np.float32)])


def test_pieces_of_a_sentence_are_spoken_as_one() -> None:
    sink, voice = InstantSink(), _Noting()
    speaker = SpeechOutput(lambda: voice, sink, lambda event: None, lambda: Prosody(rate=0.8))
    sink.report = speaker.played
    speaker.begin("t")
    for index, text in enumerate(("One two ", "three four ", "five. ", "\n\n", "Six ", "seven")):
        speaker.say(index, text, last=index == 5)
    speaker.finish()
    assert speaker.wait()
    assert voice.asked == [
        ("One two ", "", False, 0.8),
        ("three four ", "One two ", False, 0.8),
        ("five. ", "One two three four ", True, 0.8),
        ("Six ", "", False, 0.8),
        ("seven", "Six ", True, 0.8),
    ]
    speaker.begin("u")
    speaker.say(0, "Anew ")
    speaker.finish()
    assert speaker.wait()
    assert voice.asked[-1] == ("Anew ", "", False, 0.8)
    speaker.close()


def test_the_rest_after_the_last_word_need_not_be_heard() -> None:
    sink, voice = InstantSink(heard=0.1), _Noting()
    speaker = SpeechOutput(lambda: voice, sink, lambda event: None)
    sink.report = speaker.played
    speaker.begin("t")
    speaker.say(0, "One two.")
    assert until(lambda: bool(sink.sentences))
    speaker.close()
    assert speaker.heard() == "One two."
