"""hibari: English speech at a hundredth of real time on one core, with its voice in the package.

Model card: https://huggingface.co/maureesewilliams/hibari (Apache-2.0), distilled from Kokoro-82M.
Its further voices fetch themselves from the network, so only the packaged one is ever named here.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from agent.voice import (
    NORMALLY,
    Prosody,
    Voice,
    VoiceEngine,
)
from agent.voice.network.frames import (
    HOP,
    Frames,
    joined,
    sound,
)
from agent.voice.network.timed import TimedModel
from agent.voice.text import silence
from agent.voice.text.normalise import said_as, spoken
from agent.voice.text.phrases import (
    Phrase,
    continued,
    glued,
    phrases,
)
from agent.voice.text.region import day_comes_first
from perception.types import Samples

_PACKAGED = "heart"
# The longest text given to the model at once. It pads nothing, so a text without any stop would
# be one pass of many seconds before the first sample.
_LONGEST = 160
# What is put behind a piece that goes on, and cut off again. Of twelve such ends this one left
# the last word most like itself in the whole sentence (27 ms, 1.2 semitones, 0.5 dB on average).
_GOES_ON = " that we have."
# The last frames before a cut are heard again with what really follows; those after it only
# round off the synthesis.
_HELD = 2
_AFTER = 8
_FADE = 240


@dataclass(frozen=True, slots=True)
class _OpenSentence:
    """A sentence that goes on: its words, its frames, where it was cut, and what was heard.

    `wave` reaches beyond `given`, the number of samples that were handed out.
    """

    said: str
    how: Prosody
    frames: Frames
    cut: int
    wave: Samples
    given: int


class Hibari:
    """The packaged voice; float32 mono at 24 kHz, a piece a sentence or long clause.

    The rate is kept between 0.5 and 2, the pitch within 6 semitones; formants stay in place.
    """

    name = "hibari"

    def __init__(self, threads: int) -> None:
        import hibari  # type: ignore[import-untyped]

        self.rate: int = hibari.SAMPLE_RATE
        self._hibari: Any = hibari.Hibari(voice=_PACKAGED, threads=max(1, threads))
        self._model = TimedModel(self._hibari, threads)
        self._open: _OpenSentence | None = None
        self._lock = threading.Lock()
        self._spoken = partial(spoken, day_comes_first=day_comes_first(os.environ))
        for _ in self.speak("Ready."):  # the dictionaries load at the first word: do it now
            pass

    def can_speak(self, text: str) -> bool:
        """Whether most of `text` is in the letters that this voice reads."""
        return bool(self._spoken(text))

    def speak(
        self, text: str, before: str = "", ends: bool = True, how: Prosody = NORMALLY
    ) -> Iterator[Samples]:
        """Sound of `text`, Markdown or plain; nothing where there is nothing to say.

        Words in a script that the voice cannot read are named ("Chinese text"), never dropped.
        """
        how = _possible(how)
        # What the user wrote with signs ("C++") is met before signs become words.
        signs = tuple(pair for pair in how.said_as if not pair[0].isalpha())
        words = tuple(pair for pair in how.said_as if pair[0].isalpha())
        prefix, said = continued(said_as(text, signs), said_as(before, signs), ends, self._spoken)
        prefix, said = said_as(prefix, words), said_as(said, words)
        for phrase in phrases(said, ends, _LONGEST, self._hibari.split_sentences):
            with self._lock:
                samples = self._say(prefix, phrase, how)
            prefix = "" if phrase.ends else glued(prefix, phrase.text)[-_LONGEST:]
            if samples.size:
                yield np.clip(samples, -1.0, 1.0)

    def _say(self, prefix: str, phrase: Phrase, how: Prosody) -> Samples:
        """The phrase as it goes on from `prefix`, or for itself where that cannot be."""
        read = self._read(prefix, phrase)
        if read is None and prefix:
            prefix, read = "", self._read("", phrase)
        if read is None:
            return np.zeros(0, np.float32)
        phonemes, begins, stops = read
        frames, ends = self._model.frames(phonemes, how.rate)
        start, cut = _cut(phonemes, ends, begins), _cut(phonemes, ends, stops)
        old = self._opened(prefix, how) if prefix else None
        if old:
            frames, cut = joined(old.frames, old.cut, frames, start), old.cut + cut - start
        wave = sound(frames.part(0, cut + _AFTER) if not phrase.ends else frames, how.semitones)
        given = old.given if old else silence.begin(wave, self.rate)
        until = silence.end(wave, self.rate) if phrase.ends else HOP * (cut - _HELD)
        until = max(given, until)
        self._open = None
        if not phrase.ends:
            said = glued(prefix, phrase.text)[-_LONGEST:]
            self._open = _OpenSentence(said, how, frames.part(0, cut + _AFTER), cut, wave, until)
        samples = silence.softened(wave[given:until], self.rate, not old, phrase.ends)
        if old:
            samples = _faded(old.wave[given : given + _FADE], samples)
        if phrase.ends:
            samples = np.concatenate([samples, silence.rest(phrase.text, self.rate, how.rate)])
        return samples

    def _opened(self, prefix: str, how: Prosody) -> _OpenSentence | None:
        """The sentence as far as it was said; made anew where another came between."""
        if self._open is None or self._open.said != prefix or self._open.how != how:
            self._open = None
            self._say("", Phrase(prefix, False), how)
        return self._open

    def _read(self, prefix: str, phrase: Phrase) -> tuple[str, int, int] | None:
        """Phonemes of the sentence so far, and which of them are those of the phrase.

        None where nothing can be said, or where a word reaches over one of these bounds.
        """
        from hibari.g2p.normalize import normalize  # type: ignore[import-untyped]

        said = glued(prefix, phrase.text)
        text: str = normalize(said if phrase.ends else said + _GOES_ON)
        begin, end = len(normalize(prefix)), len(normalize(said))
        if not text.startswith(normalize(prefix)) or not text.startswith(normalize(said)):
            return None
        reader: Any = self._hibari.g2p
        phonemes, read, places = "", 0, {0: 0}
        for token in reader.phonemize_tokens(reader.tokenize(text)):
            read += len(token.text)
            phonemes += token.phonemes or ""
            places[read] = len(phonemes)
            phonemes += " " if token.whitespace else ""
            read += len(token.whitespace)
        phonemes = phonemes.rstrip()
        if not phonemes or begin not in places or end not in places:
            return None
        return phonemes, places[begin], min(places[end], len(phonemes))


def _cut(phonemes: str, ends: NDArray[np.int64], place: int) -> int:
    """The frame before the phoneme at `place`: in the middle of a space, where there is one."""
    if place == 0:
        return 0
    if phonemes[place : place + 1] == " ":
        return int(ends[place - 1] + ends[place]) // 2
    return int(ends[place - 1])


def _faded(old: Samples, new: Samples) -> Samples:
    """`new`, its beginning faded over from `old`."""
    count = min(len(old), len(new))
    ramp = np.linspace(0.0, 1.0, count, dtype=np.float32)
    mixed = new.copy()
    mixed[:count] = old[:count] * (1.0 - ramp) + new[:count] * ramp
    return mixed


def _possible(how: Prosody) -> Prosody:
    rate, semitones = min(2.0, max(0.5, how.rate)), min(6.0, max(-6.0, how.semitones))
    return Prosody(rate, semitones, how.said_as)


def load(threads: int) -> Voice:
    """The voice, warm."""
    return Hibari(threads)


ENGINE = VoiceEngine("hibari", "Hibari", ("en",), load)
