"""Every way into a process of Candor begins with `start_private()`, found by syntax tree."""

from __future__ import annotations

import ast
import functools
import itertools
import os
import stat
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from perception.startup import SILENT

ROOT = Path(__file__).parents[1]
PACKAGES = ("desktop", "agent", "perception", "safety", "benchmarks")
REPORTING = ("onnxruntime", "huggingface_hub", "transformers", "tokenizers", "rapidocr")
"""Libraries that read the environment as they load: an entry point may not load them first."""


def sources() -> list[Path]:
    return sorted(file for name in PACKAGES for file in (ROOT / name).rglob("*.py"))


def module_of(file: Path) -> str:
    return ".".join(file.relative_to(ROOT).with_suffix("").parts)


@functools.cache
def entry_points() -> list[str]:
    """Modules with a main guard, `__main__` modules, and what is started with -m."""
    found = set()
    for file in sources():
        text = file.read_text("utf-8")
        if "__main__" not in text and '"-m"' not in text and file.stem != "__main__":
            continue
        tree = ast.parse(text)
        if guard(tree.body) is not None or file.stem == "__main__":
            found.add(module_of(file))
        found |= set(started(tree))
    return sorted(found)


def guard(body: Sequence[ast.stmt]) -> ast.If | None:
    """The statement `if __name__ == "__main__":`."""
    for statement in body:
        if isinstance(statement, ast.If) and "__name__" in ast.unparse(statement.test):
            return statement
    return None


def started(tree: ast.Module) -> Iterator[str]:
    """Modules of Candor that stand after "-m" in a list or tuple."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.List | ast.Tuple):
            continue
        words = [each.value if isinstance(each, ast.Constant) else "" for each in node.elts]
        for before, name in itertools.pairwise(words):
            if before == "-m" and isinstance(name, str) and name.split(".")[0] in PACKAGES:
                whole = ROOT.joinpath(*name.split("."))
                yield f"{name}.__main__" if whole.is_dir() else name


def first_call(body: Sequence[ast.stmt], functions: dict[str, ast.FunctionDef]) -> str:
    """What a body calls first; a function of the same module is followed into."""
    start = 1 if isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant) else 0
    calls = [node for node in ast.walk(body[start]) if isinstance(node, ast.Call)]
    names = [call.func.id for call in calls if isinstance(call.func, ast.Name)]
    if "start_private" in names[:1]:
        return "start_private"
    inside = next((name for name in names if name in functions), None)
    return first_call(functions[inside].body, functions) if inside else ast.unparse(body[start])


def test_there_are_the_entry_points_that_are_known() -> None:
    known = {"desktop.__main__", "desktop.cli.main", "agent.process", "perception.audio.process"}
    assert known | {"agent.training.shipped.__main__"} <= set(entry_points())


@pytest.mark.parametrize("module", entry_points())
def test_it_begins_private(module: str) -> None:
    tree = ast.parse(ROOT.joinpath(*module.split(".")).with_suffix(".py").read_text("utf-8"))
    functions = {each.name: each for each in tree.body if isinstance(each, ast.FunctionDef)}
    begin = guard(tree.body)
    assert begin is not None, f"{module} works as it is imported"
    assert first_call(begin.body, functions) == "start_private"


def test_the_installed_command_begins_private() -> None:
    tree = ast.parse((ROOT / "desktop" / "cli" / "main.py").read_text("utf-8"))
    functions = {each.name: each for each in tree.body if isinstance(each, ast.FunctionDef)}
    assert first_call(functions["main"].body, functions) == "start_private"


@pytest.mark.usefixtures("processes")
def test_no_entry_point_loads_what_reports_before_it_begins() -> None:
    code = (
        "import importlib, sys\n"
        f"for name in {entry_points()!r}:\n"
        "    importlib.import_module(name)\n"
        f"    print(name, *(each for each in {REPORTING!r} if each in sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.split("\n")[:-1] == entry_points()


def test_the_tests_themselves_are_silent() -> None:
    assert {name: os.environ.get(name) for name in SILENT} == dict(SILENT)


@pytest.mark.skipif(os.name != "posix", reason="modes are of POSIX")
def test_a_new_file_is_the_users_alone(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").touch()
    assert stat.S_IMODE((tmp_path / "folder").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "file").stat().st_mode) == 0o600


def test_the_launcher_says_the_same() -> None:
    words = (ROOT / "candor").read_text("utf-8")
    exported = next(line for line in words.splitlines() if line.startswith("export ORT_"))
    assert exported.split()[1:] == [f"{name}={SILENT[name]}" for name in list(SILENT)[:3]]
