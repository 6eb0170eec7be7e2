"""The harm classifier: MiniLM, fine-tuned, through onnxruntime.

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
from safety.codes import SafetyCode
from safety.export import harm_model, read_adapter
from safety.rules import Rule, RuleDeclaration, RuleSource
from safety.types import Circumstance, Finding

SHIPPED = Path(__file__).parents[1] / "harm.safetensors"
TOKENS = 48
"""The length of a window, as in training."""
STRIDE = 36
WINDOWS = 256
"""Windows read of one text (some 60,000 characters); what lies behind them is said to be unread."""
POINT = 0.5
_TOGETHER = 32
_SENTENCES = re.compile(r"[^.!?。！？]+[.!?。！？]*")
_WORDS = re.compile(r"[^\W\d_]{2,}")


class Classifier:
    """Scores a text for each label it was trained for; the worst window of the text counts.

    A score of 0.5 is the trained point, which about one harmless text in a hundred reaches.
    """

    name = "classifier"

    def __init__(self, minilm: Path, adapter: Path | None = None, threads: int = 1) -> None:
        from tokenizers import Tokenizer

        adapter = adapter or SHIPPED
        read = read_adapter(adapter)
        self._labels, self._thresholds = read.labels, np.array(read.thresholds)
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
        if len(_WORDS.findall(text)) < 2:
            return
        windows, left = self._windows(text)
        scores = self.scores(windows).max(axis=0)
        note = f" The last {left} characters were not read." if left else ""
        for label, score in zip(self._labels, scores, strict=True):
            said = f"Trained score for {label.replace('_', ' ')}.{note}"
            yield Finding(self.name, label, None, round(float(score), 4), POINT, said)

    def scores(self, windows: Sequence[list[int]]) -> NDArray[np.float64]:
        """Scores, shape (windows, labels): 0.5 at the trained point, 1 at certainty."""
        parts = []
        for start in range(0, len(windows), _TOGETHER):
            some = windows[start : start + _TOGETHER]
            parts.append(self._run("scores", some))
        raw = np.concatenate(parts).astype(np.float64)
        point = self._thresholds
        above = POINT + (1 - POINT) * (raw - point) / (1 - point)
        scaled: NDArray[np.float64] = np.where(raw < point, POINT * raw / point, above)
        return scaled

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


def _load(source: RuleSource) -> Rule:
    if source.classifier is None:
        raise ValueError("the classifier's model is not given")
    return Classifier(source.classifier, source.adapter)


RULE = RuleDeclaration("classifier", "Harm classifier", _load, needs_classifier=True)
