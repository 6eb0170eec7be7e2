"""One rule a file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from safety.types import Circumstance, Finding


class Rule(Protocol):
    """Looks at a text and scores it. A rule that raises is a BLOCK: it never has to be careful."""

    name: str

    def check(self, text: str, circumstance: Circumstance) -> Iterable[Finding]:
        """What the rule saw; findings below their threshold are kept as reasons."""
        ...
