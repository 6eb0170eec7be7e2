"""The first call of every process of Candor: what it may not tell, and who may read its files."""

from __future__ import annotations

import os
from collections.abc import Mapping
from types import MappingProxyType

SILENT: Mapping[str, str] = MappingProxyType(
    {
        # onnxruntime posts to its vendor at each start; only this, before it loads, stops it.
        "ORT_DISABLE_TELEMETRY": "1",
        # huggingface_hub and transformers name the machine's packages in each download.
        "HF_HUB_DISABLE_TELEMETRY": "1",
        # The word that others honour too.
        "DO_NOT_TRACK": "1",
        # pip, which fetches models from a package index, asks there for its own newest version.
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    }
)
"""Environment that keeps native libraries from reporting home; children inherit it."""


def start_private() -> None:
    """Make this process silent and its new files the user's alone; before any heavy import."""
    os.environ.update(SILENT)
    os.umask(0o077)
