"""Turns that are spoken while the mind listens: words so far, drafts, and what becomes of them."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pytest

from agent.assembly import assemble
from agent.commands import Apply, Close, OpenChat, Say, SayAgain
from agent.engines.loaded import Engines
from agent.events import Asked, Closed, Failed, PartialTranscript, Reply, Sentence
from agent.prompting.prompt import conversation
from agent.settings import Settings
from agent.types import Ended, Message, new_turn
from perception.audio import files as sound_file
from perception.audio.ipc.messages import (
    Played,
    Received,
    RecognisedWords,
    ReplyEnded,
    SpeechBlock,
    SpeechPaused,
    SpeechResumed,
    TurnCancelled,
)
from perception.hearing import NO_HINTS, Hints
from perception.picture import encode
from perception.types import (
    Samples,
    Snapshot,
    Transcript,
    Utterance,
)
from tests.engines import (
    InstantSink,
    ScriptedDialogue,
    Talk,
    engines,
    scripted,
)
from tests.waiting import until

RATE = 16_000
PICTURE = (encode(Snapshot(np.zeros((64, 64, 3), np.uint8), 0.0)),)


@dataclass
class Spelling:
    """Hears a word each 0.2 s of sound; keeps how it was asked."""

    words: str
    crashes: int = 0
    asked: list[tuple[float, Hints]] = field(default_factory=list)
    name: str = "spelling"
    device: str = "none"

    def hear(self, utterance: Utterance, hints: Hints = NO_HINTS) -> Iterator[Transcript]:
        seconds = len(utterance.samples) / utterance.rate
        self.asked.append((seconds, hints))
        if self.crashes:
            self.crashes -= 1
            raise RuntimeError("the recogniser broke")
        said = self.words.split()[: round(seconds / 0.2)]
        yield Transcript(" ".join(said), "en", 0.9, (), True)


class Mouth:
    """Speaks to a conversation as ears do, faster than time goes by."""

    def __init__(self, talk: Talk, turn: str, at: float = 100.0) -> None:
        self.talk, self.turn, self.at, self.now = talk, turn, at, at
        self.said = list[Samples]()

    def voice(self, seconds: float) -> None:
        while seconds > 0.01:
            samples = np.full(round(RATE * min(0.2, seconds)), 0.1, np.float32)
            self.said.append(samples)
            self.talk.conversation.follow(SpeechBlock(self.turn, samples, RATE, self.now))
            self.now += len(samples) / RATE
            seconds -= 0.2

    def pause(self) -> None:
        self.talk.conversation.follow(SpeechPaused(self.turn, self.now))

    def resume(self) -> None:
        self.talk.conversation.follow(SpeechResumed(self.turn))

    def end(self, continues: str = "") -> None:
        self.talk.conversation.hear(self.utterance(continues))

    def utterance(self, continues: str = "") -> Utterance:
        samples = np.concatenate(self.said)
        return Utterance(self.turn, samples, RATE, self.at, self.now, continues)


class Listened(Talk):
    """A conversation whose ears are told things."""

    def __init__(
        self,
        folder: Path,
        parts: Engines,
        sink: InstantSink | None = None,
        settings: Settings | None = None,
    ) -> None:
        self.told: queue.SimpleQueue[object] = queue.SimpleQueue()
        super().__init__(folder, parts, sink, settings, tell=self.told.put)

    def understood(self, text: str) -> None:
        """Wait until ears were told just these words."""
        while self._told().text != text:
            pass

    def understood_words(self, count: int) -> None:
        """Wait until ears were told so many words."""
        while len(self._told().text.split()) != count:
            pass

    def _told(self) -> RecognisedWords:
        while not isinstance(message := self.told.get(timeout=30), RecognisedWords):
            pass
        return message


@dataclass
class Made:
    talk: Listened
    dialogue: ScriptedDialogue
    hearing: Spelling


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Callable[..., Made]]:
    opened = list[Listened]()

    def make(
        dialogue: ScriptedDialogue | None = None,
        words: str = "what is the capital of France please now",
        sink: InstantSink | None = None,
        settings: Settings | None = None,
    ) -> Made:
        model = dialogue or scripted("It is Paris. That is all.")
        hearing = Spelling(words)
        scripts = replace(engines(tmp_path, model, lines=["PLATFORM 7"]), hearing=lambda: hearing)
        talk = Listened(tmp_path, scripts, sink, settings)
        opened.append(talk)
        return Made(talk, model, hearing)

    yield make
    for talk in opened:
        talk.close()


def _drafted(made: Made) -> None:
    """Wait until a draft is whole."""
    assert until(lambda: len(made.dialogue.asked) > 0 and made.dialogue.whole > 0)


def _rows(talk: Talk) -> list[str]:
    return [turn.asked for chat in talk.history.chats() for turn in talk.history.turns(chat.id)]


def test_the_words_so_far_are_told_while_they_are_said(made: Callable[..., Made]) -> None:
    one = made()
    mouth = Mouth(one.talk, new_turn())
    mouth.voice(0.6)
    one.talk.understood("what is the")
    mouth.voice(0.6)
    one.talk.understood("what is the capital of France")
    assert [hints.before for _, hints in one.hearing.asked] == ["", "what is the"]
    assert all(hints.quick for _, hints in one.hearing.asked)
    one.talk.conversation.follow(TurnCancelled(mouth.turn))
    one.talk.until(lambda e: e == PartialTranscript(mouth.turn, ""))
    texts = [e.text for e in one.talk.seen if isinstance(e, PartialTranscript)]
    assert texts == ["what is the", "what is the capital of France", ""]


def test_a_draft_shows_and_keeps_nothing_until_the_turn_is_real(
    made: Callable[..., Made], tmp_path: Path
) -> None:
    one = made(sink=InstantSink())
    mouth = Mouth(one.talk, new_turn())
    mouth.voice(1.0)
    mouth.pause()
    _drafted(one)
    assert _rows(one.talk) == [] and not (tmp_path / "audit.jsonl").exists()
    assert one.talk.events_now((Asked, Sentence, Reply)) == []
    assert one.talk.sink_sentences() == []
    mouth.end()
    reply = one.talk.reply(mouth.turn)
    assert (reply.ended, reply.text) == (Ended.DONE, "It is Paris. That is all. ")
    assert _rows(one.talk) == ["what is the capital of"]
    assert len(one.dialogue.asked) == 1, "the draft was the answer"
    assert one.dialogue.closed_early == 0
    assert [seconds for seconds, hints in one.hearing.asked if not hints.quick] == [1.0]
    kinds = [type(e) for e in one.talk.seen]
    assert kinds.index(Asked) < kinds.index(Sentence) < kinds.index(Reply)
    assert [e.index for e in one.talk.seen if isinstance(e, Sentence)] == [0, 1]


def test_a_draft_that_is_still_being_written_goes_on_when_the_turn_is_real(
    made: Callable[..., Made],
) -> None:
    gate = threading.Event()

    def script(messages: Sequence[Message]) -> Iterator[str]:
        yield "It is Paris. "
        gate.wait(30)
        yield "And Lyon is not."

    one = made(ScriptedDialogue(script))
    mouth = Mouth(one.talk, new_turn())
    mouth.voice(1.0)
    mouth.pause()
    assert until(lambda: len(one.dialogue.asked) == 1)
    mouth.end()
    gate.set()
    assert one.talk.reply(mouth.turn).text == "It is Paris. And Lyon is not."
    assert len(one.dialogue.asked) == 1


def test_a_draft_is_dropped_when_the_voice_goes_on(made: Callable[..., Made]) -> None:
    one = made()
    mouth = Mouth(one.talk, new_turn())
    mouth.voice(0.6)
    mouth.pause()
    _drafted(one)
    mouth.resume()
    mouth.voice(0.6)
    mouth.pause()
    assert until(lambda: len(one.dialogue.asked) == 2)
    mouth.end()
    reply = one.talk.reply(mouth.turn)
    assert reply.ended is Ended.DONE
    assert [asked[-1].text.split("\n")[0] for asked in one.dialogue.asked] == [
        "what is the",
        "what is the capital of France",
    ]
    assert _rows(one.talk) == ["what is the capital of France"]


def test_a_draft_in_the_middle_is_closed_when_the_voice_goes_on(made: Callable[..., Made]) -> None:
    one = made(replace(scripted("One. " * 500), pause=0.01))
    mouth = Mouth(one.talk, new_turn())
    mouth.voice(0.6)
    mouth.pause()
    assert until(lambda: len(one.dialogue.asked) == 1)
    mouth.resume()
    assert until(lambda: one.dialogue.closed_early == 1)
    one.talk.conversation.follow(TurnCancelled(mouth.turn))
    assert one.talk.say(Say(new_turn(), None, "hello")).turn
    assert _rows(one.talk) == ["hello"]


def test_an_utterance_with_more_in_it_is_heard_anew(made: Callable[..., Made]) -> None:
    one = made()
    mouth = Mouth(one.talk, new_turn())
    mouth.voice(0.6)
    mouth.pause()
    _drafted(one)
    mouth.said.append(np.full(RATE, 0.1, np.float32))
    mouth.now += 1.0
    mouth.end()
    assert one.talk.reply(mouth.turn).ended is Ended.DONE
    assert _rows(one.talk) == ["what is the capital of France please now"]
    assert (
        one.dialogue.asked[-1][-1].text.split("\n")[0] == "what is the capital of France please now"
    )


def test_a_draft_of_other_words_is_closed_before_the_answer_begins(
    made: Callable[..., Made],
) -> None:
    one = made(replace(scripted("One. " * 500), pause=0.01))
    mouth = Mouth(one.talk, new_turn())
    mouth.voice(0.6)
    mouth.pause()
    assert until(lambda: len(one.dialogue.asked) == 1)
    mouth.said.append(np.full(RATE, 0.1, np.float32))
    mouth.now += 1.0
    one.dialogue.script = lambda messages: ["Two."]
    mouth.end()
    reply = one.talk.reply(mouth.turn)
    assert (reply.ended, reply.text) == (Ended.DONE, "Two.")
    assert one.dialogue.closed_early == 1


def test_what_is_withdrawn_leaves_nothing(made: Callable[..., Made], tmp_path: Path) -> None:
    one = made()
    mouth = Mouth(one.talk, new_turn())
    mouth.voice(0.6)
    mouth.pause()
    _drafted(one)
    one.talk.conversation.follow(TurnCancelled(mouth.turn))
    one.talk.until(lambda e: e == PartialTranscript(mouth.turn, ""))
    other = Say(new_turn(), None, "hello")
    one.talk.say(other)
    assert _rows(one.talk) == ["hello"]
    assert mouth.turn not in (tmp_path / "audit.jsonl").read_text("utf-8")
    assert one.talk.replies(mouth.turn) == 0


def test_a_turn_that_ended_too_early_is_replaced_by_the_one_that_goes_on(
    made: Callable[..., Made],
) -> None:
    one = made(replace(scripted("It is Paris. " + "More words. Yes. " * 200), pause=0.005))
    first = Mouth(one.talk, new_turn())
    one.talk.conversation.send(Say("", None, "", PICTURE))
    first.voice(0.6)
    first.pause()
    first.end()
    one.talk.until(lambda e: isinstance(e, Sentence))
    second = Mouth(one.talk, new_turn())
    second.voice(1.2)
    second.pause()
    second.end(continues=first.turn)
    assert one.talk.reply(first.turn).ended is Ended.INTERRUPTED
    one.dialogue.script = lambda messages: ["Yes."]
    asked = one.talk.until(lambda e: isinstance(e, Asked) and e.turn == second.turn)
    assert isinstance(asked, Asked) and asked.replaces == first.turn
    one.talk.reply(second.turn)
    assert _rows(one.talk) == ["what is the capital of France"]
    assert "what is the\n" not in "".join(m.text for m in one.dialogue.asked[-1])
    assert one.talk.history.pictures(second.turn) == list(PICTURE)


def test_a_draft_knows_that_its_turn_continues_another(made: Callable[..., Made]) -> None:
    one = made()
    first = Mouth(one.talk, new_turn())
    first.voice(0.6)
    first.pause()
    first.end()
    one.talk.reply(first.turn)
    second = Mouth(one.talk, new_turn())
    second.voice(1.2)
    second.pause()
    assert until(lambda: len(one.dialogue.asked) == 2)
    second.end(continues=first.turn)
    one.talk.reply(second.turn)
    assert len(one.dialogue.asked) == 2
    assert [m.role for m in one.dialogue.asked[-1]] == ["system", "user"]
    assert _rows(one.talk) == ["what is the capital of France"]


@pytest.mark.parametrize("change", [Say("", None, "", PICTURE), Apply(), OpenChat(None), "typed"])
def test_a_draft_is_dropped_when_what_it_was_made_for_changes(
    made: Callable[..., Made], change: object
) -> None:
    one = made()
    chat = one.talk.say(Say(new_turn(), None, "earlier"))
    mouth = Mouth(one.talk, new_turn())
    mouth.voice(0.6)
    mouth.pause()
    assert until(lambda: one.dialogue.whole == 2)
    if change == "typed":
        one.talk.say(Say(new_turn(), None, "between"))
    else:
        one.talk.conversation.send(change)  # type: ignore[arg-type]
    mouth.end()
    assert one.talk.reply(mouth.turn).ended is Ended.DONE
    assert one.talk.replies(mouth.turn) == 1 and one.talk.replies(chat.turn) == 1
    pictures = one.talk.history.pictures(mouth.turn)
    assert pictures == (list(PICTURE) if isinstance(change, Say) else [])
    if isinstance(change, Say):
        assert "PLATFORM 7" in one.dialogue.asked[-1][-1].text
    if isinstance(change, OpenChat):
        assert len(one.dialogue.asked[-1]) == 2, "a new chat has no past"


def test_pictures_are_looked_at_while_the_user_speaks(made: Callable[..., Made]) -> None:
    one = made()
    one.talk.conversation.send(Say("", None, "", PICTURE))
    mouth = Mouth(one.talk, new_turn())
    mouth.voice(0.6)
    mouth.pause()
    _drafted(one)
    mouth.end()
    one.talk.reply(mouth.turn)
    assert len(one.dialogue.asked) == 1
    assert "PLATFORM 7" in one.dialogue.asked[0][-1].text
    assert one.talk.history.pictures(mouth.turn) == list(PICTURE)


def test_a_crash_of_hearing_in_mid_speech_costs_no_turn(made: Callable[..., Made]) -> None:
    one = made()
    one.hearing.crashes = 2
    mouth = Mouth(one.talk, new_turn())
    mouth.voice(0.6)
    assert until(lambda: one.hearing.crashes == 1)
    mouth.pause()
    assert until(lambda: one.hearing.crashes == 0)
    mouth.end()
    assert one.talk.reply(mouth.turn).ended is Ended.DONE
    assert _rows(one.talk) == ["what is the"]


def test_hearing_that_stays_broken_ends_in_one_reply(made: Callable[..., Made]) -> None:
    one = made()
    one.hearing.crashes = 1000
    mouth = Mouth(one.talk, new_turn())
    mouth.voice(0.6)
    mouth.pause()
    mouth.end()
    assert one.talk.reply(mouth.turn).ended is Ended.FAILED
    assert one.talk.replies(mouth.turn) == 1
    assert sum(isinstance(e, Failed) for e in one.talk.seen) == 1


def test_an_utterance_is_received_once_it_is_on_disk_and_asked_only_once(
    made: Callable[..., Made],
) -> None:
    one = made()
    on_disk = list[int]()
    mouth = Mouth(one.talk, new_turn())
    mouth.voice(0.6)
    mouth.pause()
    mouth.end()
    one.talk.reply(mouth.turn)
    while not isinstance(one.talk.told.get(timeout=30), Received):
        on_disk.append(1)
    mouth.end()
    other = Say(new_turn(), None, "hello")
    one.talk.say(other)
    assert one.talk.replies(mouth.turn) == 1 and len(_rows(one.talk)) == 2
    told = list[object]()
    while not one.talk.told.empty():
        told.append(one.talk.told.get())
    assert told.count(ReplyEnded(mouth.turn)) == 2 and Received(mouth.turn) in told


def test_an_utterance_that_an_earlier_mind_had_is_not_asked_again(
    made: Callable[..., Made],
) -> None:
    one = made()
    turn = new_turn()
    one.talk.history.begin(turn, one.talk.history.new_chat(), "what is")
    mouth = Mouth(one.talk, turn)
    mouth.voice(0.6)
    mouth.pause()
    mouth.end()
    one.talk.say(Say(new_turn(), None, "hello"))
    assert one.talk.replies(turn) == 0 and len(_rows(one.talk)) == 2


def test_no_words_at_a_pause_are_told_and_drafted_by_nobody(made: Callable[..., Made]) -> None:
    one = made(words="")
    mouth = Mouth(one.talk, new_turn())
    mouth.voice(0.6)
    mouth.pause()
    one.talk.understood("")
    one.talk.conversation.follow(TurnCancelled(mouth.turn))
    one.talk.say(Say(new_turn(), None, "hello"))
    assert len(one.dialogue.asked) == 1


class Interrupting(InstantSink):
    """Plays half a second and then is cut by the user's voice."""

    def __init__(self) -> None:
        super().__init__(heard=0.45)
        self.cut = threading.Event()

    def interrupt(self, turn: str) -> None:
        self.report(Played(turn, 0, 0.45, True, cut=True, began=1.0))


