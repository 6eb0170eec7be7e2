"""Generation: from a question to moderated sentences. Raw tokens do not leave this file.

Nothing here is shown, spoken or stored: what it writes may still be dropped.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from agent.camera_input import CameraInput, look_at
from agent.codes import AgentCode
from agent.dialogue import Dialogue, Sampling
from agent.dialogue.text.server_dialogue import ServerDialogue
from agent.engines.loaded import Engines
from agent.events import Sentence
from agent.memory import recall
from agent.memory.history import PRIVATE, StoredTurn
from agent.memory.meanings import Meanings, QuestionMeaning
from agent.prompting.messages import Prompting
from agent.prompting.prompt import (
    ANSWER_TOKENS,
    MOST_CHARACTERS,
    TurnMoment,
    language,
    question,
    shorten,
)
from agent.settings import Settings
from agent.tools.store import Store
from agent.turn import answerable, routing
from agent.turn.context import Question, TurnContext
from agent.turn.inquiry import inquire
from agent.turn.moderation import ModeratedSegment, Moderation
from agent.turn.planted_orders import planted_orders
from agent.turn.repetition import repeats
from agent.turn.segmentation import Segmenter, TextSegment
from agent.turn.text_reading import read_again, read_texts
from agent.types import Ended, Message
from perception.fusion import ATTACHED, describe
from perception.fusion import evidence as fuse
from perception.messages import Notice, notice
from perception.types import Evidence, Scene
from safety.guard import SERVER
from safety.rules.injection import strip_control
from safety.types import Action, Circumstance, Verdict

_AGAIN_TEMPERATURE = 0.7
_VIEW_SECONDS = 1.5
_CIRCLE = {
    "en": "\n\n(I began to repeat myself, so I stop here.)",
    "zh": "\n\n（我开始重复自己的话了，就先说到这里。）",
}
_MAY_HOLD = frozenset({"text", "document", "code", "caption", "sensor"})
"""Evidence that may hold what the facts of a place do not."""
_RECENT = 3
"""Turns in which something was shown that one may still ask about."""

Steps = Generator[ModeratedSegment | None, None, Ended]
"""Checked sentences, and None each time that nothing is there yet and one may stop."""


def local_time() -> datetime:
    """The time on the user's clock, with its zone."""
    return datetime.now().astimezone()


@dataclass(slots=True)
class VisualContext:
    """The scene of the pictures that were looked at last, and the view while a turn was said."""

    pictures: tuple[bytes, ...] = ()
    scene: Scene | None = None
    notes: tuple[Notice, ...] = ()
    turn: str = ""
    view: Scene | None = None
    at: float = 0.0


