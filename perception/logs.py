"""Log topics: named loggers that a developer switches on one by one, in every process."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Mapping
from types import MappingProxyType

DEBUG = "CANDOR_DEBUG"
"""Environment variable with the topics that are on, joined by commas; children inherit it."""

ALL = "all"
TOPICS: Mapping[str, str] = MappingProxyType(
    {
        "audio": "devices, echo and the link between ears and mind",
        "camera": "the camera and what is seen through it",
        "dialogue": "the dialogue engines",
        "forgetting": "what is left of a visit at a kiosk",
        "models": "choosing, fetching and loading models",
        "processes": "starts and ends of children",
        "safety": "the guard and its rules",
        "speech": "hearing while it is said, and the voice",
        "training": "training runs",
        "turn": "a question's way to its reply",
        "turns": "who has the floor: what ears heard and decided",
    }
)
"""What each topic is about. The logger of a topic is `candor.TOPIC`."""


def unknown(names: str) -> list[str]:
    """Those of the comma-joined `names` that are no topic."""
    return [name for name in names.split(",") if name not in TOPICS and name != ALL]


def start_logging(level: int) -> None:
    """Log to standard error from `level` on, and everything of the topics that are on.

    Called once by each process; a name in the environment that is no topic is told and left out.
    """
    logging.basicConfig(level=level, format="%(name)s: %(message)s", stream=sys.stderr)
    names = os.environ.get(DEBUG, "")
    for name in names.split(",") if names else ():
        if name == ALL:
            logging.getLogger("candor").setLevel(logging.DEBUG)
        elif name in TOPICS:
            logging.getLogger(f"candor.{name}").setLevel(logging.DEBUG)
        else:
            logging.getLogger("candor").warning("%s=%s is no topic", DEBUG, name)
