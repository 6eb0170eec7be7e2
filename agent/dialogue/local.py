"""Any causal chat model through transformers: on a GPU the engine of choice."""

from __future__ import annotations

from collections.abc import Generator, Sequence
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
from agent.dialogue.text.control import WELL_KNOWN, looks_like_markup
from agent.dialogue.text.encoder import Encoder
from agent.dialogue.text.template import ChatTemplate
from agent.engines.hardware import Hardware, gpu_room
from agent.types import Message
from perception.conversion import FOLDER
from perception.messages import notice
from perception.types import UserError

_ENDS = (
    "<|im_end|>",
    "<|endoftext|>",
    "<|eot_id|>",
    "<|eom_id|>",
    "<|end_of_text|>",
    "<end_of_turn>",
    "<turn|>",
    "<|end|>",
    "<|return|>",
    "</s>",
    "<eos>",
    "<|END_OF_TURN_TOKEN|>",
)
"""Ends of a turn, for files that name only one of theirs."""


class LocalDialogue:
    """A transformers model with its own decode loop; see `agent.dialogue.Dialogue`."""

    def __init__(
        self,
        model: Path,
        device: str,
        threads: int,
        *,
        context: int,
        static: bool,
        adapter: Path | None,
    ) -> None:
        import torch

        from agent.dialogue.transformer import weights
        from agent.dialogue.transformer.decoder import Decoder

        self.device = _device(device)
        if threads and self.device == "cpu":
            torch.set_num_threads(threads)
        name = weights.source(model)
        loaded, tokenizer, numbers = weights.place(name, self.device, adapter)
        unpacked = Path(name).parent.name == FOLDER
        self.name = Path(name).parents[1].name if unpacked else Path(name).name
        longest: int = loaded.config.get_text_config().max_position_embeddings
        self.context = min(context, longest)
        self._tokenizer = tokenizer.backend_tokenizer
        control = control_tokens(tokenizer)
        self.control_tokens = frozenset(control)
        self._ends = _ends(loaded, control)
        self._encoder = encoder(tokenizer)
        self._decoder = Decoder(loaded, self.context, static or self.device == "cuda")
        cache = "static cache" if self._decoder.static else "growing cache"
        self.reason = f"transformers on {self.device}, {numbers}, {cache}."

    def ids(self, messages: Sequence[Message], answer: bool = True) -> list[int]:
        """The token ids of a prompt; `answer` opens the assistant's next message."""
        return self._encoder.ids(messages, answer)

    def generate(self, messages: Sequence[Message], sampling: Sampling) -> Generator[Token]:
        """The assistant's next message, token by token; probabilities are before temperature.

        UserError where the prompt does not fit, or a grammar is asked for: this engine has none.
        """
        if sampling.grammar:
            raise UserError(AgentCode.NO_GRAMMAR)
        prompt = self._encoder.fitting(messages, True, self.context)
        for _ in self._decoder.read(prompt):
            yield Token("", 1.0)
        ids: list[int] = []
        texts: list[str] = []
        for token in self._answer(sampling, min(sampling.most_tokens, self._room(prompt)), ids):
            texts.append(token.text)
            yield token
        if self._tokenizer.decode(ids) == "".join(texts):
            self._encoder.remember(messages, "".join(texts), ids)

    def prefill(self, messages: Sequence[Message], growing: bool = False) -> Generator[None]:
        """Read these messages into the cache, without an answer."""
        yield from self._decoder.read(self._encoder.fitting(messages, False, self.context))

    def log_probability(
        self, messages: Sequence[Message], words: str, after: str = ""
    ) -> Generator[None, None, float]:
        """The logarithm of the probability of `words` as the next ones of the answer."""
        total, ids = 0.0, list[int]()
        yield from self._decoder.read(self._encoder.fitting(messages, True, self.context))
        for id in self._encoder.text(words + after):
            if len(self._tokenizer.decode(ids)) >= len(words):
                break
            ids.append(id)
            logits = self._decoder.logits()
            total += float(logits[id] - logits.logsumexp(0))
            self._decoder.step(id)
            yield
        return total

    def count(self, text: str) -> int:
        """How many tokens `text` is."""
        return self._encoder.count(text)

    def close(self) -> None:
        """Free the model."""
        del self._decoder

    def _room(self, prompt: list[int]) -> int:
        return self.context - len(prompt)

    def _answer(self, sampling: Sampling, most: int, ids: list[int]) -> Generator[Token]:
        from tokenizers.decoders import DecodeStream

        from agent.dialogue.transformer.sampling import StopFilter, TokenSampler

        letters, stops = DecodeStream(skip_special_tokens=True), StopFilter(sampling.stop)
        chooser, probability = TokenSampler(sampling), 1.0
        for _ in range(most):
            id, probability = chooser.choose(self._decoder.logits())
            if id in self._ends:
                yield Token(stops.rest(), probability, "stop")
                return
            ids.append(id)
            if text := stops.release_text(letters.step(self._tokenizer, id) or ""):
                yield Token(text, probability)
            if stops.met:
                yield Token("", probability, "stop")
                return
            if len(ids) < most:
                self._decoder.step(id)
        yield Token(stops.rest(), probability, "length")


