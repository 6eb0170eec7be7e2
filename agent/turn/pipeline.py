"""A question becomes a turn: stored, answered, shown and spoken."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass

from agent.memory.history import History
from agent.prompting.prompt import MOST_KEPT
from agent.speech.commands import Own
from agent.speech.output import Speaker
from agent.turn.context import OpenTurn, Question
from agent.turn.generation import Steps, Writing
from agent.turn.moderation import Given
from agent.turn.speculation import Draft
from agent.types import (
    Asked,
    Ended,
    Event,
    Phase,
    State,
)
from perception.audio.files import shortened
from perception.types import Heard, UserError, Utterance

Final = tuple[Heard | None, float]
"""The final hearing of an utterance, and the monotonic time at which it was there."""


class Stopped(Exception):
    """The turn was interrupted."""


@dataclass(frozen=True, slots=True)
class Answering:
    """Answers questions; `stopped` tells of an interrupted turn, `stored` that one is on disk."""

    writing: Writing
    history: History
    speaker: Speaker | None
    hear: Callable[[Utterance], Final]
    emit: Callable[[Event], None]
    stopped: Callable[[str], bool]
    stored: Callable[[str], None]

    def answer(
        self,
        turn: OpenTurn,
        asked: Question,
        said: str,
        draft: Draft | None,
        own: Own | None = None,
    ) -> Ended:
        """Answer to the end of the voice. Raises `Stopped`, UserError or what an engine raises.

        `draft` is an answer to just this question, of which `turn` is the turn; `own` is one
        that needs no model.
        """
        turn.ready = own is not None and not own.rest
        if draft is None:
            self._prepare(turn, asked, said)
        self.history.ground(turn.turn, turn.prompt.text, turn.evidence)
        heard, replaces = turn.heard, asked.replaces
        self.emit(
            Asked(turn.turn, turn.chat or 0, turn.words, heard, turn.evidence, replaces, turn.scene)
        )
        for called in own.called if own else ():
            self.emit(called)
        self._go_on(turn)
        self.emit(State(Phase.THINKING, turn.turn, ""))
        if own:
            turn.silent = own.silent
            turn.notes += own.notes
            steps = self._own(turn, asked, own)
        else:
            steps = draft.steps() if draft else self.writing.write(turn, asked)
        ended = self._give_all(turn, steps)
        turn.mark("written")
        return self._speak_to_the_end(turn, ended)

    def _own(self, turn: OpenTurn, asked: Question, own: Own) -> Steps:
        """An answer that needs no model, then the model's to what else was asked."""
        if not own.rest:
            return (yield from self.writing.tell(turn, own.text))
        ended = yield from self.writing.tell(turn, own.text + "\n\n")
        return (yield from self.writing.write(turn, asked)) if ended is Ended.DONE else ended

    def store(self, turn: OpenTurn, asked: Question, said: str) -> None:
        """Put the user's words on disk."""
        turn.chat = asked.chat or self.history.new_chat()
        self.history.begin(turn.turn, turn.chat, said[:MOST_KEPT], asked.pictures, asked.replaces)
        turn.stored = True
        self.stored(turn.turn)

    def listen(self, turn: OpenTurn, utterance: Utterance) -> Heard:
        """The final words; UserError where there are none."""
        self.emit(State(Phase.HEARING, turn.turn, ""))
        # Not cut short by an interruption: what was said has to reach the disk first.
        heard, at = self.hear(utterance)
        turn.mark("heard", at)
        if left_out := shortened(utterance):
            turn.notes.append(left_out)
        if heard is None or not heard.text:
            raise UserError(
                "I heard no words.",
                "Speak closer to the microphone, or check what the recording holds.",
            )
        return heard

    def _prepare(self, turn: OpenTurn, asked: Question, said: str) -> None:
        if asked.pictures:
            self.emit(State(Phase.LOOKING, turn.turn, ""))
        for _ in self.writing.prepare(turn, asked, said):
            self._go_on(turn)

    def _give_all(self, turn: OpenTurn, steps: Steps) -> Ended:
        with closing(steps):
            while True:
                try:
                    given = next(steps)
                except StopIteration as end:
                    ended: Ended = end.value
                    return ended
                self._go_on(turn)
                if given is not None:
                    self._give(turn, given)

    def _give(self, turn: OpenTurn, given: Given) -> None:
        """Show, speak and keep a checked sentence."""
        sentence = given.sentence
        turn.sentences.append(sentence)
        self.emit(sentence)
        turn.mark("first_sentence")
        if self.speaker and self.writing.settings.speak_answers and not turn.silent:
            if not turn.spoken:
                turn.spoken = True
                self.speaker.begin(turn.turn)
                self.emit(State(Phase.SPEAKING, turn.turn, ""))
            self.speaker.say(sentence.index, sentence.text, given.ends)
        self.history.answer(turn.turn, turn.text())

    def _speak_to_the_end(self, turn: OpenTurn, ended: Ended) -> Ended:
        if not (self.speaker and turn.spoken):
            return ended
        # An interruption may have come before this speech began, and stopped the one before.
        self._go_on(turn)
        self.speaker.finish()
        whole = self.speaker.wait()
        if first := self.speaker.first_sound():
            turn.mark("first_sound", first)
        self._go_on(turn)
        if not whole:
            raise Stopped
        return ended

    def _go_on(self, turn: OpenTurn) -> None:
        if self.stopped(turn.turn):
            raise Stopped
