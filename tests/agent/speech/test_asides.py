"""Commands, corrections and the last two minutes in a whole conversation."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from agent.commands import EraseRecent, ForgetWord, LearnWord, ListWords, Say, ShowRecent
from agent.events import Event, Learned, PartialTranscript, Recent, Reply, WordList
from agent.settings import Settings
from agent.speech.commands import VoiceCommands
from agent.speech.vocabulary import Vocabulary, load
from agent.types import Ended
from tests.engines import (
    InstantSink,
    ScriptedDialogue,
    Talk,
    engines,
    scripted,
)


@pytest.fixture
def model() -> ScriptedDialogue:
    return scripted("I called her.")


@pytest.fixture
def talk(tmp_path: Path, model: ScriptedDialogue) -> Iterator[Talk]:
    model.count = lambda text: 3 * len(text.split())  # type: ignore[method-assign]
    talk = Talk(tmp_path, engines(tmp_path, model), InstantSink())
    yield talk
    talk.close()


def _said(talk: Talk, turn: str, text: str, chat: int | None = None) -> Reply:
    return talk.say(Say(turn, chat, text))


def test_a_correction_is_learned_and_the_right_question_is_answered(
    talk: Talk, model: ScriptedDialogue
) -> None:
    _said(talk, "1", "Please call Shivun.")
    reply = _said(talk, "2", "No, it is Siobhan.", 1)
    assert reply.ended is Ended.DONE
    learned = next(event for event in talk.seen if isinstance(event, Learned))
    assert (learned.word, learned.instead_of) == ("Siobhan", "Shivun")
    assert "Please call Siobhan." in model.asked[-1][-1].text
    kept = talk.history.turn("2")
    assert kept is not None and kept.asked == "No, it is Siobhan."
    talk.conversation.send(ForgetWord(learned.id))
    assert _said(talk, "3", "Thanks.", 1).ended is Ended.DONE


def test_commands_are_answered_without_the_model(talk: Talk, model: ScriptedDialogue) -> None:
    first = _said(talk, "1", "Please call Siobhan.")
    assert _said(talk, "2", "Say that again.", 1).text == first.text
    assert _said(talk, "3", "Spell Siobhan", 1).text == "Siobhan: S, I, O, B, H, A, N."
    assert _said(talk, "4", "Slower, please", 1).text == "I speak slower now."
    assert _said(talk, "5", "stop", 1).ended is Ended.DONE
    assert len(model.asked) == 1


def test_what_was_missed_is_told_and_can_be_erased(talk: Talk) -> None:
    _said(talk, "1", "Is it raining?")
    told = _said(talk, "2", "What did I miss?", 1).text
    assert "You said: Is it raining?" in told
    assert "I said: I called her." in told
    talk.conversation.send(ShowRecent())
    shown = talk.until(lambda event: isinstance(event, Recent))
    assert isinstance(shown, Recent) and len(shown.moments) == 4
    talk.conversation.send(EraseRecent())
    gone = talk.until(lambda event: isinstance(event, Recent))
    assert gone == Recent(())
    assert "nothing was said" in _said(talk, "3", "What did I miss?", 1).text


def test_words_withdrawn_belong_to_the_room() -> None:
    asides = VoiceCommands(None, lambda event: None)
    asides.heard_so_far(PartialTranscript("a", "dinner is ready"))
    asides.heard_so_far(PartialTranscript("a", ""))
    asides.withdrawn("b")
    assert asides.recent.moments() == ()
    asides.withdrawn("a")
    assert [(m.who, m.text) for m in asides.recent.moments()] == [("room", "dinner is ready")]


def test_the_pace_is_kept_within_bounds() -> None:
    asides = VoiceCommands(None, lambda event: None)
    for _ in range(20):
        asides.own("slower", None)
    assert asides.manner(Settings()).rate == 0.5
    assert asides.manner(Settings(speech_rate=100.0)).rate <= 2.0


def test_a_broken_word_list_is_told_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "words.toml"
    file.write_text("[[broken", encoding="utf-8")
    told = list[Event]()
    asides = VoiceCommands(file, told.append)
    assert len(told) == 1
    assert asides.hints(Settings()).words == ()
    assert file.read_text(encoding="utf-8") == "[[broken"


def test_words_are_kept_in_the_file(tmp_path: Path) -> None:
    file = tmp_path / "words.toml"
    told = list[Event]()
    asides = VoiceCommands(file, told.append)
    talk = Talk(tmp_path, engines(tmp_path, scripted("Yes.")))
    talk.say(Say("1", None, "Please call Shivun."))
    last = talk.history.turn("1")
    assert asides.put_right("No, it is Siobhan.", last, lambda text: 9).endswith("call Siobhan.")
    assert [entry.word for entry in load(file)] == ["Siobhan"]
    assert asides.hints(Settings()).instead == (("Shivun", "Siobhan"),)
    asides.unlearn(load(file)[0].id)
    assert load(file) == ()
    talk.close()


def test_words_that_the_window_changed_are_read_again(tmp_path: Path) -> None:
    file = tmp_path / "words.toml"
    asides = VoiceCommands(file, lambda event: None)
    assert asides.hints(Settings()).words == ()
    Vocabulary(file).learn("Siobhan", "Shivon")
    asides.reread()
    assert asides.hints(Settings()).words == ("Siobhan",)


def test_the_mind_alone_writes_the_words(tmp_path: Path) -> None:
    """What the window asks for and what is learned from speech both stay."""
    file = tmp_path / "words.toml"
    told = list[Event]()
    asides = VoiceCommands(file, told.append)
    talk = Talk(tmp_path, engines(tmp_path, scripted("Yes.")))
    talk.say(Say("1", None, "Please call Shivun."))
    asides.learn("Niamh", "Neve", "Neev")
    asides.put_right("No, it is Siobhan.", talk.history.turn("1"), lambda text: 9)
    talk.close()
    asides.list_words()
    listed = told[-1]
    assert isinstance(listed, WordList)
    assert [entry.word for entry in listed.entries] == ["Niamh", "Siobhan"]
    asides.unlearn(listed.entries[0].id)
    assert told[-1] == WordList(listed.entries[1:]) and load(file) == listed.entries[1:]
    file.write_text("[[entry]\n", "utf-8")
    asides.learn("Aoife", "", "")
    refused = told[-1]
    assert isinstance(refused, WordList) and refused.problem is not None
    assert file.read_text("utf-8") == "[[entry]\n"


def test_the_window_asks_for_its_words(talk: Talk) -> None:
    talk.conversation.send(LearnWord("Niamh", "Neve", "Neev"))
    learned = talk.until(lambda event: isinstance(event, WordList))
    assert isinstance(learned, WordList) and learned.entries[0].word == "Niamh"
    talk.conversation.send(ForgetWord(learned.entries[0].id))
    talk.conversation.send(ListWords())
    for _ in range(2):
        assert talk.until(lambda event: isinstance(event, WordList)) == WordList(())
