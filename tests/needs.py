"""What a test needs of the machine; without it the test is skipped, except on a build machine."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import NoReturn

import pytest

MARKERS: Mapping[str, str] = MappingProxyType(
    {
        "models": "models",
        "display": "screen",
        "room": "sound",
        "fragile": "sound",
        "processes": "processes",
    }
)
"""The marker of each fixture that brings what not every machine has, or has no time for."""
FOLDERS: Mapping[str, str] = MappingProxyType({"tests/faults": "attacks"})
"""The marker of all that lies in a folder."""
_ROOT = Path(__file__).parents[1]


def markers(fixtures: Sequence[str], file: Path) -> set[str]:
    """The markers of a test in `file` that uses these fixtures, directly or through others."""
    return {MARKERS[name] for name in fixtures if name in MARKERS} | _of_folder(file)


def is_left_out(file: Path, expression: str) -> bool:
    """Whether all of a test file is left out by a `-m` expression, so that nobody need import it.

    So it is where its folder, or its one line "pytestmark = pytest.mark.NAME", has a marker of
    which the expression says "not NAME".
    """
    unwanted = set(re.findall(r"\bnot (\w+)", expression))
    if not unwanted or not file.name.startswith("test_"):
        return False
    if unwanted & _of_folder(file):
        return True
    own = re.search(r"^pytestmark = pytest\.mark\.(\w+)$", file.read_text("utf-8"), re.MULTILINE)
    return own is not None and own[1] in unwanted


def _of_folder(file: Path) -> set[str]:
    folder = file.parent.relative_to(_ROOT).as_posix()
    return {marker for name, marker in FOLDERS.items() if f"{folder}/".startswith(f"{name}/")}


def missing(reason: str) -> NoReturn:
    """Skip the test; where `CI` is set nothing may be missing, and it fails."""
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


def need_programs(names: Sequence[str], packages: str) -> None:
    """Go on where these programs are installed; `packages` are what apt calls them."""
    absent = [name for name in names if not shutil.which(name)]
    if absent:
        missing(f"{', '.join(absent)} is missing: apt install {packages}")
