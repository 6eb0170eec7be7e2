"""The Whisper pipeline for any implementation: voice activity, windows, decoding, confidence."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from perception.audio.vad import Stretch, VoiceActivity
from perception.codes import PerceptionCode
from perception.hearing import NO_HINTS, Hints
from perception.hearing.transcription import hot_words, quality
from perception.hearing.transcription.activity import Activity
from perception.hearing.transcription.recogniser import Decoded, DecodingOptions, Recogniser
from perception.hearing.whisper_format.mel import FRAMES_A_SECOND, log_mel
from perception.types import (
    RATE,
    Samples,
    Transcript,
    UserError,
    Utterance,
    Word,
)

FULL = 3000
_UNSPACED = frozenset({"zh", "ja", "th", "yue", "lo", "my"})
"""Languages of Whisper that are written without spaces between words."""
_STAYS = 3.0


@dataclass(frozen=True, slots=True)
class Care:
    """How much is encoded, and when to look again. Frames are 10 ms.

    Doubtful words are first searched for in the same encoding, which costs a fifth of a second;
    where they stay below `fair`, 30 s are encoded as in training, and `retries` are the beams and
    temperatures, in this order.
    With fewer than about 1,000 frames Whisper repeats itself on very short clips.
    """

    least: int = 1000
    margin: int = 100
    sure_language: float = 0.7
    whole: float = 9.0
    reach: float = 0.7
    fair: float = -0.7
    trust: quality.Trust = field(default_factory=quality.Trust)
    retries: tuple[tuple[int, float], ...] = ((5, 0.0), (1, 0.4), (1, 0.8))


@dataclass(frozen=True, slots=True)
class _Look:
    """One attempt at a window: how it was encoded, and what came out."""

    encoded: Any
    language: str
    decoded: Decoded
    text: str
    most: int
    frames: int


class WhisperPipeline:
    """The Whisper pipeline: a `Hearing` made of a recogniser and a voice activity model."""

    def __init__(
        self,
        recogniser: Recogniser,
        voice: VoiceActivity,
        languages: Sequence[str] = (),
        words: bool = False,
        care: Care | None = None,
    ) -> None:
        """`languages` limits what is detected; `words` asks for word times as well.

        The recogniser is warmed up here, so that the first turn is not slow.
        """
        self.name, self.device = recogniser.name, recogniser.device
        self._recogniser, self._activity = recogniser, Activity(voice)
        self._allowed = tuple(languages)
        self._words, self._care = words, care or Care()
        for code in self._allowed:
            self._check(code)
        self._warm_up()

    def _warm_up(self) -> None:
        encoded = self._recogniser.encode(log_mel(np.zeros(RATE, np.float32), self._care.least))
        self._recogniser.languages(encoded)
        self._recogniser.decode(encoded, "en", DecodingOptions(most=4))
        self._activity.stretches("", np.full(RATE // 10, 0.1, np.float32))

    def hear(self, utterance: Utterance, hints: Hints = NO_HINTS) -> Iterator[Transcript]:
        """What was said: growing results, the last of them `final`; see the Protocol.

        UserError where a language is not one that the model knows.
        """
        for code in hints.languages:
            self._check(code)
        samples = to_rate(utterance.samples, utterance.rate)
        language = ""
        rest = hints.before
        texts: list[str] = []
        words: list[Word] = []
        weights: list[tuple[float, float]] = []
        pending: Transcript | None = None
        for window in self._windows(utterance.turn, samples):
            look = self._hear_window(samples, window, replace(hints, before=rest), language)
            if look is None:
                continue
            if pending:
                yield pending
            language = look.language
            rest = rest.removeprefix(look.text).strip() if rest.startswith(look.text) else ""
            texts.append(look.text)
            weights.append((look.decoded.average, len(look.decoded.tokens)))
            if self._words:
                words.extend(self._timed(look, window))
            joined = _join(texts, language)
            pending = Transcript(joined, language, _confidence(weights), tuple(words), False)
        text = pending.text if pending else ""
        yield Transcript(text, language, _confidence(weights), tuple(words), True)

    def _windows(self, turn: str, samples: Samples) -> Iterator[Window]:
        """The windows with a voice. A short sound is kept nearly whole: that costs no time, and
        soft beginnings and echoes are no voice to the detector."""
        seconds = len(samples) / RATE
        for window in windows(self._activity.stretches(turn, samples)):
            reach = self._care.reach if seconds <= self._care.whole else 0.0
            start, end = max(0.0, window.start - reach), min(seconds, window.end + reach)
            yield Window(start, end, window.voiced)

    def _check(self, language: str) -> None:
        if language not in self._recogniser.tokens.languages:
            raise UserError(PerceptionCode.LANGUAGE_UNKNOWN, language=f"{language!r}")

    def _hear_window(
        self, samples: Samples, window: Window, hints: Hints, language: str
    ) -> _Look | None:
        """The best look at a window, or None where nobody spoke. `language` was spoken before."""
        care = self._care
        sound = samples[int(window.start * RATE) : int(window.end * RATE)]
        spoken = math.ceil(len(sound) / RATE * FRAMES_A_SECOND)
        short = min(FULL, max(care.least, (spoken + care.margin + 1) // 2 * 2))
        encoded = self._recogniser.encode(log_mel(sound, short))
        effort = DecodingOptions(most=min(220, 20 + spoken // 6))
        known = self._likely(encoded, hints, language)
        looks = [self._look(encoded, code, short, self._drafted(effort, hints)) for code in known]
        look = max(looks, key=_average)
        if not hints.quick and not quality.is_good(look.text, look.decoded, look.most, care.trust):
            look = self._look_again(sound, look)
        if quality.is_invented(look.text, look.decoded, window.voiced, care.trust):
            return None
        if hints.words or hints.instead:
            decoded = hot_words.preferred(
                self._recogniser, look.encoded, look.language, look.decoded, hints
            )
            look = replace(look, decoded=decoded, text=self._text(decoded))
        return look

    def _drafted(self, effort: DecodingOptions, hints: Hints) -> DecodingOptions:
        if not hints.before:
            return effort
        space = "" if hints.before[0] > "\u2e7f" else " "
        draft = tuple(self._recogniser.tokens.ids(space + hints.before))
        return replace(effort, draft=draft[: effort.most])

    def _text(self, decoded: Decoded) -> str:
        return self._recogniser.tokens.text(decoded.tokens)

    def _look(self, encoded: Any, language: str, frames: int, effort: DecodingOptions) -> _Look:
        decoded = self._recogniser.decode(encoded, language, effort)
        return _Look(encoded, language, decoded, self._text(decoded), effort.most, frames)

    def _look_again(self, sound: Samples, first: _Look) -> _Look:
        """Search harder while the words remain doubtful."""
        trust = self._care.trust
        near = self._search(first)
        if near.decoded.average >= self._care.fair and self._ends(near):
            return near
        encoded = self._recogniser.encode(log_mel(sound, FULL))
        looks = [first]
        for beams, temperature in self._care.retries:
            effort = DecodingOptions(first.most, beams, temperature)
            look = self._look(encoded, first.language, FULL, effort)
            looks.append(look)
            if self._ends(look) and look.decoded.average >= trust.poor:
                break
        return max(filter(self._ends, looks), key=_average, default=max(looks, key=_average))

    def _search(self, first: _Look) -> _Look:
        beams, temperature = self._care.retries[0]
        effort = DecodingOptions(first.most, beams, temperature)
        return self._look(first.encoded, first.language, first.frames, effort)

    def _ends(self, look: _Look) -> bool:
        """Whether the decoder came to an end, and did not run in circles."""
        return not quality.is_loop(look.text, look.decoded, look.most, self._care.trust)

    def _likely(self, encoded: Any, hints: Hints, before: str) -> list[str]:
        """The language, or those worth a try where a short sound leaves it open.

        A speaker rarely changes it: `before`, the one of the window before, weighs more.
        """
        allowed = hints.languages or self._allowed
        if len(allowed) == 1:
            return list(allowed)
        found = self._recogniser.languages(encoded)
        codes = [code for code in allowed or found if code in found]
        weights = {code: found[code] * (_STAYS if code == before else 1.0) for code in codes}
        total = sum(weights.values()) or 1.0
        codes.sort(key=lambda code: -weights[code])
        if hints.quick or weights[codes[0]] / total >= self._care.sure_language:
            return codes[:1]
        return [code for code in codes[:3] if weights[code] / total >= 0.05]

    def _timed(self, look: _Look, window: Window) -> Iterator[Word]:
        frames = min(look.frames, math.ceil((window.end - window.start) * FRAMES_A_SECOND))
        ids = [i for i in look.decoded.tokens if i < self._recogniser.tokens.end]
        timed = self._recogniser.times(look.encoded, look.language, ids, frames)
        for text, places in self._recogniser.tokens.words(ids):
            start, end = timed.spans[places[0]][0], timed.spans[places[-1]][1]
            sure = math.prod(timed.probabilities[place] for place in places) ** (1 / len(places))
            yield Word(text, window.start + start, window.start + end, sure)


def _average(look: _Look) -> float:
    return look.decoded.average


def to_rate(samples: Samples, rate: int) -> Samples:
    """The samples at 16 kHz, without NaN."""
    if rate != RATE:
        import soxr  # type: ignore[import-untyped]

        samples = soxr.resample(samples, rate, RATE)
    return np.nan_to_num(samples.astype(np.float32, copy=False))


def _join(texts: Sequence[str], language: str) -> str:
    """Windows joined as that language writes: without spaces in Chinese, Japanese and Thai."""
    return ("" if language in _UNSPACED else " ").join(texts)


def _confidence(weights: Sequence[tuple[float, float]]) -> float:
    total = sum(count for _, count in weights)
    return math.exp(sum(average * count for average, count in weights) / total) if total else 0.0


LONGEST = 29.0


@dataclass(frozen=True, slots=True)
class Window:
    """A piece of the sound in seconds, and how much of it is voice."""

    start: float
    end: float
    voiced: float


def windows(
    stretches: Sequence[Stretch], comfortable: float = 14.0, gap: float = 2.0
) -> Iterator[Window]:
    """Group voiced stretches into windows of at most 29 s.

    A window ends at the first pause after `comfortable` seconds, or at a silence longer than
    `gap`. A stretch that never pauses is cut hard.
    """
    open_: Window | None = None
    for stretch in stretches:
        for piece in _pieces(stretch):
            if open_ and (
                piece.end - open_.start > LONGEST
                or open_.end - open_.start > comfortable
                or piece.start - open_.end > gap
            ):
                yield open_
                open_ = None
            if open_ is None:
                open_ = piece
            else:
                open_ = Window(open_.start, piece.end, open_.voiced + piece.voiced)
    if open_:
        yield open_


def _pieces(stretch: Stretch) -> Iterator[Window]:
    length = stretch.end - stretch.start
    count = max(1, int(-(-length // LONGEST)))
    for number in range(count):
        start = stretch.start + length * number / count
        yield Window(start, start + length / count, stretch.voiced / count)
