"""How one question becomes checked sentences. Raw tokens do not leave this file."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from agent.attribution import rests_on
from agent.dialogue import Sampling, Token
from agent.engines import Engines
from agent.history import History
from agent.open_turn import OpenTurn
from agent.prompt import ANSWER_TOKENS, MOST_KEPT, question, shorten
from agent.prompting import Prompting
from agent.sentences import Piece, pieces
from agent.settings import Settings
from agent.sight import Sight, look_at
from agent.speaker import Speaker
from agent.types import Asked, Ended, Event, Message, Phase, Sentence, State
from perception.audio.file import shortened
from perception.fusion import describe
from perception.fusion import evidence as fuse
from perception.hearing import Hints
from perception.types import Heard, Scene, UserError, Utterance
from safety.rules.injection import strip_control
from safety.types import Action, Circumstance, Verdict

_T = TypeVar("_T")
_AGAIN_TEMPERATURE = 0.7
_SAME = 3


@dataclass(frozen=True, slots=True)
class Question:
    """What the user wants answered: typed (`text`) or spoken (`utterance`), with pictures.

    `started` is monotonic. `chat` is None for a new one. `replaces` names the turn that this one
    stands in for.
    """

    turn: str
    started: float
    chat: int | None
    text: str = ""
    utterance: Utterance | None = None
    pictures: tuple[bytes, ...] = ()
    replaces: str | None = None


class Stopped(Exception):
    """The turn was interrupted."""


@dataclass(frozen=True, slots=True)
class Answering:
    """Answers questions with these engines and settings; `stopped` tells of an interrupted turn."""

    engines: Engines
    history: History
    settings: Settings
    prompting: Prompting
    sight: Sight
    speaker: Speaker | None
    emit: Callable[[Event], None]
    stopped: Callable[[str], bool]

    def answer(self, turn: OpenTurn, asked: Question) -> Ended:
        """Answer to the end of the voice. Raises `Stopped`, UserError or what an engine raises."""
        heard = self._hear(turn, asked.utterance) if asked.utterance else None
        said = "\n".join(filter(None, (heard.text if heard else "", asked.text)))
        turn.chat = asked.chat or self.history.new_chat()
        self.history.begin(turn.turn, turn.chat, said[:MOST_KEPT], asked.pictures, asked.replaces)
        turn.stored = True
        words = shorten(said, self.engines.dialogue().count)
        turn.words = words.text
        turn.told = "\n".join(past.asked for past in self.history.turns(turn.chat))
        if words.note:
            turn.notes.append(words.note)
        scene = self._look(turn, asked.pictures)
        now = self._ground(turn, heard, scene)
        self.emit(
            Asked(turn.turn, turn.chat, words.text, heard, turn.evidence, asked.replaces, scene)
        )
        self._go_on(turn)
        ended = Ended.BLOCKED
        if self._admit(turn):
            ended = self._write(turn, now, again=asked.replaces is not None)
        turn.mark("written")
        return self._speak_to_the_end(turn, ended)

    def _hear(self, turn: OpenTurn, utterance: Utterance) -> Heard:
        self.emit(State(Phase.HEARING, turn.turn, ""))
        hearing = self.engines.hearing().hear(utterance, Hints(self.settings.spoken_languages))
        # Not cut short by an interruption: what was said has to reach the disk first.
        heard = next(iter(deque(hearing, maxlen=1)), None)
        turn.mark("heard")
        if left_out := shortened(utterance):
            turn.notes.append(left_out)
        if heard is None or not heard.text:
            raise UserError(
                "I heard no words.",
                "Speak closer to the microphone, or check what the recording holds.",
            )
        return heard

    def _look(self, turn: OpenTurn, pictures: Sequence[bytes]) -> Scene | None:
        if not pictures:
            return self.sight.scene()
        self.emit(State(Phase.LOOKING, turn.turn, ""))
        scene = self._last(turn, look_at(self.engines.eyes(), pictures, turn.notes.append))
        turn.mark("looked")
        return scene

    def _ground(self, turn: OpenTurn, heard: Heard | None, scene: Scene | None) -> Message:
        """Number the evidence, mark it as data and keep it with the turn."""
        turn.evidence = fuse(heard, scene, (), ())
        controls = self.engines.dialogue().control_tokens
        data = strip_control(describe(turn.evidence), controls)
        if data:
            self._judge(turn, data, "data")
        now = question(turn.words, data)
        self.history.ground(turn.turn, now.text, turn.evidence)
        return now

    def _judge(self, turn: OpenTurn, text: str, direction: str) -> Verdict:
        circumstance = Circumstance(
            direction,
            turn.evidence,
            self.settings.profile,
            turn.told,
            self.settings.interface_language,
        )
        verdict = self.engines.guard().judge(text, circumstance)
        turn.verdicts.append(verdict)
        return verdict

    def _admit(self, turn: OpenTurn) -> bool:
        """Judge the user's words; where the guard has something to say, it is said first."""
        verdict = self._judge(turn, turn.words, "in")
        if verdict.action is Action.BLOCK:
            self._give(turn, Sentence(turn.turn, 0, verdict.text, verdict, (), 1.0))
            return False
        if verdict.action is Action.ADVISE and verdict.why.alternative:
            text = f"{verdict.why.headline} {verdict.why.alternative}".strip() + "\n\n"
            self._give(turn, Sentence(turn.turn, 0, text, verdict, (), 1.0))
        return True

    def _write(self, turn: OpenTurn, now: Message, again: bool) -> Ended:
        """Let the model answer; every piece passes the guard before it goes anywhere."""
        self.emit(State(Phase.THINKING, turn.turn, ""))
        for piece in self._pieces(turn, now, again):
            sentence = self._check(turn, piece)
            self._give(turn, sentence)
            if sentence.verdict.action is Action.BLOCK:
                return Ended.BLOCKED
        return Ended.DONE

    def _pieces(self, turn: OpenTurn, now: Message, again: bool) -> Iterator[Piece]:
        dialogue = self.engines.dialogue()
        messages = self.prompting.messages(turn.chat, now, dialogue.context, dialogue.count)
        sampling = Sampling(ANSWER_TOKENS)
        if again:
            seed = int(turn.turn[:7], 16)
            sampling = replace(sampling, temperature=_AGAIN_TEMPERATURE, seed=seed)
        tokens = dialogue.generate(messages, sampling)
        try:
            for piece in pieces(self._going_on(turn, tokens)):
                if piece.ended == "length":
                    turn.notes.append("The answer was cut: it had reached its longest length.")
                if piece.text:
                    yield piece
                if _repeats(turn.sentences):
                    turn.notes.append("The answer was cut: the model began to repeat itself.")
                    return
        finally:
            tokens.close()

    def _check(self, turn: OpenTurn, piece: Piece) -> Sentence:
        verdict = self._judge(turn, piece.text, "out")
        ids = rests_on(verdict.text, turn.evidence)
        number = len(turn.sentences)
        return Sentence(turn.turn, number, verdict.text, verdict, ids, piece.confidence)

    def _give(self, turn: OpenTurn, sentence: Sentence) -> None:
        """Show, speak and keep a checked sentence."""
        self._go_on(turn)
        turn.sentences.append(sentence)
        self.emit(sentence)
        turn.mark("first_sentence")
        if self.speaker and self.settings.speak_answers:
            if not turn.spoken:
                turn.spoken = True
                self.speaker.begin(turn.turn)
                self.emit(State(Phase.SPEAKING, turn.turn, ""))
            self.speaker.say(sentence.index, sentence.text)
        self.history.answer(turn.turn, turn.text())

    def _speak_to_the_end(self, turn: OpenTurn, ended: Ended) -> Ended:
        if not (self.speaker and turn.spoken):
            return ended
        # An interruption may have come before this speech began, and stopped the one before.
        self._go_on(turn)
        self.speaker.finish()
        whole = self.speaker.wait()
        if first := self.speaker.first_sound():
            turn.timings["first_sound"] = (first - turn.started) * 1000
        self._go_on(turn)
        if not whole:
            raise Stopped
        return ended

    def _last(self, turn: OpenTurn, growing: Iterator[_T]) -> _T | None:
        last = None
        for item in growing:
            last = item
            self._go_on(turn)
        return last

    def _going_on(self, turn: OpenTurn, tokens: Iterator[Token]) -> Iterator[Token]:
        for token in tokens:
            if token.text:
                turn.mark("first_token")
            self._go_on(turn)
            yield token

    def _go_on(self, turn: OpenTurn) -> None:
        if self.stopped(turn.turn):
            raise Stopped


def _repeats(given: Sequence[Sentence]) -> bool:
    """Whether the last sentences are the same one: small models can fall into that for ever."""
    last = [sentence.text.strip() for sentence in given[-_SAME:]]
    return len(last) == _SAME and len(set(last)) == 1 and len(last[0].split()) > 1
