"""Confidence of a decoding, judged by evidence rather than by its words alone."""

from __future__ import annotations

import math
import re
import zlib
from dataclasses import dataclass

from perception.hearing.transcription.recogniser import Decoded

_INVENTIONS = re.compile(
    r"thank(s| you)( (so|very) much)?( for (watching|listening|your attention))?|you|bye( bye)?"
    r"|(please )?(like and )?subscribe.*|see you (in the )?next (time|video).*"
    r"|.*amara\.?org.*|(sub)?(titles|titulos|títulos|titel|titulado|titrage).*|sous-titr.*"
    r"|untertitel.*|sottotitoli.*|legendas.*|(music|applause|silence|laughter)|so|okay|oh|mm+|hm+"
    r"|请不吝点[赞讚].*|(中文)?字幕.*|(谢谢|謝謝)(观看|觀看|收看|大家)?|ご視聴ありがとうございました.*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Trust:
    """Thresholds; log-probabilities are natural, means over the tokens."""

    good: float = -0.55
    poor: float = -1.0
    dense: float = 2.4
    nobody: float = 0.6
    nobody_average: float = -0.8
    doubt: float = 0.25
    brief: float = 0.35
    short: float = 0.6
    nobody_short: float = 0.4
    fastest: float = 40.0


def density(text: str) -> float:
    """How far zlib shortens the text; ordinary speech stays under 2.4, loops go above."""
    data = text.encode()
    return len(data) / len(zlib.compress(data)) if data else 0.0


def repeats(text: str) -> bool:
    """True where one to eight words come three times or more in a row (four times if single)."""
    words = re.findall(r"\w+", text.lower())
    for size in range(1, 9):
        wanted = 4 if size == 1 else 3
        run = 0
        for place in range(size, len(words)):
            run = run + 1 if words[place] == words[place - size] else 0
            if run >= size * (wanted - 1):
                return True
    return False


def confidence(decoded: Decoded) -> float:
    """The geometric mean of the tokens' probabilities, 0 to 1."""
    return math.exp(min(0.0, decoded.average)) if decoded.tokens else 0.0


def is_loop(text: str, decoded: Decoded, most: int, trust: Trust) -> bool:
    """The decoder ran in circles or did not find an end."""
    return len(decoded.tokens) >= most or density(text) > trust.dense or repeats(text)


def is_good(text: str, decoded: Decoded, most: int, trust: Trust) -> bool:
    """No second look needed."""
    sure = decoded.average >= trust.good and bool(text)
    return sure and not is_loop(text, decoded, most, trust)


def is_invented(text: str, decoded: Decoded, voiced: float, trust: Trust) -> bool:
    """Nobody said this. `voiced` is how many seconds of the sound looked like a voice.

    A high no-speech probability with unsure words, hardly any voice with unsure words, more
    letters than anybody can say in that time, or one of the phrases that Whisper is known to
    invent where the evidence is weak too.
    """
    if not re.search(r"\w", text):
        return True
    if decoded.no_speech > trust.nobody and decoded.average < trust.nobody_average:
        return True
    unsure = decoded.average < trust.nobody_average
    if voiced < trust.short and decoded.no_speech > trust.nobody_short and unsure:
        return True
    if len(text) > trust.fastest * (voiced + 0.5) and decoded.average < trust.good:
        return True
    weak = decoded.no_speech > trust.doubt or unsure
    brief = voiced < trust.brief
    if brief and decoded.average < trust.poor:
        return True
    plain = re.sub(r"[^\w\s.-]", "", text).strip(" .-")
    return (weak or (brief and decoded.average < trust.good)) and bool(_INVENTIONS.fullmatch(plain))
