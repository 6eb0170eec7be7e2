"""The syntax trees of the project's own packages, for the tests that read them."""

from __future__ import annotations

import ast
import functools
from pathlib import Path

ROOT = Path(__file__).parents[1]


@functools.lru_cache(maxsize=1)
def trees(*packages: str) -> tuple[tuple[Path, ast.Module], ...]:
    """Each file of these packages, from the root, with its tree; the last answer is kept."""
    files = (file for package in packages for file in sorted((ROOT / package).rglob("*.py")))
    return tuple((file.relative_to(ROOT), ast.parse(file.read_text("utf-8"))) for file in files)
