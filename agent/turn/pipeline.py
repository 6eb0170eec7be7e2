"""The turn pipeline: one way from the question to its spoken answer.

transcribe → store → commands → perceive → moderate the input → prompt → generate → segment →
moderate → deliver. The words are stored before anything is done about them (law 6). Queue and
interruption lie outside (`agent.turn.lifecycle`), speculation is one gate before the answer.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import dataclass

from agent.causes.telling import may_be_measured, spoken
from agent.codes import AgentCode
from agent.dialogue import Dialogue
from agent.engines.loaded import wait_for_dialogue
from agent.events import Asked, AssistantState, Event
from agent.memory.history import PRIVATE, History, StoredTurn
from agent.prompting.prompt import MOST_KEPT, language
from agent.speech.command_phrases import asks_why
from agent.speech.commands import CommandReply, VoiceCommands
from agent.turn import about_candor
from agent.turn.causes import TurnCauses
from agent.turn.context import TurnContext
from agent.turn.delivery import Delivery, Stopped
from agent.turn.focus import Focus
from agent.turn.generation import Generation, Steps
from agent.turn.speculation import SpeculationGate
from agent.turn.tool_use import ToolUse
from agent.types import Ended, Phase
from perception.audio.files import shortened
from perception.messages import message, plain
from perception.picture import encode
from perception.types import Transcript, UserError, Utterance

_LONGEST_KEPT = 1280
"""Pixels on the longer side of a picture of the camera that is kept."""

Final = tuple[Transcript | None, float]
"""The final hearing of an utterance, and the monotonic time at which it was there."""


@dataclass(frozen=True, slots=True)
class TurnPipeline:
    """The turn pipeline of one set of engines and settings.

    `stored` tells of a turn on disk, `loaded` that the model it waited for is there.
    """

    writing: Generation
    history: History
    focus: Focus
    gate: SpeculationGate
    commands: VoiceCommands
    tools: ToolUse
    causes: TurnCauses
    delivery: Delivery
    hear: Callable[[Utterance], Final]
    emit: Callable[[Event], None]
    stored: Callable[[str], None]
    loaded: Callable[[], None]

    def run_turn(self, turn: TurnContext) -> Ended:
        """The whole way. Raises `Stopped`, UserError or what an engine raises."""
        self._transcribe(turn)
        self._store(turn)
        own = self._command(turn)
        draft = self.gate.claim(turn, self.writing, wanted=not (own or turn.meant))
        later = bool(own and own.rest) and not self.writing.engines.ready()
        if later:
            self.writing.prepare_unread(turn)
        elif draft is None:
            self._perceive(turn)
        self._show_question(turn, own)
        try:
            return self.delivery.deliver(turn, self._answer(turn, own, draft, later))
        finally:
            self._keep_view(turn)

    def _keep_view(self, turn: TurnContext) -> None:
        """Keep what the camera saw where the answer rests on it, to be checked later."""
        if turn.looked is not None and turn.rests_on_view:
            data = encode(turn.looked, longest=_LONGEST_KEPT)
            self.history.add_pictures(turn.turn, [data])

    def go_on(self, turn: TurnContext) -> Ended:
        """Write on where the answer of a kept turn ended. Raises as `run_turn` does."""
        for _ in wait_for_dialogue(self.writing.engines):
            self.delivery.go_on(turn)
        self.loaded()
        self.emit(AssistantState(Phase.THINKING, turn.turn))
        return self.delivery.deliver(turn, self.writing.go_on(turn))

    def _transcribe(self, turn: TurnContext) -> None:
        """The final words of a spoken turn; UserError where there are none."""
        utterance = turn.asked.utterance
        if utterance is None:
            return
        self.emit(AssistantState(Phase.HEARING, turn.turn))
        # Not cut short by an interruption: what was said has to reach the disk first.
        heard, at = self.hear(utterance)
        turn.mark("heard", at)
        if left_out := shortened(utterance):
            turn.notes.append(left_out)
        if heard is None or not heard.text:
            raise UserError(AgentCode.HEARD_NO_WORDS)
        turn.heard = heard
        turn.asked = self.focus.completed(turn.asked)

    def _store(self, turn: TurnContext) -> None:
        asked = turn.asked
        turn.chat = asked.chat or self.history.new_chat()
        if not asked.kept:
            words = turn.said[:MOST_KEPT]
            self.history.begin(
                turn.turn, turn.chat, words, asked.pictures, asked.replaces, texts=asked.texts
            )
        turn.stored = True
        self.stored(turn.turn)

    def _command(self, turn: TurnContext) -> CommandReply | None:
        """The answer to a command, carried out, or what a correction means; the words are noted."""
        asked, said = turn.asked, turn.said
        past = None if asked.replaces else self.history.before(turn.turn, turn.chat or 0)
        shown = asked.pictures or asked.texts
        own = None if shown else self._by_tools(turn)
        if own is None and not shown:
            own = self._why(turn, past) or self.commands.own(said, past)
            own = own or self._about_itself(said)
        if own is None:
            self._await_model(turn)
        if own is None and past:
            count = self.writing.dialogue().count
            turn.meant = self.commands.put_right(said, past, count)
        self.commands.recent.note("user", said)
        if own is not None:
            turn.silent, turn.ready, turn.meant = own.silent, not own.rest, own.rest
            turn.notes += map(plain, own.notes)
        return own

    def _about_itself(self, said: str) -> CommandReply | None:
        here = not self.writing.engines.choice().server
        told = about_candor.answer(said, language(said), here)
        return CommandReply(told) if told else None

    def _why(self, turn: TurnContext, past: StoredTurn | None) -> CommandReply | None:
        """What the answer before rests on, measured now, where "why?" is asked about one."""
        if past is None or not asks_why(turn.said):
            return None
        spoken_in = language(turn.said)
        try:
            kept = self._measured(turn, past) if may_be_measured(past) else past
        except UserError as error:
            return CommandReply(message(error.notice, spoken_in))
        text = spoken(kept, spoken_in)
        return CommandReply(text) if text else None

    def _measured(self, turn: TurnContext, past: StoredTurn) -> StoredTurn:
        """The turn with its causes; raises `Stopped` as soon as another question comes."""
        self._await_model(turn)
        self.gate.forget(turn)
        self.emit(AssistantState(Phase.THINKING, turn.turn))
        with closing(self.causes.measure(past, self.writing)) as steps:
            while True:
                try:
                    next(steps)
                except StopIteration as end:
                    measured: StoredTurn = end.value
                    return measured
                self.delivery.go_on(turn)

    def _await_model(self, turn: TurnContext) -> None:
        """Raises `Stopped` as soon as another question comes, though the model still loads."""
        try:
            for _ in wait_for_dialogue(self.writing.engines):
                self.delivery.go_on(turn)
            self.loaded()
        except Stopped:
            self.writing.prepare_unread(turn)
            self._tell_asked(turn)
            raise

    def _by_tools(self, turn: TurnContext) -> CommandReply | None:
        """What the tools answer to the user's own words.

        Law 4: no data and no earlier answer is among them.
        """
        past = self.writing.prompting.turns(turn.chat, turn.asked.replaces)
        past = tuple(one for one in past if one.id != turn.turn)
        self.tools.set_private(turn.chat == PRIVATE)

        def dialogue() -> Dialogue | None:
            if self.writing.stays_here(turn):
                return None
            self._await_model(turn)
            self.gate.forget(turn)
            return self.writing.dialogue()

        return self.tools.answer(turn.turn, turn.said, past, dialogue)

    def _perceive(self, turn: TurnContext) -> None:
        if turn.asked.pictures:
            self.emit(AssistantState(Phase.LOOKING, turn.turn))
        for _ in self.writing.prepare(turn):
            self.delivery.go_on(turn)

    def _tell_asked(self, turn: TurnContext) -> None:
        self.history.ground(turn.turn, turn.prompt.text, turn.evidence)
        self.emit(
            Asked(
                turn.turn,
                turn.chat or 0,
                turn.words,
                turn.heard,
                turn.evidence,
                turn.asked.replaces,
                turn.scene,
                len(turn.asked.pictures),
                len(turn.asked.texts),
            )
        )

    def _show_question(self, turn: TurnContext, own: CommandReply | None) -> None:
        self._tell_asked(turn)
        for called in own.called if own else ():
            self.emit(called)
        self.delivery.go_on(turn)
        self.emit(AssistantState(Phase.THINKING, turn.turn))

    def _answer(
        self, turn: TurnContext, own: CommandReply | None, draft: Steps | None, later: bool
    ) -> Steps:
        if own and own.rest:
            return self._both(turn, own, later)
        if own:
            return self.writing.give_text(turn, own.text)
        return draft or self.writing.write(turn)

    def _both(self, turn: TurnContext, own: CommandReply, later: bool) -> Steps:
        """An answer that needs no model, then the model's to what else was asked."""
        ended = yield from self.writing.give_text(turn, own.text + "\n\n")
        if ended is not Ended.DONE:
            return ended
        if later:
            yield from self._read_later(turn)
        return (yield from self.writing.write(turn))

    def _read_later(self, turn: TurnContext) -> Generator[None]:
        """What the model needs, once it is loaded."""
        yield from wait_for_dialogue(self.writing.engines)
        self.loaded()
        yield from self.writing.prepare(turn)
        self.history.ground(turn.turn, turn.prompt.text, turn.evidence)
