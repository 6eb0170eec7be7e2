"""What kind of turn this is, told from its words in under a millisecond, and the hint it gets.

A linear classifier over hashed pieces of words: each piece of a text adds its weight to each kind,
so that what decided can be shown (`Router.because`). It knows only what it is sure of: most turns
get no hint, and a hint never forbids an answer. `agent.training.router` makes the weights.
"""

from __future__ import annotations

import json
import re
import unicodedata
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from agent.turn import about_candor

WEIGHTS = Path(__file__).with_name("router.safetensors")
BUCKETS = 1 << 14
MOST_CHARACTERS = 600
"""A longer text is a letter or a page, of which the beginning tells the kind."""

HINTS: Mapping[str, Mapping[str, str]] = {
    "unknowable": {
        "en": "You do not know this and must not guess: you have no internet and no live data. "
        "Unless the user said it before, answer that you cannot know it, and name one or two "
        "places where it can be looked up or checked.",
        "zh": "你没有联网，也没有实时数据，除非用户之前说过，否则你无法知道，不要猜。"
        "请用一句话说明你无法知道，再用一句话告诉用户可以去哪里查。",
    },
    "nothing": {
        "en": "Nothing is shown to you now: no camera picture, no page. Say that you cannot see "
        "it, and that the user can show it to the camera, add the file or describe it.",
        "zh": "现在没有任何画面、照片或文件给你看。请说明你看不到，"
        "并告诉用户可以对准摄像头、添加文件或描述一下。",
    },
    "feelings": {
        "en": "The user tells you how they feel. First say warmly that you are sorry, or glad, "
        "about just this; then perhaps one small thing that helps.",
        "zh": "用户在说自己的感受。请先针对这件事真诚地安慰或祝贺，再给一个小小的建议。",
    },
    "told": {
        "en": "The user tells you something to keep in mind. Say in one warm sentence that you "
        "have noted it, and repeat it.",
        "zh": "用户告诉了你一件要记住的事。请用一句温暖的话说你记住了，并复述一遍。",
    },
}
"""What is said to the model for one turn, by kind and language."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+|[?!]")
_WIDE = re.compile("[\u3400-\u9fff]")
_RUN = re.compile("[\u3400-\u9fff]+|[^\u3400-\u9fff]+")


def pieces(text: str) -> Iterator[str]:
    """The pieces of a text: words, pairs of words, parts of words, runs of Chinese characters."""
    plain = unicodedata.normalize("NFKC", text[:MOST_CHARACTERS]).casefold().replace("’", "'")
    words = ["^"]
    for run in _RUN.findall(plain):
        if _WIDE.match(run):
            yield from (run[i : i + n] for n in (1, 2, 3) for i in range(len(run) - n + 1))
            continue
        words += _WORD.findall(run)
    words.append("$")
    for word in words[1:-1]:
        yield f"w {word}"
        marked = f"<{word}>"
        yield from (f"c {marked[i : i + 4]}" for i in range(max(0, len(marked) - 3)))
    yield from (f"p {first} {second}" for first, second in pairwise(words))
    yield f"l {min(len(words) // 6, 5)}"


def buckets(text: str) -> npt.NDArray[np.int64]:
    """The numbers of the pieces of a text, each once."""
    found = {zlib.crc32(piece.encode()) % BUCKETS for piece in pieces(text)}
    return np.fromiter(sorted(found), np.int64, len(found))


@dataclass(frozen=True, slots=True)
class Router:
    """`weights` is (kinds, buckets), `bias` (kinds,), `least` the score from which a kind holds."""

    kinds: tuple[str, ...]
    weights: npt.NDArray[np.float32]
    bias: npt.NDArray[np.float32]
    least: npt.NDArray[np.float32]

    def scores(self, text: str) -> npt.NDArray[np.float32]:
        """How much each kind speaks for a text; the mean weight of its pieces, scaled by length."""
        own = buckets(text)
        total: npt.NDArray[np.float32] = self.weights[:, own].sum(1) / np.sqrt(max(1, len(own)))
        return total + self.bias

    def kind(self, text: str) -> str:
        """The one kind that a text surely is, or nothing."""
        over = self.scores(text) - self.least
        best = int(over.argmax())
        return self.kinds[best] if over[best] >= 0 else ""

    def because(self, text: str, kind: str, most: int = 5) -> tuple[str, ...]:
        """The pieces that speak most for a kind, strongest first."""
        row = self.weights[self.kinds.index(kind)]
        weighed = {p: float(row[zlib.crc32(p.encode()) % BUCKETS]) for p in pieces(text)}
        return tuple(sorted(weighed, key=weighed.__getitem__, reverse=True)[:most])


@cache
def load(file: Path = WEIGHTS) -> Router:
    """The router that comes with the program; it is read once."""
    from safetensors import safe_open

    with safe_open(file, "numpy") as tensors:
        kinds = tuple(json.loads(tensors.metadata()["kinds"]))
        weights, bias, least = (
            tensors.get_tensor(name).astype(np.float32) for name in ("weights", "bias", "least")
        )
    return Router(kinds, weights, bias, least)


def hints(
    words: str,
    language: str,
    shown: bool = False,
    shown_before: bool = False,
    here: bool = True,
) -> tuple[str, ...]:
    """The hint for a turn, if any; `here` tells that answers are made on this computer.

    Where something is shown, the rules about data suffice; what was shown a few turns ago may
    still be asked about.
    """
    if not shown and about_candor.is_asked(words):
        return (about_candor.hint(language, here),)
    kind = load().kind(words)
    if not kind or (shown and kind in ("unknowable", "nothing")):
        return ()
    if shown_before and kind == "nothing":
        return ()
    return (HINTS[kind][language],)
