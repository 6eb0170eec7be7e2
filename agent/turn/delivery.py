"""The last stage of a turn: checked sentences are shown, spoken and kept."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass

from agent.events import AssistantState, Event
from agent.memory.history import History
from agent.speech.output import SpeechOutput
from agent.turn.context import TurnContext
from agent.turn.generation import Steps
from agent.turn.moderation import ModeratedSegment
from agent.types import Ended, Phase


class Stopped(Exception):
    """The turn was interrupted."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """Delivers answers; `aloud` is whether they are spoken, `stopped` whether a turn was.

    `overtaken` is whether another question waits, `silenced` whether the user wants to hear no
    more: then no voice begins. `voice_aloud` is whether answers to a spoken question are spoken,
    even where others are not.
    """

    history: History
    speaker: SpeechOutput | None
    aloud: bool
    emit: Callable[[Event], None]
    stopped: Callable[[str], bool]
    overtaken: Callable[[str], bool]
    silenced: Callable[[str], bool] = lambda turn: False
    voice_aloud: bool = False

    def deliver(self, turn: TurnContext, steps: Steps) -> Ended:
        """Give sentence by sentence, to the end of the voice. Raises `Stopped`."""
        ended = self._give_all(turn, steps)
        turn.mark("written")
        return self._speak_to_the_end(turn, ended)

    def go_on(self, turn: TurnContext) -> None:
        """Raises `Stopped` where the turn was interrupted."""
        if self.stopped(turn.turn):
            raise Stopped

    def _give_all(self, turn: TurnContext, steps: Steps) -> Ended:
        with closing(steps):
            while True:
                try:
                    given = next(steps)
                except StopIteration as end:
                    ended: Ended = end.value
                    return ended
                self.go_on(turn)
                if given is not None:
                    self._give(turn, given)

    def _give(self, turn: TurnContext, given: ModeratedSegment) -> None:
        sentence = given.sentence
        turn.sentences.append(sentence)
        self.emit(sentence)
        turn.mark("first_sentence")
        aloud = self.aloud or (self.voice_aloud and turn.heard is not None)
        unheard = turn.silent or self.overtaken(turn.turn) or self.silenced(turn.turn)
        if self.speaker and aloud and not unheard:
            if not turn.spoken:
                turn.spoken = True
                self.speaker.begin(turn.turn)
                self.emit(AssistantState(Phase.SPEAKING, turn.turn))
            self.speaker.say(sentence.index, sentence.text, given.ends)
        self.history.answer(turn.turn, turn.text())

    def _speak_to_the_end(self, turn: TurnContext, ended: Ended) -> Ended:
        if not (self.speaker and turn.spoken):
            return ended
        # An interruption may have come before this speech began, and stopped the one before.
        self.go_on(turn)
        if self.overtaken(turn.turn):
            self.speaker.stop(turn.turn)
        self.speaker.finish()
        whole = self.speaker.wait()
        if first := self.speaker.first_sound():
            turn.mark("first_sound", first)
        self.go_on(turn)
        # What no model wrote is shown whole, though a following question ended the voice.
        if not (whole or turn.ready or self.silenced(turn.turn)):
            raise Stopped
        return ended
