"""GGUF models through llama.cpp: the engine of choice on a plain CPU."""

from __future__ import annotations

import sys
from collections.abc import Generator, Sequence
from contextlib import closing
from functools import partial
from itertools import takewhile
from pathlib import Path
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
from agent.dialogue.llama import answer as llama_answer
from agent.dialogue.llama import gguf_header
from agent.dialogue.llama.place import choose
from agent.dialogue.llama.prompt_cache import PromptCache
from agent.dialogue.llama.server import CHECKPOINTS, LlamaServer
from agent.dialogue.text.encoder import Encoder
from agent.dialogue.text.stream import Idle, pull
from agent.dialogue.text.template import ChatTemplate
from agent.engines.hardware import Hardware, gpu_room
from agent.engines.probe import probe
from agent.types import Message
from perception.messages import notice
from perception.types import UserError

_LISTENING = 0.02
"""Seconds after which a consumer that waits for a token can stop waiting."""

_SPARE = 8
"""Tokens that forced words may take beyond their count: the model may split them otherwise."""


class GgufDialogue:
    """llama.cpp on one model; see `agent.dialogue.Dialogue`."""

    def __init__(
        self,
        file: Path,
        device: str,
        threads: int,
        *,
        context: int,
        adapter: Path | None,
        saved: Path | None,
        loud: bool,
    ) -> None:
        header = gguf_header.read(file)
        self._header = header
        self.name = file.parent.name if file.stem == "model" else file.stem
        self.context = min(context, header.context)
        self.control_tokens = frozenset(header.control)
        template = ChatTemplate(header.template, self.control_tokens, header.spellings)
        memory = header.cache_bytes * self.context + header.state_bytes * (CHECKPOINTS + 1)
        place = choose(device, threads, file, memory)
        self.device, self.reason = place.device, place.reason
        self._cache = PromptCache(saved, (file, adapter), self.context)
        self._server = LlamaServer(
            file, place, self.context, adapter, self._cache.folder, loud=loud
        )
        self._encoder = Encoder(template, self._tokenize, header.control, header.bos)

    def ids(self, messages: Sequence[Message], answer: bool = True) -> list[int]:
        """The token ids of a prompt; `answer` opens the assistant's next message."""
        return self._encoder.ids(messages, answer)

    def generate(self, messages: Sequence[Message], sampling: Sampling) -> Generator[Token]:
        """The assistant's next message, token by token.

        A token's probability is the model's own, before temperature. UserError where the prompt
        does not fit.
        """
        prompt = self._encoder.fitting(messages, True, self.context)
        self._restore(messages)
        answer = llama_answer.StreamedAnswer()
        with closing(self._run(prompt, sampling)) as chunks:
            for chunk in chunks:
                yield from answer.read_chunk(chunk)
        if answer.whole:
            self._encoder.remember(messages, answer.text, answer.ids)

    def prefill(self, messages: Sequence[Message], growing: bool = False) -> Generator[None]:
        """Read these messages into the cache, without an answer; not the end of one that grows.

        What holds only system messages is also kept on disk, and read back at the next start.
        """
        prompt = self._encoder.fitting(messages, False, self.context)
        if growing:
            prompt = self._encoder.without_end(prompt)
        if self._restore(messages) == prompt:
            yield
            return
        with closing(self._run(prompt, Sampling(most_tokens=0))) as chunks:
            for _ in chunks:
                yield
        if all(message.role == "system" for message in messages):
            self._cache.save(prompt, self._server.post)

    def log_probability(
        self, messages: Sequence[Message], words: str, after: str = ""
    ) -> Generator[None, None, float]:
        """The logarithm of the probability of `words` as the next ones of the answer.

        A grammar leaves the model no other words; what it reports is from before the grammar.
        """
        prompt = self._encoder.fitting(messages, True, self.context)
        forced = Sampling(self.count(words) + _SPARE, grammar=llama_answer.only(words + after))
        answer = llama_answer.ForcedAnswer(words)
        with closing(self._run(prompt, forced)) as chunks:
            for chunk in chunks:
                if answer.read_chunk(chunk):
                    break
                yield
        return answer.log_probability

    def count(self, text: str) -> int:
        """How many tokens `text` is."""
        return self._encoder.count(text)

    def close(self) -> None:
        """Free the model."""
        self._server.close()

    def _restore(self, messages: Sequence[Message]) -> list[int]:
        """The system messages' ids, if the first call found them on disk; else nothing."""
        if not self._cache.fresh:
            return []
        beginning = [*takewhile(lambda message: message.role == "system", messages)]
        ids = self.ids(beginning, answer=False) if beginning else []
        return ids if self._cache.restore(ids, self._server.post) else []

    def _run(self, prompt: list[int], sampling: Sampling) -> Generator[dict[str, Any]]:
        body = llama_answer.body(prompt, sampling, self.context - len(prompt))
        silent: Idle[dict[str, Any]] = Idle({}, _LISTENING)
        for chunk in pull(partial(self._server.complete, body), silent):
            if "error" in chunk:
                raise llama_answer.refused(chunk["error"])
            yield chunk

    def _tokenize(self, text: str) -> list[int]:
        body = {"content": text, "add_special": False, "parse_special": False}
        ids: list[int] = self._server.post("/tokenize", body)["tokens"]
        return ids


def load(
    model: Path,
    device: str = "auto",
    threads: int = 0,
    *,
    context: int = 4096,
    adapter: Path | None = None,
    saved: Path | None = None,
    loud: bool = False,
) -> GgufDialogue:
    """The model in `model`, a GGUF file or the folder of one.

    `device` is auto, cpu or gpu; 0 threads means one a core; `adapter` is a LoRA in GGUF;
    `saved` is a private folder where the cache of system prompts outlives the program; `loud`
    lets llama.cpp write its errors to standard error.
    UserError where the file is missing, damaged or too large for this machine.
    """
    file = _file(model)
    if adapter is not None and not adapter.is_file():
        raise UserError(AgentCode.ADAPTER_FILE_NOT_THERE, adapter=adapter)
    return GgufDialogue(
        file, device, threads, context=context, adapter=adapter, saved=saved, loud=loud
    )


def _file(model: Path) -> Path:
    if not model.is_dir():
        return model
    files = sorted(model.glob("*.gguf"))
    return files[0] if files else model / "model.gguf"


def _fits(hardware: Hardware, wanted: Wanted) -> Fit | None:
    if not wanted.size and not wanted.named:
        return None
    why = notice(AgentCode.REASON_CHOSEN) if wanted.named else gpu_room(hardware, wanted.size)[1]
    if sys.platform == "darwin" or (wanted.llama_only and hardware.gpu is not None):
        reason = notice(AgentCode.RUNS_LLAMA_AUTO, why=why)
        return Fit("auto", reason, 1)
    return Fit(
        "cpu", notice(AgentCode.RUNS_LLAMA, hardware=hardware.on_cpu(wanted.threads), why=why), 1
    )


def _load(source: DialogueSource) -> GgufDialogue:
    model = source.place or Path(source.model)
    return load(model, source.device, source.threads, adapter=source.adapter, saved=source.saved)


ENGINE = DialogueEngine("gguf", "llama.cpp", _fits, _load, adapter="adapter.gguf", probe=probe)