def test_a_voice_that_interrupts_ends_the_turn_and_the_writing(made: Callable[..., Made]) -> None:
    sink = Interrupting()
    one = made(replace(scripted("One two three four five. " * 500), pause=0.005), sink=sink)
    mouth = Mouth(one.talk, new_turn())
    mouth.voice(1.0)
    mouth.pause()
    mouth.end()
    assert until(lambda: len(sink.sentences) > 5)
    sink.interrupt(mouth.turn)
    reply = one.talk.reply(mouth.turn)
    [kept] = one.talk.history.turns(one.talk.history.chats()[0].id)
    assert reply.ended is Ended.INTERRUPTED and one.dialogue.closed_early == 1
    assert reply.text == kept.reply and reply.text.startswith("One two three four five. ")
    read = reply.why.read_aloud
    assert read is not None and 0 < read <= len("One two three four five. ")
    assert conversation([kept])[-1].text == reply.text[:read]  # what the model is told of it
    assert reply.timings_ms["first_sample"] < 0, "1.0 on the clock is before the voice's end"


def test_close_in_mid_speech(tmp_path: Path) -> None:
    dialogue = scripted("Yes.")
    parts = replace(engines(tmp_path, dialogue), hearing=lambda: Spelling("one two three four"))
    talk = Listened(tmp_path, parts)
    mouth = Mouth(talk, new_turn())
    mouth.voice(0.6)
    mouth.pause()
    talk.conversation.send(Close())
    talk.until(lambda e: isinstance(e, Closed))
    talk.conversation.join()
    assert not any(isinstance(e, Reply | Asked) for e in talk.seen)
    talk.history.close()


