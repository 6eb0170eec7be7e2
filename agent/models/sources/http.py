"""One ranged request over HTTP that is never waited for longer than it deserves."""

from __future__ import annotations

import threading
import time
from collections.abc import Generator
from contextlib import suppress
from dataclasses import dataclass
from queue import Empty, SimpleQueue

import requests
import urllib3

from agent.models.pieces import BLOCK
from agent.models.sources import NoAnswer, NotHere

_BROKEN = (requests.RequestException, urllib3.exceptions.HTTPError, OSError)


class ConnectionBroken(Exception):
    """The connection broke in the middle; `silent` when it gave nothing at all."""

    def __init__(self, silent: bool) -> None:
        super().__init__("the connection broke")
        self.silent = silent


@dataclass(frozen=True, slots=True)
class Span:
    """Bytes `start` up to `end` of a resource that is `whole` bytes long."""

    url: str
    start: int
    end: int
    whole: int


def stream(span: Span, silence: float) -> Generator[bytes, None, None]:
    """The bytes of a span as they come; an empty block now and then while there are none.

    Raises NoAnswer, NotHere, or Cut when the connection breaks before the end.
    """
    answer = yield from _ask(span, silence)
    try:
        _check(answer, span)
        # A server that knows no ranges sends all of it: the front is read and dropped.
        skip = 0 if answer.status_code == 206 else span.start
        left = span.end - span.start
        silent = True
        while left:
            block = _read(answer, min(BLOCK, skip or left), silent)
            silent = False
            if skip:
                skip -= len(block)
                yield b""
            else:
                left -= len(block)
                yield block
    finally:
        answer.close()


def length(url: str, silence: float) -> Generator[None, None, int]:
    """How long a resource is; yields while it waits. Raises NoAnswer or NotHere."""
    span = Span(url, 0, 1, 0)
    asking = _ask(span, silence)
    try:
        while True:
            next(asking)
            yield
    except StopIteration as end:
        answer: requests.Response = end.value
    finally:
        asking.close()
    with answer:
        whole = _whole(answer)
        if answer.status_code not in (200, 206) or not whole.isdecimal():
            raise NotHere(f"{_host(span)} answered {answer.status_code} for {url}")
        return int(whole)


def _whole(answer: requests.Response) -> str:
    """The bytes of the whole resource as its headers tell them, or something else."""
    if answer.status_code == 206:
        return answer.headers.get("Content-Range", "").rpartition("/")[2]
    return answer.headers.get("Content-Length", "")


def _ask(span: Span, silence: float) -> Generator[bytes, None, requests.Response]:
    """The opened answer. In a thread, because a name server's silence knows no time limit."""
    answers: SimpleQueue[requests.Response | Exception] = SimpleQueue()
    wanted = threading.Event()
    wanted.set()

    def ask() -> None:
        headers = {"Accept-Encoding": "identity", "Range": f"bytes={span.start}-{span.end - 1}"}
        try:
            answer = requests.get(span.url, headers=headers, stream=True, timeout=silence)
        except Exception as error:
            answers.put(error)
            return
        if wanted.is_set():
            answers.put(answer)
        else:
            answer.close()

    threading.Thread(target=ask, name="ask", daemon=True).start()
    until = time.monotonic() + silence
    try:
        while (now := time.monotonic()) < until:
            with suppress(Empty):
                return _opened(answers.get(timeout=min(0.1, until - now)), span, silence)
            yield b""
    finally:
        wanted.clear()
    raise _silent(span, silence)


def _opened(answer: requests.Response | Exception, span: Span, silence: float) -> requests.Response:
    if isinstance(answer, requests.Response):
        return answer
    if isinstance(answer, requests.Timeout):
        raise _silent(span, silence)
    if isinstance(answer, (requests.RequestException, urllib3.exceptions.HTTPError)):
        raise NoAnswer(f"{_host(span)} cannot be reached")
    raise answer


def _check(answer: requests.Response, span: Span) -> None:
    """Refuse an answer that cannot be the file, such as a login page."""
    if answer.status_code not in (200, 206):
        raise NotHere(f"{_host(span)} answered {answer.status_code} for {span.url}")
    whole = _whole(answer)
    if whole.isdecimal() and int(whole) != span.whole:
        raise NotHere(f"{span.url} has {whole} bytes, and {span.whole} are expected")


def _read(answer: requests.Response, most: int, silent: bool) -> bytes:
    try:
        block: bytes = answer.raw.read1(most)
    except _BROKEN as error:
        raise ConnectionBroken(silent) from error
    if not block:
        raise ConnectionBroken(silent)
    return block


def _silent(span: Span, silence: float) -> NoAnswer:
    return NoAnswer(f"{_host(span)} did not answer within {silence:.0f} s")


def _host(span: Span) -> str:
    return "/".join(span.url.split("/")[:3])
