"""Facts are found in other words, and what they mean is kept with them."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from agent.commands import Say
from agent.memory import recall
from agent.memory.closeness import closeness
from agent.memory.history import History
from agent.memory.meanings import Meanings
from agent.tools.store import FACT, Store
from agent.types import Ended
from safety.guard import Guard, load_guard
from safety.rules.classifier import Classifier
from tests.agent.memory.kept import untold
from tests.engines import Talk, engines, scripted

SET = tomllib.loads(Path(__file__).with_name("recall_set.toml").read_text("utf-8"))
TOPICS = (("car", "parked", "automobile"), ("teeth", "dentist"), ("rain", "weather"))


class TopicEncoder:
    """Texts of one topic mean the same. It is a rule that finds nothing."""

    name = "topics"

    def __init__(self) -> None:
        self.read: list[str] = []

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.read += texts
        rows = [[float(any(w in t.casefold() for w in topic)) for topic in TOPICS] for t in texts]
        found = np.array(rows, np.float32)
        length = np.linalg.norm(found, axis=1, keepdims=True)
        return np.asarray(found / np.maximum(length, 1e-9), np.float32)

    def check(self, text: str, circumstance: object) -> Sequence[object]:
        return ()


def test_other_words_find_the_fact(tmp_path: Path) -> None:
    store, encoder = Store(None), TopicEncoder()
    store.keep(FACT, "I parked on level C", 1.0)
    store.keep(FACT, "my dentist is Dr. Okafor", 2.0)
    meanings = Meanings(History(None), store)
    meant = meanings.of_question(encoder, "Where is my automobile?", None)
    assert recall.facts("Where is my automobile?", store, ()) == ()
    [found] = recall.facts("Where is my automobile?", store, (), meant)
    assert "level C" in found.text


def test_a_text_is_read_once_and_forgotten_with_its_fact(tmp_path: Path) -> None:
    file, encoder = tmp_path / "tools.db", TopicEncoder()
    history, store = History(tmp_path / "history.db"), Store(file)
    chat = history.new_chat()
    history.begin("t1", chat, "My teeth hurt")
    history.end("t1", "Oh.", Ended.DONE, untold())
    fact = store.keep(FACT, "I parked on level C", 1.0)
    meanings = Meanings(history, store)
    while meanings.step(encoder, chat):
        pass
    assert sorted(encoder.read) == ["I parked on level C", "My teeth hurt"]
    again = Meanings(history, Store(file))
    assert not again.step(encoder, chat)
    assert len(encoder.read) == 2
    store.change(fact, "I parked on level D")
    assert store.meanings() == []
    assert again.of_question(encoder, "Where is the car?", chat) is not None
    assert [text for text, _ in store.meanings()] == ["I parked on level D"]
    store.drop(fact)
    assert store.meanings() == []
    history.delete(chat)
    history.purge()
    assert history.meanings(chat) == []


def test_without_an_encoder_words_are_compared() -> None:
    store = Store(None)
    store.keep(FACT, "I parked on level C", 1.0)
    meanings = Meanings(History(None), store)
    assert meanings.of_question(None, "Which level did I park on?", None) is None
    assert not meanings.step(None, None)
    assert recall.facts("Which level did I park on?", store, ())


def test_a_broken_encoder_costs_no_answer() -> None:
    class Broken(TopicEncoder):
        def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
            raise RuntimeError("no memory")

    store = Store(None)
    store.keep(FACT, "I parked on level C", 1.0)
    assert Meanings(History(None), store).of_question(Broken(), "Where is my car?", None) is None


def test_a_conversation_makes_them_while_idle_and_finds_by_them(tmp_path: Path) -> None:
    model, encoder = scripted("On level C."), TopicEncoder()
    plain = load_guard(None, None)
    guard = Guard([*plain._rules, encoder], plain._policy)  # type: ignore[list-item]
    talk = Talk(
        tmp_path,
        engines(tmp_path, model, guard=guard),
        now=lambda: datetime(2027, 3, 16, 14, 5),
    )
    talk.say(Say("1", None, "Remember that I parked on level C."))
    talk.say(Say("2", None, "Where is my automobile?"))
    assert "| [1] the user told me: I parked on level C" in model.asked[-1][-1].text
    assert encoder.read.count("I parked on level C") == 1
    talk.close()


@pytest.fixture(scope="module")
def encoder(models: Callable[[str], Path]) -> Classifier:
    return Classifier(models("minilm"))


def _found(encoder: Classifier | None, most: int) -> tuple[int, int, int]:
    """English and Chinese questions of 28 and 12 whose fact is found; other questions of 20."""
    facts = [fact for fact, _ in SET["pair"]]
    vectors = encoder.embed(facts) if encoder else None

    def best(question: str) -> list[int]:
        asked = encoder.embed([question])[0] if encoder else None
        scores = [
            closeness(question, fact, float(asked @ vectors[n]) if encoder else None)  # type: ignore[index]
            for n, fact in enumerate(facts)
        ]
        order = sorted(range(len(facts)), key=lambda n: -scores[n])
        return [n for n in order[:most] if scores[n] >= 1]

    hits = [n in best(question) for n, (_, question) in enumerate(SET["pair"])]
    return sum(hits[:28]), sum(hits[28:]), sum(bool(best(other)) for other in SET["other"])


@pytest.mark.models
def test_the_real_encoder_finds_most_and_lets_little_else_in(encoder: Classifier) -> None:
    english, chinese, wrong = _found(None, 3)
    print("by words", english, chinese, wrong)
    english, chinese, wrong = _found(encoder, 3)
    print("by meaning", english, chinese, wrong, "first", _found(encoder, 1))
    assert english >= 22 and chinese >= 6 and wrong <= 3


@pytest.mark.models
def test_the_meaning_is_the_model_without_the_adapter(encoder: Classifier) -> None:
    near, far = "How do I cook rice?", "The dog barked all night."
    rows = encoder.embed(["What is the way to boil rice?", near, far])
    assert np.allclose(np.linalg.norm(rows, axis=1), 1)
    assert rows[0] @ rows[1] > 0.7
    assert rows[0] @ rows[2] < 0.2
