"""A chat model small enough to train in a second."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from agent.training.chat.examples import Example
from agent.types import Message
from tests.tiny import make


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    """Tiny models lose more by waiting for a second thread than they win by it."""
    torch: Any = sys.modules.get("torch")
    if torch is None:
        yield
        return
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a random model of three layers that reads bytes."""
    return make(tmp_path_factory.mktemp("tiny"))


@pytest.fixture(scope="session")
def examples() -> list[Example]:
    """Twenty short conversations."""
    return [
        Example((Message("user", f"{n} plus 1?"), Message("assistant", f"It is {n + 1}.")))
        for n in range(20)
    ]