def test_a_long_speech_is_not_heard_from_its_beginning_each_time(
    made: Callable[..., Made],
) -> None:
    said = " ".join(f"word{n}" + ("." if n % 10 == 9 else "") for n in range(200))
    one = made(words=said)
    mouth = Mouth(one.talk, new_turn())
    for part in range(1, 6):
        mouth.resume()
        mouth.voice(8.0)
        mouth.pause()
        one.talk.understood_words(40 * part)
    mouth.end()
    one.talk.reply(mouth.turn)
    assert max(seconds for seconds, _ in one.hearing.asked) < 17.0
    assert len(_rows(one.talk)[0].split()) == 200
    assert one.dialogue.asked[-1][-1].text.split("\n")[0] == _rows(one.talk)[0]


def test_say_again_while_the_user_speaks_leaves_the_turn_whole(made: Callable[..., Made]) -> None:
    one = made(sink=InstantSink())
    first = one.talk.say(Say(new_turn(), None, "hello"))
    mouth = Mouth(one.talk, new_turn())
    mouth.voice(0.6)
    one.talk.conversation.send(SayAgain(first.turn))
    mouth.pause()
    mouth.end()
    assert one.talk.reply(mouth.turn).ended is Ended.DONE
    assert one.talk.replies(mouth.turn) == 1


