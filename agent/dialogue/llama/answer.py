"""What is asked of llama.cpp's completion call, and what its chunks mean."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from typing import Any

from agent.codes import AgentCode
from agent.dialogue import Sampling, Token
from perception.types import UserError


def body(prompt: list[int], sampling: Sampling, room: int) -> dict[str, Any]:
    """The request for an answer of at most `room` tokens to `prompt`."""
    request: dict[str, Any] = {
        "prompt": prompt,
        "stream": True,
        "cache_prompt": True,
        "return_progress": True,  # Without it a prefill cannot be stopped.
        "n_predict": min(sampling.most_tokens, room),
        "temperature": sampling.temperature,
        "seed": sampling.seed,
        "stop": list(sampling.stop),
        "n_probs": 1,
    }
    if sampling.grammar:
        request["grammar"] = sampling.grammar
    return request


class StreamedAnswer:
    """An answer as it arrives."""

    def __init__(self) -> None:
        self.text = ""
        self.ids: list[int] = []
        self._bytes = bytearray()

    @property
    def whole(self) -> bool:
        """Whether `ids` are all the tokens of `text`, which a held-back piece can break."""
        return bytes(self._bytes) == self.text.encode()

    def read_chunk(self, chunk: dict[str, Any]) -> Iterator[Token]:
        """The tokens of a chunk; a report of progress, or of nothing, is an empty one."""
        if not chunk or "prompt_progress" in chunk:
            yield Token("", 1.0)
            return
        choice = chunk["choices"][0]
        tokens = (choice.get("logprobs") or {}).get("content") or []
        for token in tokens:
            self.ids.append(token["id"])
            self._bytes += bytes(token["bytes"])
        text, ended = choice["text"], choice["finish_reason"] or ""
        self.text += text
        if text or ended:
            yield Token(text, _probability(tokens), ended)


class ForcedAnswer:
    """Given words as the model is made to write them, and how probable they were to it."""

    def __init__(self, words: str) -> None:
        self._wanted = words.encode()
        self._written = bytearray()
        self.log_probability = 0.0

    def read_chunk(self, chunk: dict[str, Any]) -> bool:
        """Take a chunk; whether the words are all there."""
        for choice in chunk.get("choices") or ():
            for token in (choice.get("logprobs") or {}).get("content") or ():
                if len(self._written) >= len(self._wanted):
                    break
                if token["logprob"] is None:
                    raise UserError(AgentCode.MODEL_COMPUTES_NO_NUMBERS)
                self._written += bytes(token["bytes"])
                self.log_probability += min(0.0, token["logprob"])
        return len(self._written) >= len(self._wanted)


def only(words: str) -> str:
    """The grammar that allows nothing but these words."""
    return f"root ::= {json.dumps(words, ensure_ascii=False)}"


def _probability(tokens: list[dict[str, Any]]) -> float:
    if not tokens:
        return 1.0
    logprobs = [token["logprob"] for token in tokens]
    if any(each is None for each in logprobs):
        # JSON has no NaN: what the model computes are no numbers any more.
        raise UserError(AgentCode.MODEL_COMPUTES_NO_NUMBERS)
    return math.exp(min(0.0, sum(logprobs) / len(logprobs)))


def refused(error: dict[str, Any]) -> Exception:
    """What an error chunk stands for."""
    message = str(error.get("message", error))
    if error.get("type") == "exceed_context_size_error":
        return UserError(AgentCode.CONVERSATION_TOO_LONG, message=message)
    return RuntimeError(f"llama.cpp refused: {message}")