def load(
    model: Path,
    device: str = "auto",
    threads: int = 0,
    *,
    context: int = 4096,
    static: bool = False,
    adapter: Path | None = None,
) -> LocalDialogue:
    """The model in `model`: a folder with safetensors, a GGUF file or its folder, a hub name.

    `device` is auto, cpu, cuda or mps; `static` asks for the static cache also on a CPU, where
    it does not pay; `adapter` is a LoRA folder of peft. UserError where the model cannot be had
    or does not fit.
    """
    return LocalDialogue(model, device, threads, context=context, static=static, adapter=adapter)


def _device(wanted: str) -> str:
    import torch

    if wanted == "cpu":
        return "cpu"
    if torch.cuda.is_available():
        return "cuda"
    if wanted == "cuda":
        raise UserError(AgentCode.TORCH_SEES_NO_GPU)
    return "mps" if torch.backends.mps.is_available() else "cpu"


def control_tokens(tokenizer: Any) -> dict[str, int]:
    """The control tokens of a transformers tokenizer: their ids by spelling."""
    added = tokenizer.added_tokens_decoder.items()
    vocabulary: dict[str, int] = tokenizer.get_vocab()
    known = {text: vocabulary[text] for text in WELL_KNOWN & vocabulary.keys()}
    return known | {
        str(token.content): id
        for id, token in added
        if token.special or looks_like_markup(token.content)
    }


def _ends(model: Any, control: dict[str, int]) -> frozenset[int]:
    told = model.generation_config.eos_token_id
    ids = told if isinstance(told, list) else [] if told is None else [told]
    return frozenset(ids) | {control[end] for end in _ENDS if end in control}


def encoder(tokenizer: Any) -> Encoder:
    """What turns messages into the ids that this tokenizer's model was made for.

    UserError where it has no chat template.
    """
    control = control_tokens(tokenizer)
    if not tokenizer.chat_template:
        raise UserError(AgentCode.NOT_A_CHAT_MODEL)
    names = {"bos_token": tokenizer.bos_token or "", "eos_token": tokenizer.eos_token or ""}
    template = ChatTemplate(str(tokenizer.chat_template), frozenset(control), names)
    backend = tokenizer.backend_tokenizer

    def tokenize(text: str) -> Sequence[int]:
        ids: list[int] = backend.encode(text, add_special_tokens=False).ids
        return ids

    return Encoder(template, tokenize, control, _bos(tokenizer))


def _bos(tokenizer: Any) -> int | None:
    """The id that the tokenizer itself puts first, if it is that of its beginning."""
    first = tokenizer("x").input_ids[:1]
    return tokenizer.bos_token_id if first == [tokenizer.bos_token_id] else None


def _fits(hardware: Hardware, wanted: Wanted) -> Fit | None:
    if wanted.llama_only and not wanted.named:
        return None
    on_gpu, card = gpu_room(hardware, wanted.size)
    device = "cuda" if on_gpu else "cpu"
    if wanted.named or not wanted.size:
        why = (
            notice(AgentCode.TRANSFORMERS_CHOSEN)
            if wanted.named
            else notice(AgentCode.NOT_A_GGUF_FILE)
        )
        if on_gpu:
            return Fit(device, notice(AgentCode.RUNS_TRANSFORMERS_GPU, why=why, card=card))
        return Fit(
            device,
            notice(
                AgentCode.RUNS_TRANSFORMERS_CPU,
                why=why,
                hardware=hardware.on_cpu(wanted.threads),
                card=card,
            ),
        )
    return Fit(device, notice(AgentCode.RUNS_TRANSFORMERS, card=card), 2) if on_gpu else None


def _load(source: DialogueSource) -> LocalDialogue:
    model = source.place or Path(source.model)
    return load(model, source.device, source.threads, adapter=source.adapter)


ENGINE = DialogueEngine("local", "PyTorch", _fits, _load, adapter="", takes_folders=True)
