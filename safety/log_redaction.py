"""Logs without personal data: whatever a line or a traceback quotes, it is hidden there."""

from __future__ import annotations

import logging
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from safety.rules.privacy import Privacy

_UNCHECKED = "(a line that could not be searched for personal data)"


class RedactingFormatter(logging.Formatter):
    """Formats as the formatter that it stands in for, and hides personal data."""

    def __init__(self, before: logging.Formatter | None) -> None:
        super().__init__()
        self._before = before or logging.Formatter()

    def format(self, record: logging.LogRecord) -> str:
        """The line with its traceback; only its logger where it cannot be searched."""
        line = self._before.format(record)
        try:
            return _privacy().redact(line)
        except Exception:
            return f"{record.name}: {_UNCHECKED}"


def redact_logs() -> None:
    """Hide personal data in all that this process logs from now on."""
    for handler in logging.root.handlers:
        if not isinstance(handler.formatter, RedactingFormatter):
            handler.setFormatter(RedactingFormatter(handler.formatter))


@cache
def _privacy() -> Privacy:
    # Made with the first line: it loads telephone numbers of all the world.
    from safety.rules.privacy import Privacy

    return Privacy()
