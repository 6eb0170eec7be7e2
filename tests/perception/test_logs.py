"""Log topics: every logger of ours has one, and a topic is on in every process."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from perception.logs import DEBUG, TOPICS, unknown

ROOT = Path(__file__).parents[2]
PACKAGES = ("desktop", "agent", "safety", "perception")
_LOGGER = re.compile(r"getLogger\(([^)]*)\)")
_CHILD = """
import logging
from perception.child import end_with_any_thread
end_with_any_thread(lambda error: None)
for name in ("candor.turn", "candor.models", "urllib3"):
    print(name, logging.getLogger(name).isEnabledFor(logging.DEBUG))
logging.getLogger("candor.turn").debug("seen")
"""


def test_every_logger_is_of_a_topic() -> None:
    found = {
        (str(file.relative_to(ROOT)), name)
        for package in PACKAGES
        for file in (ROOT / package).rglob("*.py")
        if file.name != "logs.py"
        for name in _LOGGER.findall(file.read_text("utf-8"))
    }
    assert found
    wrong = [f for f in sorted(found) if f[1].strip('"').removeprefix("candor.") not in TOPICS]
    assert not wrong


def test_names_that_are_no_topic_are_found() -> None:
    assert unknown("turn,models") == []
    assert unknown("all") == []
    assert unknown("turn,weather,") == ["weather", ""]


@pytest.mark.parametrize(
    ("names", "on"),
    [("", []), ("turn", ["candor.turn"]), ("all", ["candor.turn", "candor.models"])],
)
def test_a_child_logs_the_topics_that_are_on(names: str, on: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _CHILD],
        env={**os.environ, "PYTHONPATH": str(ROOT), DEBUG: names},
        capture_output=True,
        text=True,
        check=True,
    )
    told = dict(line.split() for line in done.stdout.splitlines())
    assert [name for name, enabled in told.items() if enabled == "True"] == on
    assert ("candor.turn: seen" in done.stderr) == ("candor.turn" in on)
