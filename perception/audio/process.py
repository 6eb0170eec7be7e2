"""The audio process (ears), `python -m perception.audio.process`, with microphone and speaker.

Standard input and output carry the window's messages; the mind connects to the address that
`link.ADDRESS` names. Only small models are here, and none where the mode needs none.
"""

from __future__ import annotations

import logging
import os
import queue
import signal
import sys
import threading
import time

import numpy as np

from perception.audio.devices import pulse
from perception.audio.devices.supervisor import DeviceSupervisor
from perception.audio.ipc.assistant_client import MOST_KEPT_SECONDS, AssistantClient
from perception.audio.ipc.link import ADDRESS, KEY
from perception.audio.ipc.listening import AssistantGone, Item, ListeningLoop
from perception.audio.ipc.messages import (
    FROM_EARS,
    TO_EARS,
    ChooseDevices,
    Flush,
    Level,
    Listen,
    Mute,
    Play,
    PlayBack,
    Played,
    RecognisedWords,
    Record,
    ReplyEnded,
    SetMic,
    Spoken,
    StopEars,
    Trouble,
    TryDevices,
    Viseme,
)
from perception.audio.ipc.reporter import Reporter
from perception.audio.playback.player import Player
from perception.audio.recording import Recorder
from perception.audio.trial import Trial
from perception.audio.turns.driver import TurnOutputs
from perception.audio.turns.events import (
    AnswerEnded,
    Muted,
    PlayedOut,
    Playing,
    Pressed,
    Released,
    WordsRecognised,
)
from perception.child import BROKE, end_with_any_thread, own_wire
from perception.codes import PerceptionCode
from perception.messages import Notice, notice
from perception.startup import start_private
from perception.types import UserError, Utterance
from perception.wire import (
    BrokenWire,
    Codec,
    Outbox,
    receive,
)

_OUTPUT_RATE = 48_000
_LEAST_SECONDS = 0.15
_MOST_SECONDS = 600.0
_SILENCE = 1e-4  # a muted microphone gives exact zeros or their dither


class AudioProcess:
    """The audio process, all parts joined. `obey` is for the window's and the mind's thread."""

    def __init__(self, window: Outbox, address: str, key: bytes) -> None:
        self._window = window
        self._player = Player(_OUTPUT_RATE, self._report)
        items: queue.SimpleQueue[Item] = queue.SimpleQueue()
        self._sound = DeviceSupervisor(self._player, items.put, window.send)
        self._mind = AssistantClient(address, key, self.obey, lambda: items.put(AssistantGone()))
        outlet = TurnOutputs(
            tell_mind=self._mind.send,
            hand_over=self._take,
            show=window.send,
            duck=self._sound.duck,
            hold=self._sound.hold,
            release=self._sound.release,
            interrupt=self._sound.flush,
        )
        far = self._player.far
        self._listening = ListeningLoop(items, far, outlet, window.send, self._sound.want)
        self._reporter = Reporter(self._player, self._sound.stuck_for, window.send)
        self._trial = Trial(self._play, self._finish, self._listening.try_out, window.send)
        self._recorder = Recorder(self._play, self._finish, self._listening.try_out, window.send)
        self._began: set[str] = set()

    def start(self) -> None:
        """Begin: every thread ends with the process."""
        for part in (self._mind, self._listening, self._sound, self._reporter):
            name = type(part).__name__.lower()
            threading.Thread(target=part.run_loop, name=name, daemon=True).start()
        pulse.start_watching(self._sound.changed)

    def obey(self, message: object) -> None:
        """Do what window or mind say."""
        match message:
            case Play():
                self._play(message)
            case Spoken(turn):
                self._finish(turn)
            case Flush(turn):
                self._sound.flush(turn)
            case RecognisedWords(turn, text, until):
                self._listening.put(WordsRecognised(turn, text, until))
            case ReplyEnded(turn):
                self._listening.put(AnswerEnded(turn, time.monotonic()))
            case _:
                self._obey_window(message)

    def _obey_window(self, message: object) -> None:
        match message:
            case SetMic(on, discard):
                self._set_microphone(on, discard)
            case ChooseDevices():
                self._sound.choose(message)
            case Listen():
                self._listening.put(message)
            case Mute(on):
                self._listening.put(Muted(on, time.monotonic()))
            case TryDevices():
                self._sound.flush()
                self._trial.start()
            case Record() | PlayBack():
                self._obey_recording(message)

    def _obey_recording(self, message: Record | PlayBack) -> None:
        self._sound.flush()
        try:
            if isinstance(message, Record):
                self._recorder.record(message.on, message.file)
            else:
                self._recorder.play(message.file)
        except UserError as error:
            self._tell(error.notice)

    def _play(self, sound: Play) -> None:
        self._player.play(sound)
        self._sound.wake()
        self._reporter.wake()

    def _finish(self, turn: str) -> None:
        self._player.finish(turn)
        self._reporter.wake()

    def _set_microphone(self, on: bool, discard: bool) -> None:
        now = time.monotonic()
        if not on:
            self._listening.put(Released(now, discard))
        elif self._mind.kept_seconds > MOST_KEPT_SECONDS:
            self._tell(notice(PerceptionCode.TOO_MUCH_WAITS))
        else:
            self._sound.flush()  # who takes the word is not talked over
            self._listening.put(Pressed(now))

    def _report(self, played: Played) -> None:
        if self._trial.reported(played):
            return
        if played.began and played.turn not in self._began:
            self._began.add(played.turn)
            self._listening.put(Playing(played.turn, played.began))
        if played.finished:
            self._began.discard(played.turn)
            self._listening.put(PlayedOut(played.turn, time.monotonic()))
        self._mind.send(played)

    def _take(self, utterance: Utterance) -> bool:
        seconds = utterance.samples.size / utterance.rate
        if seconds < _LEAST_SECONDS:
            self._tell(notice(PerceptionCode.TOO_SHORT_TO_HEAR))
            return False
        if float(np.max(np.abs(utterance.samples))) < _SILENCE:
            self._tell(notice(PerceptionCode.MICROPHONE_ONLY_SILENCE))
        if seconds >= _MOST_SECONDS:
            self._tell(
                notice(PerceptionCode.RECORDING_CUT, most_seconds=f"{_MOST_SECONDS / 60:.0f}")
            )
        if not self._mind.hand_over(utterance):
            self._tell(notice(PerceptionCode.MIND_AWAY))
        return True

    def _tell(self, told: Notice) -> None:
        self._window.send(Trouble(told))


def main() -> None:
    """Serve until the window says so, or is gone."""
    start_private()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the owner's, who then closes the wire
    window = Outbox(own_wire(), Codec(FROM_EARS), (Level, Viseme), lambda: os._exit(0), "window")
    end_with_any_thread(lambda error: _last_words(window, error))
    ears = AudioProcess(window, os.environ[ADDRESS], bytes.fromhex(os.environ[KEY]))
    ears.start()
    try:
        for message in receive(sys.stdin.buffer, Codec(TO_EARS)):
            if isinstance(message, StopEars):
                break
            ears.obey(message)
    except BrokenWire as error:
        print(f"ears: {error}", file=sys.stderr)
        os._exit(1)
    except Exception as error:
        logging.getLogger("candor.audio").exception("ears broke")
        _last_words(window, error)
        os._exit(BROKE)
    # Not through the interpreter's end: a driver that hangs would keep the process alive.
    os._exit(0)


def _last_words(window: Outbox, error: BaseException | None) -> None:
    told = notice(PerceptionCode.EARS_BROKE, kind=type(error).__name__)
    window.send(Trouble(told))
    window.close()


if __name__ == "__main__":
    main()
