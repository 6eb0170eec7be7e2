"""The binding to llama.cpp, set so that it shares the cores with hearing, seeing and the voice."""

from __future__ import annotations

import os
from typing import Any

_SPINS = "1000"
"""How often a thread of llama.cpp looks for its neighbour before it sleeps.

OpenMP's default is to spin for milliseconds, which starves everything when another program takes
a core: with ten busy programs on two cores 1.3 to 3 tokens a second, against 6 to 10 with this.
"""


def library() -> Any:
    """The module `xllamacpp`. OpenMP reads the setting when it is first loaded."""
    os.environ.setdefault("GOMP_SPINCOUNT", _SPINS)
    import xllamacpp  # type: ignore[import-untyped]

    return xllamacpp
