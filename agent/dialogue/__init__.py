"""Engines that continue a conversation: what one is, and how a file of this folder offers one.

A file of this folder is one engine. It says so with a frozen `ENGINE`; `agent.engines.registry`
finds it, and nothing else knows its name.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, runtime_checkable

from agent.engines.hardware import Hardware
from agent.types import Message
from perception.messages import Notice


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of text with the probability the model gave it.

    `ended` is empty until the last token, then `stop` or `length`; the last may have no text.
    An empty token that ends nothing says: still reading the prompt. So a consumer that waits
    for the first word can stop the engine.
    """

    text: str
    probability: float
    ended: str = ""


@dataclass(frozen=True, slots=True)
class Sampling:
    """How to choose tokens. Temperature 0 is greedy; `grammar` is GBNF, empty for none."""

    most_tokens: int = 512
    temperature: float = 0.0
    seed: int = 0
    stop: tuple[str, ...] = ()
    grammar: str = ""


class Dialogue(Protocol):
    """A chat model. No text of any message is ever read as a control token.

    `generate` and `prefill` are generators: closing one frees the engine within 0.2 s, also in
    the middle of a prompt. An engine serves one generator at a time.
    """

    name: str
    device: str
    reason: str
    context: int
    """The longest prompt with answer, in tokens."""
    control_tokens: frozenset[str]
    """Every spelling that the vocabulary reads as a control token."""

    def generate(self, messages: Sequence[Message], sampling: Sampling) -> Generator[Token]:
        """The assistant's next message, token by token."""
        ...

    def prefill(self, messages: Sequence[Message], growing: bool = False) -> Generator[None]:
        """Read these messages into the cache, without an answer.

        `growing` says that more words will come in the last one.
        """
        ...

    def count(self, text: str) -> int:
        """How many tokens `text` is."""
        ...

    def close(self) -> None:
        """Free the model."""
        ...


@runtime_checkable
class ForcedScoring(Protocol):
    """An engine that can tell how probable given words are to its model."""

    def log_probability(
        self, messages: Sequence[Message], words: str, after: str = ""
    ) -> Generator[None, None, float]:
        """The logarithm of the probability of `words` as the next ones of the answer.

        The last message may be the beginning of the answer; `after` is how it goes on behind the
        words, as their last token may reach into it. Closing it frees the engine.
        """
        ...


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an engine is asked to run, before anything is loaded.

    `size` is the bytes of a GGUF file, 0 where the model is something else; `named` says that
    the user chose this very engine, `llama_only` that torch may not know such a model.
    """

    model: str
    size: int
    threads: int
    server: str
    named: bool
    llama_only: bool = False


@dataclass(frozen=True, slots=True)
class Fit:
    """Where an engine would run a model, and why. Of several, the one with the highest rank runs.

    `device` is cpu, cuda, auto (the engine's own choice) or server.
    """

    device: str
    reason: Notice
    rank: int = 0


@dataclass(frozen=True, slots=True)
class DialogueSource:
    """What a dialogue engine is loaded from.

    `model` is an id, a path or a name on a server, `place` where it lies on this computer;
    `adapter` is a trained adapter in the engine's own format; `saved` is a private folder for
    what may outlive the program.
    """

    model: str
    place: Path | None
    device: str
    threads: int
    server: str = ""
    adapter: Path | None = None
    saved: Path | None = None


@dataclass(frozen=True, slots=True)
class DialogueEngine:
    """An engine as the settings, the choice and the assembly see it.

    `title` is plain English. `adapter` names the file of a trained adapter's folder that the
    engine loads: "" for the folder itself, None where it takes no adapter. `takes_folders` says
    that it also runs a model that was trained whole. `fits` is None where it cannot run what is
    wanted, and raises UserError where the user chose it and something is missing. `probe` tries a
    file in a child process: for native code that a damaged file can end.
    """

    name: str
    title: str
    fits: Callable[[Hardware, Wanted], Fit | None]
    load: Callable[[DialogueSource], Dialogue]
    adapter: str | None = None
    takes_folders: bool = False
    needs_server: bool = False
    probe: Callable[[Path], None] | None = None
