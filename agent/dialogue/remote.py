"""Any server that speaks the OpenAI chat protocol (vLLM, llama.cpp, Ollama ...).

The server renders the prompt and would read a spelled control token as the real one, so every
well-known spelling is taken out of what is sent. Protocol:
https://platform.openai.com/docs/api-reference/chat/create
"""

from __future__ import annotations

import math
import os
from collections.abc import Generator, Mapping, Sequence
from contextlib import closing
from typing import Any

from agent.codes import AgentCode
from agent.dialogue import (
    DialogueEngine,
    DialogueSource,
    Fit,
    Sampling,
    Token,
    Wanted,
)
from agent.dialogue.text.chat_server import ChatServer
from agent.dialogue.text.control import WELL_KNOWN, strip
from agent.dialogue.text.encoder import goes_on
from agent.engines.hardware import Hardware
from agent.types import Message
from perception.messages import notice
from perception.types import UserError

_CHARACTERS_A_TOKEN = 3
"""A low guess, so that a prompt is rather shortened too early than refused."""


_GO_ON = "Go on exactly where you stopped. Repeat nothing."
"""Most servers end the last message of the assistant, so that it cannot just be written on."""


class RemoteDialogue:
    """A chat model on a server; see `agent.dialogue.Dialogue`."""

    def __init__(self, server: ChatServer, model: str, context: int) -> None:
        self._server = server
        listed = server.models()
        if model and listed and model not in listed:
            raise UserError(
                AgentCode.SERVER_LACKS_MODEL,
                address=server.address,
                model=model,
                listed=", ".join(sorted(listed)),
            )
        if not model and not listed:
            raise UserError(AgentCode.SERVER_NAMES_NO_MODEL, address=server.address)
        self.name = model or next(iter(listed))
        self.context = listed.get(self.name) or context
        self.device = "server"
        self.reason = f"The server {server.address} was chosen in the settings."
        self.control_tokens = WELL_KNOWN

    def generate(self, messages: Sequence[Message], sampling: Sampling) -> Generator[Token]:
        """The assistant's next message, token by token.

        UserError where the server cannot be reached, refuses, falls silent or breaks off.
        """
        ended = ""
        with closing(self._server.stream(self._body(messages, sampling))) as chunks:
            for chunk in chunks:
                for token in _tokens(chunk):
                    ended = token.ended or ended
                    yield token
        if not ended:
            raise UserError(AgentCode.SERVER_BROKE_OFF, address=self._server.address)

    def prefill(self, messages: Sequence[Message], growing: bool = False) -> Generator[None]:
        """Nothing: the server keeps its own cache, and nothing is sent before it is needed."""
        yield from ()

    def count(self, text: str) -> int:
        """About how many tokens `text` is: a third of its bytes, as its vocabulary is unknown."""
        return math.ceil(len(text.encode()) / _CHARACTERS_A_TOKEN)

    def close(self) -> None:
        """Nothing is held between two answers."""

    def _body(self, messages: Sequence[Message], sampling: Sampling) -> dict[str, Any]:
        if goes_on(messages):
            messages = (*messages, Message("user", _GO_ON))
        body: dict[str, Any] = {
            "model": self.name,
            "messages": [{"role": m.role, "content": strip(m.text)} for m in messages],
            "stream": True,
            "max_tokens": sampling.most_tokens,
            "temperature": sampling.temperature,
            "seed": sampling.seed,
            "logprobs": True,
        }
        if sampling.stop:
            body["stop"] = list(sampling.stop)
        if sampling.grammar:  # llama.cpp knows one name, vLLM the other; both ignore the unknown.
            body |= {"grammar": sampling.grammar, "guided_grammar": sampling.grammar}
        return body


def _tokens(chunk: Mapping[str, Any]) -> Generator[Token]:
    if not chunk:
        yield Token("", 1.0)
    for choice in chunk.get("choices") or ():
        text = (choice.get("delta") or {}).get("content") or ""
        reason = choice.get("finish_reason") or ""
        if reason and reason != "length":
            reason = "stop"
        if text or reason:
            logs = [item["logprob"] for item in (choice.get("logprobs") or {}).get("content") or ()]
            mean = math.exp(min(0.0, sum(logs) / len(logs))) if logs else 1.0
            yield Token(text, mean, reason)


def load(
    model: str = "",
    *,
    server: str,
    key: str = "",
    context: int = 8192,
    silence: float = 60.0,
) -> RemoteDialogue:
    """The model of that name at `server`, for example `http://127.0.0.1:8000/v1`.

    Without a name it is the first one that the server lists. `key` is else taken from the
    environment (`CANDOR_SERVER_KEY`, `OPENAI_API_KEY`); `context` counts where the server does
    not tell its own; `silence` is how many seconds without a byte are a failure. UserError where
    the server cannot be used.
    """
    key = key or os.environ.get("CANDOR_SERVER_KEY") or os.environ.get("OPENAI_API_KEY") or ""
    return RemoteDialogue(ChatServer(server, key, silence), model, context)


def _fits(hardware: Hardware, wanted: Wanted) -> Fit | None:
    """A server is used only where the user chose it by name, whatever address is set."""
    if not wanted.named:
        return None
    if not wanted.server:
        raise UserError(AgentCode.SERVER_NEEDED)
    reason = notice(AgentCode.SERVER_CHOSEN, server=wanted.server)
    return Fit("server", reason)


def _load(source: DialogueSource) -> RemoteDialogue:
    return load(source.model, server=source.server)


ENGINE = DialogueEngine("remote", "A server", _fits, _load, needs_server=True)
