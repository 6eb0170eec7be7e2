"""JSON lines: how the benches take their data."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from perception.types import UserError


def read_lines(file: Path) -> list[dict[str, Any]]:
    """One object a line, empty lines left out; UserError where the file is something else."""
    try:
        lines = file.read_text(encoding="utf-8").split("\n")
        rows = [json.loads(line) for line in lines if line.strip()]
    except (OSError, ValueError) as error:
        raise UserError.plain(f"{file} cannot be read as JSON lines.", _HINT) from error
    if not all(isinstance(row, dict) for row in rows):
        raise UserError.plain(f"{file} holds something other than JSON objects.", _HINT)
    return rows


_HINT = "It needs one JSON object a line; docs/bench.md describes them."