def test_stages_count_from_the_end_of_the_voice(made: Callable[..., Made]) -> None:
    one = made(sink=InstantSink())
    mouth = Mouth(one.talk, new_turn(), at=time.monotonic())
    mouth.voice(1.0)
    mouth.pause()
    _drafted(one)
    mouth.end()
    reply = one.talk.reply(mouth.turn)
    stages = reply.timings_ms
    assert stages["heard"] <= stages["first_token"] <= stages["guard"] <= stages["decided"]
    assert stages["decided"] <= stages["first_sentence"] <= stages["first_sound"]
    [took] = one.talk.conversation.latency.turns()
    assert took.turn == mouth.turn and took.spoken and took.stages_ms == stages


def test_a_recorded_voice_is_answered_while_it_is_heard(
    tmp_path: Path, models: Callable[[str], Path]
) -> None:
    models("smollm2-135m-instruct")
    small = Settings(
        dialogue_model="smollm2-135m-instruct", dialogue_engine="gguf", spoken_languages=("en",)
    )
    loaded = assemble(small)
    for load in (loaded.dialogue, loaded.hearing, loaded.voice):
        load()
    talk = Listened(tmp_path, loaded, InstantSink(), small)
    recorded = sound_file.read(Path(__file__).parents[2] / "data" / "lj001-0013.flac")
    turn, began = new_turn(), time.monotonic()
    for first in range(0, len(recorded.samples), RATE // 10):
        samples = recorded.samples[first : first + RATE // 10]
        time.sleep(max(0.0, began + first / RATE + 0.1 - time.monotonic()))
        talk.conversation.follow(SpeechBlock(turn, samples, RATE, began + first / RATE))
    ended = began + len(recorded.samples) / RATE
    talk.conversation.follow(SpeechPaused(turn, ended))
    talk.until(lambda e: isinstance(e, PartialTranscript) and "ones" in e.text)
    talk.conversation.hear(replace(recorded, turn=turn, at=began, ended=ended))
    reply = talk.reply(turn)
    talk.close()
    loaded.close()
    so_far = [e.text for e in talk.seen if isinstance(e, PartialTranscript)]
    [asked] = [e for e in talk.seen if isinstance(e, Asked)]
    assert len(so_far) > 1 and asked.text == so_far[-2] and so_far[-1] == ""
    assert reply.ended in (Ended.DONE, Ended.BLOCKED) and reply.text
    assert reply.timings_ms["heard"] <= reply.timings_ms["first_sound"]
