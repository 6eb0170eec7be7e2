"""The progress of a run as JSON lines, which a window can follow while it is written."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from agent.training.core.progress import TrainingProgress


class MetricsLog:
    """Appends a line for each progress. A resumed run takes back what it will do again."""

    def __init__(self, file: Path) -> None:
        self._file, self._begun = file, False

    def add(self, now: TrainingProgress) -> None:
        """Write one line at once."""
        if not self._begun:
            kept = [line for line in read(self._file) if line["step"] < now.step]
            text = "".join(json.dumps(line) + "\n" for line in kept)
            self._file.write_text(text, "utf-8")
            self._begun = True
        with self._file.open("a", encoding="utf-8") as stream:
            stream.write(json.dumps(asdict(now)) + "\n")


def read(file: Path) -> list[dict[str, Any]]:
    """The lines written so far; a last one that is not whole yet is left out."""
    if not file.exists():
        return []
    lines = file.read_text("utf-8").splitlines(keepends=True)
    return [json.loads(line) for line in lines if line.endswith("\n")]
