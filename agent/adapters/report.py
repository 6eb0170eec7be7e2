"""An adapter's account: where it came from, and what was measured before and after."""

from __future__ import annotations

from typing import Any

import msgspec

EVERYDAY = "everyday"
"""The measure of ordinary talk: the share of turns in whole conversations that were answered well.
"""


class Measured(msgspec.Struct, frozen=True):
    """What one measure said before and after; higher is better unless `lower_is_better`."""

    name: str
    before: float
    after: float
    lower_is_better: bool = False
    guarded: bool = False
    """Whether getting worse here keeps the adapter off."""
    allowed: float = 0.0
    """How much worse counts as the same."""
    lost: tuple[str, ...] = ()
    """Questions that were answered well before, and are not any more; some of them."""

    @property
    def worse(self) -> bool:
        """Whether it got worse by more than is allowed."""
        step = self.after - self.before
        return (step if self.lower_is_better else -step) > self.allowed


class About(msgspec.Struct, frozen=True):
    """Where an adapter came from. Hashes are SHA-256; `files` are the folder's by name."""

    name: str
    base: str
    base_hash: str
    prompt_version: int
    kind: str = "lora"
    made: str = ""
    data_hash: str = ""
    examples: int = 0
    tokens: int = 0
    seconds: float = 0.0
    settings: dict[str, Any] = {}
    measured: tuple[Measured, ...] = ()
    files: dict[str, str] = {}
    cut: bool = False
    """Whether its training was stopped before its end; the same training may replace it."""
    compared: str = ""
    """When it was last compared with its base again; empty for never."""

    def worse(self) -> tuple[Measured, ...]:
        """The guarded measures that got worse."""
        return tuple(each for each in self.measured if each.guarded and each.worse)

    def passed(self) -> bool:
        """Whether it was compared in ordinary talk too, and no guarded measure got worse."""
        return any(each.name == EVERYDAY for each in self.measured) and not self.worse()
