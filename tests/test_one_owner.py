"""Nothing but its own file knows an engine, a rule or a language by name."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from agent.engines import registry
from perception.languages import languages
from safety.registry import rule_names

ROOT = Path(__file__).parents[1]
# What makes training data has its own texts in each language.
OUTSIDE = (Path("agent/training"),)


def compared(file: Path) -> list[tuple[int, object]]:
    """Constants that are compared with something, also within a tuple, list or set."""
    found = list[tuple[int, object]]()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        sides: list[ast.expr] = []
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
        elif isinstance(node, ast.MatchValue):
            sides = [node.value]
        for side in sides:
            parts = side.elts if isinstance(side, ast.Tuple | ast.List | ast.Set) else [side]
            found += [(side.lineno, p.value) for p in parts if isinstance(p, ast.Constant)]
    return found


@pytest.mark.parametrize("package", ["agent", "desktop", "perception", "safety"])
def test_no_code_asks_for_one_by_name(package: str) -> None:
    names = {
        *(engine.name for engine in registry.dialogue_engines()),
        *(engine.name for engine in registry.hearing_engines()),
        *(engine.name for engine in registry.voice_engines()),
        *rule_names(),
        *languages(),
    }
    asked = [
        f"{file.relative_to(ROOT)}:{line}: {value}"
        for file in sorted((ROOT / package).rglob("*.py"))
        if not any(file.is_relative_to(ROOT / folder) for folder in OUTSIDE)
        for line, value in compared(file)
        if value in names
    ]
    assert asked == []
