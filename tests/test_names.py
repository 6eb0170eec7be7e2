"""Names are unique in a package, verbs have an object, and a definition comes first."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator

import pytest

from tests.sources import trees

PACKAGES = ("agent", "perception", "safety", "desktop", "benchmarks")
# A verb alone does not say what is taken, run or told; a search for it finds everything.
_BARE = {"take", "run", "tell", "do", "handle", "process"}
_FUNCTION = (ast.FunctionDef, ast.AsyncFunctionDef)
each = pytest.mark.parametrize("package", PACKAGES, scope="module")
Definition = ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


def public(body: list[ast.stmt]) -> Iterator[Definition]:
    """Public classes and functions of a body, and those of its public classes."""
    for node in body:
        if isinstance(node, (ast.ClassDef, *_FUNCTION)) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from public(node.body)


def overrides(node: Definition) -> bool:
    """Whether Qt gave the name: `paintEvent`, `sizeHint`, `event`."""
    if isinstance(node, ast.ClassDef):
        return False
    return node.name == "event" or (node.name != node.name.lower() and "_" not in node.name)


def setter(node: Definition) -> bool:
    """Whether it is the second half of a property, whose first half has the words."""
    return any(isinstance(mark, ast.Attribute) for mark in node.decorator_list)


@each
def test_no_two_classes_of_a_package_share_a_name(package: str) -> None:
    places = defaultdict(list)
    for file, tree in trees(package):
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                places[node.name].append(str(file))
    assert {name: files for name, files in places.items() if len(files) > 1} == {}


@each
def test_every_public_verb_has_an_object(package: str) -> None:
    bare = [
        f"{file}:{node.lineno} {node.name}"
        for file, tree in trees(package)
        for node in public(tree.body)
        if isinstance(node, _FUNCTION) and node.name in _BARE
    ]
    assert bare == []


@each
def test_every_public_name_is_defined_in_one_line(package: str) -> None:
    missing = []
    for file, tree in trees(package):
        for node in public(tree.body):
            first = (ast.get_docstring(node) or "").split("\n")[0]
            if not first.endswith((".", "?")) and not overrides(node) and not setter(node):
                missing.append(f"{file}:{node.lineno} {node.name}: {first!r}")
    assert missing == []
