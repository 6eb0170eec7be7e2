"""No personal data in a log, also not in a traceback."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

import pytest

from safety import log_redaction
from safety.log_redaction import RedactingFormatter, redact_logs


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    stream, root = io.StringIO(), logging.getLogger()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logging.Formatter("%(name)s: %(message)s"))
    root.addHandler(handler)
    yield stream
    root.removeHandler(handler)


def test_lines_and_tracebacks_are_redacted(written: io.StringIO) -> None:
    redact_logs()
    redact_logs()
    log = logging.getLogger("candor.turn")
    log.warning("heard: my card is %s", "4111 1111 1111 1111")
    try:
        raise ValueError("cannot read ann@example.org")
    except ValueError:
        log.exception("the conversation failed")
    told = written.getvalue()
    assert "candor.turn: heard: my card is [card]" in told
    assert "ann@" not in told and "ValueError: cannot read [email]" in told


def test_a_line_that_cannot_be_searched_is_not_written(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise RuntimeError

    monkeypatch.setattr(log_redaction, "_privacy", broken)
    record = logging.LogRecord("candor", logging.INFO, "", 1, "ann@example.org", None, None)
    assert "ann" not in RedactingFormatter(None).format(record)