@dataclass(frozen=True, slots=True)
class Generation:
    """Writes answers with these engines and settings; `now` is the user's clock."""

    engines: Engines
    settings: Settings
    prompting: Prompting
    sight: CameraInput
    seen: VisualContext = field(default_factory=VisualContext)
    now: Callable[[], datetime] = local_time
    store: Store | None = None
    """What the user had kept; None where there is nothing of that."""
    meanings: Meanings | None = None
    """What was kept is also found by what it means; None for by its words alone."""

    def dialogue(self) -> Dialogue:
        """The model that answers; one on a server gets only what the policy lets it have."""
        dialogue = self.engines.dialogue()
        if not self.engines.choice().server:
            return dialogue
        settings = self.settings
        to_server = Circumstance(SERVER, (), settings.profile, "", settings.locale)
        return ServerDialogue(dialogue, self.engines.guard(), to_server)

    def stays_here(self, turn: TurnContext) -> bool:
        """Whether a server would answer and the guard refuses the words: nothing is sent then."""
        if not self.engines.choice().server:
            return False
        words = Circumstance("in", (), self.settings.profile, turn.said, self.settings.locale)
        return self.engines.guard().judge(turn.said, words).action is Action.BLOCK

    def prepare(self, turn: TurnContext) -> Iterator[None]:
        """Everything up to the prompt: words, scene, evidence. A step each time one may stop."""
        asked, said = turn.asked, turn.said
        if turn.ready and not (self.engines.ready() or asked.shown):
            self.prepare_unread(turn)
            return
        words = shorten(said, self.dialogue().count)
        turn.words = words.text
        past = self.prompting.turns(turn.chat, asked.replaces)
        turn.told = "\n".join([*(one.asked for one in past if one.id != turn.turn), said])
        if words.note:
            turn.notes.append(words.note)
        yield from self.look(asked.pictures)
        turn.scene = self._scene(asked)
        if turn.scene is not None and not asked.pictures:
            turn.looked = self.sight.looked_at(turn.scene)
        if asked.pictures:
            turn.notes += self.seen.notes
            turn.mark("looked")
        encoder = self.engines.guard().encoder if asked.texts else None
        parts = yield from read_texts(turn, self.engines.dialogue(), encoder)
        place = self.prompting.facts(turn.meant or turn.words)
        turn.evidence = fuse(turn.heard, turn.scene, (), (), (*asked.shown, *parts, *place))
        data = self.data(turn.evidence)
        if data:
            # Judged as it was found: what the model reads has lost its orders already.
            found = describe(turn.evidence)
            self._moderation(turn).judge(found, "data")
            turn.notes += planted_orders(self.engines.guard(), turn.evidence)
        moment = self._moment(turn, data, any(map(_had_data, past[-_RECENT:])))
        turn.prompt = question(turn.meant or turn.words, data, moment)
        if not turn.ready:
            self._remember(turn, moment)

    def prepare_unread(self, turn: TurnContext) -> None:
        """For an answer that is there while the model still loads: nothing is looked at."""
        turn.words = turn.told = turn.said[:MOST_CHARACTERS]
        turn.evidence = fuse(turn.heard, None)
        turn.prompt = question(turn.words, "", self._moment(turn, "", False))

    def _remember(self, turn: TurnContext, moment: TurnMoment) -> None:
        """Add what was kept for the user and what was said too long ago to be read still."""
        words, without = turn.meant or turn.words, turn.asked.replaces
        dialogue = self.dialogue()
        unseen = self.prompting.unseen(
            turn.chat, turn.prompt, dialogue.context, dialogue.count, without
        )
        past = self.prompting.turns(turn.chat, without)
        store = None if turn.chat == PRIVATE else self.store
        meant = self._meaning(words, turn.chat) if unseen or (store and store.kept()) else None
        more = recall.earlier(words, unseen, meant)
        seen = [one for one in past if one not in unseen]
        if store is not None:
            more = (*recall.facts(words, store, seen, meant), *more)
        encoder = self.engines.guard().encoder
        more = (*read_again(turn, self.prompting, seen, dialogue, encoder), *more)
        if note := recall.no_longer_seen(unseen, past):
            turn.notes.append(note)
        if more:
            turn.evidence = recall.numbered(turn.evidence, more)
            hints = routing.hints(words, language(words), True, False)
            moment = replace(moment, hints=hints)
            turn.prompt = question(words, self.data(turn.evidence), moment)

    def _meaning(self, words: str, chat: int | None) -> QuestionMeaning | None:
        if self.meanings is None:
            return None
        return self.meanings.of_question(self.engines.guard().encoder, words, chat)

    def _moment(self, turn: TurnContext, data: str, before: bool) -> TurnMoment:
        """What holds for this turn; the clock is read here, once."""
        words = turn.meant or turn.words
        here = not self.engines.choice().server
        hints = routing.hints(words, language(words), bool(data), before, here)
        if data and answerable.is_in_doubt(words, data):
            hints = (*hints, answerable.HINT[language(words)])
        return TurnMoment(self.now(), turn.heard is not None, hints)

    def look(self, pictures: tuple[bytes, ...]) -> Iterator[None]:
        """Look at pictures, once; UserError where one cannot be read."""
        if not pictures or self.seen.pictures == pictures:
            return
        notes = list[Notice]()
        newest: Scene | None = None
        for scene in look_at(self.engines.eyes(), pictures, notes.append):
            newest = scene
            yield
        self.seen.pictures, self.seen.scene, self.seen.notes = pictures, newest, tuple(notes)

    def _scene(self, asked: Question) -> Scene | None:
        """What was seen in the pictures, or what is in view of the camera.

        A view that the model has just read for this turn still counts: reading another takes time.
        """
        if asked.pictures:
            return self.seen.scene
        if self.seen.turn == asked.turn and time.monotonic() - self.seen.at < _VIEW_SECONDS:
            return self.seen.view
        return self.sight.scene()

    def data(self, evidence: Sequence[Evidence]) -> str:
        """The evidence as the model reads it: no control token, and no order, is left in it."""
        guard = self.engines.guard()
        harmless = [_neutral(item, guard.neutral) for item in evidence]
        return strip_control(describe(harmless), self.dialogue().control_tokens)

    def beginning(self, asked: Question, words: str) -> tuple[Message, ...]:
        """The prompt as it will begin when these words are all that was asked.

        What holds for one moment ends it, after words that may still grow: it is left out.
        """
        view = self._scene(replace(asked, turn=""))
        self.seen.turn, self.seen.view, self.seen.at = asked.turn, view, time.monotonic()
        now = question(words, self.data(fuse(None, view, (), ())))
        return (*self.prompting.warm(asked.chat, asked.replaces), now)

    def _moderation(self, turn: TurnContext) -> Moderation:
        governed_by = self.prompting.profile.governed_by
        return Moderation(self.engines.guard(), self.settings, turn, governed_by)

    def write(self, turn: TurnContext) -> Steps:
        """The guard on the words, then the model's answer, each piece checked."""
        judging = self._moderation(turn)
        advice, words = "", turn.meant or turn.words
        yield from inquire(judging, words, self.engines.dialogue)
        verdict = judging.judge(words, "in")
        if verdict.action is Action.BLOCK:
            yield _own(turn, verdict.text, verdict)
            judging.find_deciding_words()
            return Ended.BLOCKED
        if self.engines.choice().server:
            sent = judging.judge(turn.prompt.text, SERVER)
            if sent.action is Action.BLOCK:
                yield _own(turn, sent.text, sent)
                return Ended.BLOCKED
        if verdict.action is Action.ADVISE and verdict.why.alternative:
            text = f"{verdict.why.headline} {verdict.why.alternative}".strip() + "\n\n"
            advice = text.strip()
            yield _own(turn, text, verdict)
        if unknown := self._unknown(turn):
            turn.mark("abstained")
            told = judging.judge(unknown, "out")
            yield _own(turn, told.text, told)
            return Ended.BLOCKED if told.action is Action.BLOCK else Ended.DONE
        return (yield from self._checked(turn, judging, advice, ""))

    def _unknown(self, turn: TurnContext) -> str:
        """What is said of a place where no fact holds what is asked; empty where others may.

        What was shown may hold it: then the model reads that.
        """
        shown = {item.kind for item in turn.evidence} & _MAY_HOLD
        return "" if shown else self.prompting.unknown(turn.meant or turn.words)

    def _checked(self, turn: TurnContext, judging: Moderation, advice: str, written: str) -> Steps:
        """The model's words after what is `written`, without what was advised already."""
        for piece in self._pieces(turn):
            given = judging.check(piece) if piece else None
            if given is None:
                yield None
                continue
            turn.mark("guard")
            sentence, blocked = given.sentence, given.sentence.verdict.action is Action.BLOCK
            written += sentence.text
            if repeats(written):
                turn.notes.append(notice(AgentCode.ANSWER_CUT_REPEATING))
                said = _CIRCLE[language(turn.words)]
                yield _own(turn, said, judging.judge(said, "out"))
                return Ended.DONE
            if not (advice and sentence.text.strip() and sentence.text.strip() in advice):
                # What was advised already is not said again, whoever says it.
                yield _numbered(turn, given)
            if blocked:
                judging.find_deciding_words()
                return Ended.BLOCKED
        return Ended.DONE

    def go_on(self, turn: TurnContext) -> Steps:
        """More of an answer that reached its limit, checked piece by piece."""
        judging = self._moderation(turn)
        return (yield from self._checked(turn, judging, "", turn.text()))

    def give_text(self, turn: TurnContext, text: str) -> Steps:
        """An answer that no model writes; the guard reads it all the same."""
        verdict = self._moderation(turn).judge(text, "out")
        yield _own(turn, verdict.text, verdict)
        return Ended.BLOCKED if verdict.action is Action.BLOCK else Ended.DONE

    def _pieces(self, turn: TurnContext) -> Generator[TextSegment | None]:
        dialogue, asked = self.dialogue(), turn.asked
        without = turn.turn if turn.begun else asked.replaces
        room = dialogue.context - (dialogue.count(turn.text()) if turn.begun else 0)
        messages = self.prompting.messages(turn.chat, turn.prompt, room, dialogue.count, without)
        if turn.begun:
            messages = (*messages, Message("assistant", turn.text()))
        sampling = Sampling(ANSWER_TOKENS)
        if asked.anew:
            seed = int(turn.turn[:7], 16)
            sampling = replace(sampling, temperature=_AGAIN_TEMPERATURE, seed=seed)
        tokens = dialogue.generate(messages, sampling)
        cutter = Segmenter()
        try:
            for token in tokens:
                if token.text:
                    turn.mark("first_token")
                if token.ended == "length":
                    turn.notes.append(notice(AgentCode.ANSWER_CUT_LONGEST))
                yield from cutter.push(token) or (None,)
        finally:
            tokens.close()


def _neutral(item: Evidence, neutral: Callable[[str], str]) -> Evidence:
    """The item without orders, also in the name of its file."""
    named = item.kind in ("document", ATTACHED)
    source = neutral(item.where.source) if named else item.where.source
    return replace(item, text=neutral(item.text), where=replace(item.where, source=source))


def _had_data(turn: StoredTurn) -> bool:
    return any(item.kind != "heard" for item in turn.evidence)


def _own(turn: TurnContext, text: str, verdict: Verdict) -> ModeratedSegment:
    return _numbered(turn, ModeratedSegment(Sentence(turn.turn, 0, text, verdict, (), 1.0)))


def _numbered(turn: TurnContext, given: ModeratedSegment) -> ModeratedSegment:
    turn.made += 1
    return replace(given, sentence=replace(given.sentence, index=turn.made - 1))
