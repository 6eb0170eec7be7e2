"""The harm classifier: MiniLM, fine-tuned, through onnxruntime; for Chinese, characters.

docs/harm-classifier.md is its card.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from perception.inference import only_asked, open_session
from perception.types import UserError
from safety import characters
from safety.codes import SafetyCode
from safety.export import CHARACTERS, CHARACTERS_BIAS, harm_model, read_adapter
from safety.rules import Rule, RuleDeclaration, RuleSource
from safety.types import Circumstance, Finding

SHIPPED = Path(__file__).parents[1] / "harm.safetensors"
TOKENS = 48
"""The length of a window, as in training."""
STRIDE = 36
WINDOWS = 256
"""Windows read of one text (some 60,000 characters); what lies behind them is said to be unread."""
GREY = 0.3
"""The score of a label that is in doubt."""
_LEAST_CHINESE = 8
"""So few characters ("好的。", "尊敬的老板：") tell too little: they score by chance."""
POINT = 0.8
"""The score of a label that is clear."""
WHOLE = "harmful"
"""Harm of whatever category that is asked for, or given in a reply."""
NEED = "crisis"
"""A person in need, who is helped and not refused."""
SAID = "hate"
"""What may be said as well as asked for."""
_TOGETHER = 32
_SENTENCES = re.compile(r"[^.!?。！？]+[.!?。！？]*")
_WORDS = re.compile(r"[^\W\d_]{2,}")
_LATIN = re.compile(r"[A-Za-z]{2,}")


class Classifier:
    """Scores a text for each label it was trained for; the worst window of the text counts.

    From GREY on it is in doubt, from POINT on clear: both were chosen on texts held apart.
    """

    name = "classifier"

    def __init__(self, minilm: Path, adapter: Path | None = None, threads: int = 1) -> None:
        from tokenizers import Tokenizer

        adapter = adapter or SHIPPED
        read = read_adapter(adapter)
        self.labels, self._asked = read.labels, read.asked
        self._points, self._character_points = read.points, read.character_points
        self._characters = read.tensors[CHARACTERS], read.tensors[CHARACTERS_BIAS]
        model = harm_model(minilm, adapter)
        self._session: Any = open_session(model, threads, arena=True)
        self._only_asked = only_asked()
        try:
            self._tokenizer: Any = Tokenizer.from_file(str(minilm / "tokenizer.json"))
        except Exception as error:
            raise UserError(
                SafetyCode.HARM_CLASSIFIER_NOT_LOADED, folder=minilm, reason=error
            ) from error
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()

    def check(self, text: str, circumstance: Circumstance) -> Iterator[Finding]:
        """One finding a label. Texts without two words are left to the other rules."""
        # A clause of a reply is read again with what follows; nobody is asked about it meanwhile.
        scores, left = self.scores(text, _LEAST_CHINESE if circumstance.direction == "out" else 1)
        if scores is None:
            return
        note = f" The last {left} characters were not read." if left else ""
        for label, score in self._by_category(scores, circumstance.direction).items():
            said = f"Trained score for {label.replace('_', ' ')}.{note}"
            yield Finding(self.name, label, None, round(score, 4), POINT, said)

    def scores(self, text: str, least_chinese: int = 1) -> tuple[NDArray[np.float64] | None, int]:
        """The score of each label, and how many characters at the end were not read.

        A Chinese text of fewer than `least_chinese` characters has none.
        """
        found, left = [], 0
        chinese = characters.is_chinese(text)
        if chinese and characters.count(text) >= least_chinese:
            found.append(_placed(self.read_characters(text), self._character_points))
        if len((_LATIN if chinese else _WORDS).findall(text)) >= 2:
            raw, left = self.read_words(text)
            found.append(_placed(raw, self._points))
        return (np.max(found, axis=0), left) if found else (None, 0)

    def read_characters(self, text: str) -> NDArray[np.float64]:
        """The probability of each label by the characters of a Chinese text."""
        read: NDArray[np.float64] = characters.scores(text, *self._characters).max(axis=0)
        return read

    def read_words(self, text: str) -> tuple[NDArray[np.float64], int]:
        """The probability of each label by the words, and how many characters are left."""
        windows, left = self._windows(text)
        starts = range(0, len(windows), _TOGETHER)
        parts = [self._run("scores", windows[at : at + _TOGETHER]) for at in starts]
        return np.concatenate(parts).max(axis=0).astype(np.float64), left

    def _by_category(self, scores: NDArray[np.float64], direction: str) -> dict[str, float]:
        """The scores that are told. Harm as a whole counts for the likeliest category."""
        told = dict(zip(self.labels, map(float, scores), strict=True))
        whole = told.pop(WHOLE, 0.0)
        if direction == "in" and SAID in told:
            # What a person says of others is their own business; what they ask for is not.
            told[SAID] = min(told[SAID], whole)
        asked = [label for label in self._asked if label in told]
        if asked:
            likeliest = max(asked, key=told.__getitem__)
            told[likeliest] = max(told[likeliest], whole)
        need = told.get(NEED, 0.0)
        if direction == "in" and need >= GREY:
            # Who speaks of their own need is helped and answered: refused is only what is
            # clearer than the need.
            for label in asked:
                if told[label] <= need:
                    told[label] = min(told[label], GREY / 2)
        return told

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """What each text means, by the model without its adapter: rows of length 1.

        Of a long text the first window counts.
        """
        encoded = self._tokenizer.encode_batch([text[: TOKENS * 8] for text in texts])
        windows = [[*each.ids[:-1][: TOKENS - 1], each.ids[-1]] for each in encoded]
        starts = range(0, len(windows), _TOGETHER)
        rows = [self._run("meaning", windows[at : at + _TOGETHER]) for at in starts]
        found = np.concatenate(rows)
        length = np.linalg.norm(found, axis=1, keepdims=True)
        return np.asarray(found / np.maximum(length, 1e-9), np.float32)

    def _run(self, output: str, windows: Sequence[list[int]]) -> NDArray[np.float32]:
        """One output for these windows; the nodes that only the other one needs stay idle."""
        width = max(map(len, windows))
        ids = np.array([w + [0] * (width - len(w)) for w in windows], np.int64)
        mask = np.array([[1] * len(w) + [0] * (width - len(w)) for w in windows], np.int64)
        given: NDArray[np.float32] = self._session.run(
            [output], {"ids": ids, "mask": mask}, self._only_asked
        )[0]
        return given

    def _windows(self, text: str) -> tuple[list[list[int]], int]:
        plain = re.sub(r"\s+", " ", text).strip()
        most = WINDOWS * STRIDE * 8
        encoded = self._tokenizer.encode(plain[:most])
        first, *middle, last = encoded.ids
        starts = list(range(0, max(1, len(middle) - (TOKENS - 2 - STRIDE)), STRIDE))
        windows = [[first, *middle[s : s + TOKENS - 2], last] for s in starts[:WINDOWS]]
        # One bad sentence among many calm ones would be averaged away: long texts are also
        # read a sentence at a time.
        if len(starts) > 1:
            sentences = [s for s in _SENTENCES.findall(plain[:most]) if len(s.split()) > 3]
            for each in self._tokenizer.encode_batch(sentences[:WINDOWS]):
                windows.append([*each.ids[:-1][: TOKENS - 1], last])
        end = encoded.offsets[min(len(middle), WINDOWS * STRIDE)][1]
        return windows, len(plain) - end if len(starts) > WINDOWS or len(plain) > most else 0


def _placed(raw: NDArray[np.float64], points: Sequence[tuple[float, float]]) -> NDArray[np.float64]:
    """Probabilities as scores: the two points of each label become GREY and POINT."""
    placed = [
        np.interp(value, (0.0, grey, clear, 1.0), (0.0, GREY, POINT, 1.0))
        for value, (grey, clear) in zip(raw, points, strict=True)
    ]
    return np.array(placed, np.float64)


def _load(source: RuleSource) -> Rule:
    if source.classifier is None:
        raise ValueError("the classifier's model is not given")
    return Classifier(source.classifier, source.adapter)


RULE = RuleDeclaration("classifier", "Harm classifier", _load, needs_classifier=True)
