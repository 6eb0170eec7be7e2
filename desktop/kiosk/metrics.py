"""What a kiosk counts, never what was said: numbers for its owner, as Prometheus reads them."""

from __future__ import annotations

import math
import shutil
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path

_LENGTHS_S = (15, 30, 60, 120, 300, 600)
_NEWEST = 512
"""Answers whose waiting times the percentiles are of."""


class QuestionEnd(StrEnum):
    """What became of a question."""

    ANSWERED = "answered"
    ABSTAINED = "abstained"
    WITHHELD = "withheld"
    FAILED = "failed"


class KioskMetrics:
    """Counts from any thread; `page` says them all. They begin anew with the kiosk."""

    def __init__(
        self, disk: Path, restarts: int = 0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._disk, self._restarts, self._clock = disk, restarts, clock
        self._began = clock()
        self._lock = threading.Lock()
        self._lengths = Counter[int]()
        self._sessions, self._seconds = 0, 0.0
        self._languages, self._questions = Counter[str](), Counter[str]()
        self._latencies: deque[float] = deque(maxlen=_NEWEST)
        self._model, self._hash = "", ""

    def count_session(self, seconds: float, languages: Sequence[str]) -> None:
        """A session ended after so long; the languages that were chosen or spoken in it."""
        with self._lock:
            self._sessions += 1
            self._seconds += seconds
            self._lengths.update(limit for limit in _LENGTHS_S if seconds <= limit)
            self._languages.update(set(languages))

    def count_question(self, end: QuestionEnd, seconds: float | None = None) -> None:
        """A turn ended; `seconds` from the question's end to the first word of its answer."""
        with self._lock:
            self._questions[end] += 1
            if seconds is not None:
                self._latencies.append(seconds)

    def set_model(self, name: str, sha256: str) -> None:
        """Which model answers."""
        with self._lock:
            self._model, self._hash = name, sha256

    def health(self) -> dict[str, object]:
        """The state in a few words, for a page that a monitor reads."""
        with self._lock:
            return {
                "status": "ok",
                "up_seconds": round(self._clock() - self._began),
                "restarts": self._restarts,
                "sessions": self._sessions,
                "disk_free_bytes": self._free(),
                "model": self._model,
                "model_sha256": self._hash,
            }

    def page(self) -> str:
        """All numbers in the text format of Prometheus."""
        with self._lock:
            return "\n".join(self._lines()) + "\n"

    def _lines(self) -> Iterator[str]:
        yield from _single("up_seconds", "gauge", self._clock() - self._began)
        yield from _single("restarts_total", "counter", self._restarts)
        yield from _single("disk_free_bytes", "gauge", self._free())
        yield "# TYPE candor_kiosk_session_seconds histogram"
        for limit in _LENGTHS_S:
            yield f'candor_kiosk_session_seconds_bucket{{le="{limit}"}} {self._lengths[limit]}'
        yield f'candor_kiosk_session_seconds_bucket{{le="+Inf"}} {self._sessions}'
        yield f"candor_kiosk_session_seconds_sum {_number(self._seconds)}"
        yield f"candor_kiosk_session_seconds_count {self._sessions}"
        yield from _labelled("sessions_by_language_total", "language", self._languages)
        ends = {str(end): self._questions[end] for end in QuestionEnd}
        yield from _labelled("questions_total", "end", ends)
        yield "# TYPE candor_kiosk_answer_latency_seconds summary"
        for share in (0.5, 0.95):
            value = _number(percentile(self._latencies, share))
            yield f'candor_kiosk_answer_latency_seconds{{quantile="{share}"}} {value}'
        yield "# TYPE candor_kiosk_model_info gauge"
        model = f'model="{_quoted(self._model)}",sha256="{_quoted(self._hash)}"'
        yield f"candor_kiosk_model_info{{{model}}} 1"

    def _free(self) -> int:
        try:
            return shutil.disk_usage(self._disk).free
        except OSError:
            return 0


def percentile(values: Sequence[float], share: float) -> float:
    """The value that this share of the values does not exceed; NaN where there are none."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)] if ordered else math.nan


def _single(name: str, kind: str, value: float) -> Iterator[str]:
    yield f"# TYPE candor_kiosk_{name} {kind}"
    yield f"candor_kiosk_{name} {_number(value)}"


def _labelled(name: str, label: str, values: Mapping[str, int]) -> Iterator[str]:
    yield f"# TYPE candor_kiosk_{name} counter"
    for key, value in sorted(values.items()):
        yield f'candor_kiosk_{name}{{{label}="{_quoted(key)}"}} {value}'


def _number(value: float) -> str:
    return "NaN" if math.isnan(value) else f"{value:.10g}"


def _quoted(text: str) -> str:
    return text.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
