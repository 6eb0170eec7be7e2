"""What a test needs of the machine; without it the test is skipped, except on a build machine."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NoReturn

import pytest

MARKERS: Mapping[str, str] = MappingProxyType(
    {"models": "models", "display": "screen", "room": "sound", "fragile": "sound"}
)
"""The marker of each fixture that brings what not every machine has."""


def markers(fixtures: Sequence[str]) -> set[str]:
    """The markers of a test that uses these fixtures, directly or through others."""
    return {MARKERS[name] for name in fixtures if name in MARKERS}


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
