"""The link to the assistant process: one at a time, and no utterance is lost."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from multiprocessing import AuthenticationError
from multiprocessing.connection import Connection, Listener

from perception.audio.ipc.link import Link, remove_stale
from perception.audio.ipc.messages import EARS_TO_MIND, MIND_TO_EARS, Received
from perception.types import Utterance
from perception.wire import Codec

_CODEC = Codec((*MIND_TO_EARS, *EARS_TO_MIND))
MOST_KEPT_SECONDS = 900.0


class AssistantClient:
    """The link to the assistant: hands it utterances, and keeps those that none has received."""

    def __init__(
        self,
        address: str,
        key: bytes,
        on_message: Callable[[object], None],
        gone: Callable[[], None],
    ) -> None:
        remove_stale(address)
        self._listener = Listener(address, authkey=key)
        self._on_message, self._gone = on_message, gone
        self._kept: dict[str, Utterance] = {}
        self._link: Link | None = None
        self._lock = threading.Lock()

    @property
    def kept_seconds(self) -> float:
        """How much speech waits for a mind."""
        with self._lock:
            return sum(said.samples.size / said.rate for said in self._kept.values())

    def send(self, value: object) -> None:
        """Tell the mind, if there is one."""
        with self._lock:
            if self._link is not None:
                self._link.send(value)

    def hand_over(self, utterance: Utterance) -> bool:
        """Keep an utterance until a mind has it; whether there is a mind now."""
        with self._lock:
            self._kept[utterance.turn] = utterance
            if self._link is not None:
                self._link.send(utterance)
            return self._link is not None

    def run_loop(self) -> None:
        """Let in one mind after the other, for ever. A new one takes the place of the old."""
        while True:
            try:
                connection = self._listener.accept()
            except (AuthenticationError, OSError, EOFError) as error:
                print(f"mind link: {error}", file=sys.stderr)
                continue
            self._welcome(connection)

    def _welcome(self, connection: Connection) -> None:
        link = Link(connection, _CODEC, self._receive, lambda: self._part(link))
        with self._lock:
            old, self._link = self._link, link
            for utterance in self._kept.values():
                link.send(utterance)
        if old is not None:
            old.close()
        link.start()

    def _part(self, link: Link) -> None:
        with self._lock:
            if self._link is not link:
                return
            self._link = None
        self._gone()

    def _receive(self, message: object) -> None:
        if isinstance(message, Received):
            with self._lock:
                self._kept.pop(message.turn, None)
            return
        self._on_message(message)
