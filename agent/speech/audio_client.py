"""The client of the audio process: plays sound there and receives utterances."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client
from typing import TypeAlias

from perception.audio.ipc.link import Link
from perception.audio.ipc.messages import (
    EARS_TO_MIND,
    MIND_TO_EARS,
    Flush,
    Play,
    Played,
    Received,
    RecognisedWords,
    ReplyEnded,
    SpeechBlock,
    SpeechPaused,
    SpeechResumed,
    Spoken,
    TurnCancelled,
)
from perception.types import Samples, Utterance
from perception.wire import Codec

_CODEC = Codec((*MIND_TO_EARS, *EARS_TO_MIND))
_FIRST_PAUSE, _LONGEST_PAUSE = 0.02, 0.5

FromEars: TypeAlias = (
    Utterance | Played | SpeechBlock | SpeechPaused | SpeechResumed | TurnCancelled
)


@dataclass(slots=True)
class _OpenUtterance:
    sentence: int
    heard: float = 0.0


class AudioClient:
    """The client of the audio process, `perception.audio.process`.

    `listen` gives each message in a thread of this class. Ears keep an utterance until they are
    told `Received`, and give it again to the next mind. The link is made again whenever ears are
    restarted. Each turn that got `play` or `finish` gets exactly one `Played` with `finished`;
    where ears are gone it says `unheard`. An utterance that was being said then is withdrawn.
    """

    def __init__(self, address: str, key: bytes) -> None:
        self._address, self._key = address, key
        self._on_message: Callable[[FromEars], None] = lambda _message: None
        self._turns: dict[str, _OpenUtterance] = {}
        self._ended: dict[str, None] = {}
        self._speaking = ""
        self._link: Link | None = None
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._parted = threading.Event()
        self._thread: threading.Thread | None = None

    def listen(self, on_message: Callable[[FromEars], None]) -> None:
        """Connect, and from now on hand every message to `on_message`. Call it once."""
        self._on_message = on_message
        self._thread = threading.Thread(target=self._keep_connected, name="ears", daemon=True)
        self._thread.start()

    @property
    def connected(self) -> bool:
        """Whether ears are there."""
        return self._link is not None

    def play(self, turn: str, sentence: int, samples: Samples, rate: int) -> None:
        """Append sound of a sentence; sentences of a turn come in order. Never blocks."""
        with self._lock:
            if turn in self._ended:
                return
            self._turns.setdefault(turn, _OpenUtterance(sentence))
            if self._link is not None:
                self._link.send(Play(turn, sentence, samples, rate))

    def finish(self, turn: str) -> None:
        """The turn has no more sound."""
        with self._lock:
            if turn in self._ended:
                return
            self._turns.setdefault(turn, _OpenUtterance(0))
            if self._link is not None:
                self._link.send(Spoken(turn))
                return
        self._give_up([turn])

    def flush(self, turn: str = "") -> None:
        """Silence now. `turn` is one of which nothing may have been played yet."""
        with self._lock:
            link, turns = self._link, list(self._turns)
        if link is not None:
            link.send(Flush(turn))
        else:
            self._give_up(turns)

    def send_message(self, message: Received | RecognisedWords | ReplyEnded) -> None:
        """Tell ears about a turn of the user; lost where there are none. Never blocks."""
        with self._lock:
            if self._link is not None:
                self._link.send(message)

    def close(self) -> None:
        """Part from ears, which live on."""
        self._closing.set()
        self._parted.set()
        with self._lock:
            link = self._link
        if link is not None:
            link.close()
        if self._thread is not None:
            self._thread.join(1.0)

    def _keep_connected(self) -> None:
        pause = _FIRST_PAUSE
        while not self._closing.is_set():
            try:
                connection = Client(self._address, authkey=self._key)
            except (OSError, EOFError, AuthenticationError):
                self._closing.wait(pause)
                pause = min(2 * pause, _LONGEST_PAUSE)
                continue
            pause = _FIRST_PAUSE
            self._parted.clear()
            link = Link(connection, _CODEC, self._receive, self._part, ("mind", "ears"))
            with self._lock:
                self._link = link
                lost = list(self._turns)
            link.start()
            self._give_up(lost)
            if self._closing.is_set():
                link.close()
            self._parted.wait()

    def _part(self) -> None:
        with self._lock:
            self._link = None
            lost = list(self._turns)
        self._give_up(lost)
        if said := self._speaking:
            self._speaking = ""
            self._on_message(TurnCancelled(said))
        self._parted.set()

    def _receive(self, message: object) -> None:
        match message:
            case Utterance() | TurnCancelled():
                self._speaking = ""
                self._on_message(message)
            case SpeechBlock(turn):
                self._speaking = turn
                self._on_message(message)
            case SpeechPaused() | SpeechResumed():
                self._on_message(message)
            case Played():
                if self._account(message):
                    self._on_message(message)

    def _account(self, played: Played) -> bool:
        """Keep the account of a turn; whether this is news."""
        with self._lock:
            if played.turn in self._ended:
                return False
            state = self._turns.setdefault(played.turn, _OpenUtterance(played.sentence))
            state.sentence, state.heard = played.sentence, played.seconds
            if played.finished:
                self._end(played.turn)
            return True

    def _give_up(self, turns: list[str]) -> None:
        for turn in turns:
            with self._lock:
                state = self._turns.get(turn)
                if state is None:
                    continue
                self._end(turn)
            self._on_message(Played(turn, state.sentence, state.heard, True, unheard=True))

    def _end(self, turn: str) -> None:
        self._turns.pop(turn, None)
        self._ended[turn] = None
        if len(self._ended) > 256:
            del self._ended[next(iter(self._ended))]
