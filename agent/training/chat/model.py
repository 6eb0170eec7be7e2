"""A causal chat model with the part of it that learns: LoRA matrices, or all its weights."""

from __future__ import annotations

import copy
import warnings
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

import torch

from agent.codes import AgentCode
from agent.dialogue.local import control_tokens, encoder
from agent.dialogue.transformer import weights
from agent.training.chat.examples import EncodedExample
from agent.training.core.tuning import Tuning
from perception.types import UserError

_PADDED = 0
_CLOSE = 0.05
"""How far apart the scores of both paths may be, in shares of their spread: bfloat16's doing."""


class ChatModel:
    """`base` is a folder with safetensors, a GGUF file (unpacked once) or a name on the hub.

    Shapes: rows are padded on the right to (rows, longest); causal attention never looks there.
    UserError where the model cannot be had, or its kind cannot be tuned as asked.
    """

    def __init__(self, base: Path, tuning: Tuning, device: str = "cpu") -> None:
        from transformers import AutoTokenizer

        torch.manual_seed(tuning.seed)
        self.tuning, self.device = tuning, device
        self.folder = weights.source(base)
        self._model: Any = _load(self.folder, tuning, device)
        tokenizer = AutoTokenizer.from_pretrained(self.folder)
        self.encoder = encoder(tokenizer)
        self.ends = frozenset(control_tokens(tokenizer).values())
        inner = self._model.get_decoder()
        self.layers = len(inner.layers)
        self._first = max(0, self.layers - tuning.layers) if tuning.layers else 0
        self.peft: Any = None
        if tuning.kind == "lora":
            self.peft = _with_lora(self._model, tuning, range(self._first, self.layers))
        if tuning.checkpointing:
            self._model.activation_checkpointing_enable({"use_reentrant": False})
        self.split = bool(self._first) and tuning.cached and tuning.kind == "lora"
        self._lower = _part(inner, 0, self._first, last=False)
        upper = _part(inner, self._first, self.layers, last=True)
        self._upper = _whole(self._model, inner, upper)
        self.width: int = self._model.config.get_text_config().hidden_size

    def parameters(self) -> dict[str, torch.nn.Parameter]:
        """What learns, by name."""
        return {n: p for n, p in self._model.named_parameters() if p.requires_grad}

    def training(self, on: bool) -> None:
        """Switch dropout on or off."""
        self._model.train(on)

    def lower(self, ids: Sequence[int]) -> torch.Tensor:
        """What the layers below the first learning one make of a row, shape (tokens, width)."""
        with torch.no_grad():
            tokens = torch.tensor([list(ids)], device=self.device)
            states: torch.Tensor = self._lower(input_ids=tokens, use_cache=False).last_hidden_state
        return states[0]

    def scores(
        self, rows: Sequence[EncodedExample], states: Sequence[torch.Tensor] = ()
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Scores of each learned id, shape (learned, vocabulary), and these ids, (learned,).

        `states` are those of `lower` for the same rows; without them the whole model runs.
        """
        longest = max(len(row.ids) for row in rows)
        ids = torch.full((len(rows), longest), _PADDED)
        wanted = torch.zeros((len(rows), longest), dtype=torch.bool)
        for place, row in enumerate(rows):
            ids[place, : len(row.ids)] = torch.tensor(row.ids)
            wanted[place, : len(row.ids)] = torch.tensor(row.learned)
        ids, wanted = ids.to(self.device), wanted.to(self.device)
        targets, before = ids[:, 1:], wanted[:, 1:]
        places = before.any(0).nonzero()[:, 0]
        logits = self._run(ids, states, places)
        picked = before[:, places]
        return logits[picked], targets[:, places][picked]

    @torch.no_grad()
    def losses(self, rows: Sequence[EncodedExample]) -> list[float]:
        """The mean cross-entropy of each row's learned ids; their common beginning is read once."""
        from transformers import DynamicCache

        columns = zip(*(row.ids for row in rows), strict=False)
        shared = next((n for n, ids in enumerate(columns) if len(set(ids)) > 1), 1)
        beginning = DynamicCache(config=self._model.config)
        first = torch.tensor([rows[0].ids[:shared]], device=self.device)
        self._model(first, past_key_values=beginning, use_cache=True, logits_to_keep=1)
        found = []
        for row in rows:
            rest = torch.tensor([row.ids[shared:]], device=self.device)
            cache = copy.deepcopy(beginning)
            logits = self._model(rest, past_key_values=cache, use_cache=True).logits[0, :-1]
            learned = torch.tensor(row.learned[shared + 1 :], device=self.device)
            targets = rest[0, 1:][learned]
            loss = torch.nn.functional.cross_entropy(logits[learned].float(), targets)
            found.append(float(loss))
        return found

    def _run(
        self, ids: torch.Tensor, states: Sequence[torch.Tensor], places: torch.Tensor
    ) -> torch.Tensor:
        if states:
            padded = torch.nn.utils.rnn.pad_sequence(list(states), batch_first=True)
            given = {"inputs_embeds": padded.to(self.device, self._model.dtype)}
            run = self._upper
        else:
            given, run = {"input_ids": ids}, self._model
        logits: torch.Tensor = run(**given, use_cache=False, logits_to_keep=places).logits
        return logits

    def check_split(self, row: EncodedExample) -> None:
        """UserError unless lower and upper layers, run apart, say the same as the whole model."""
        with torch.no_grad():
            whole = self.scores([row])[0].float()
            apart = self.scores([row], [self.lower(row.ids)])[0].float()
        if (whole - apart).abs().mean() > _CLOSE * whole.std():
            raise UserError(AgentCode.LAYERS_NOT_APART)

    def load_adapter(self, folder: Path) -> None:
        """Take the LoRA matrices of `folder`; UserError where they are not of this shape."""
        from peft import set_peft_model_state_dict
        from safetensors.torch import load_file

        try:
            kept = load_file(folder / "adapter_model.safetensors")
            result: Any = set_peft_model_state_dict(self.peft, kept)
            missing = [key for key in result.missing_keys if "lora_" in key]
        except (RuntimeError, OSError, ValueError) as error:
            raise UserError(
                AgentCode.START_ADAPTER_DOES_NOT_FIT,
                folder=folder,
                reason=str(error).splitlines()[0],
            ) from error
        if missing or result.unexpected_keys:
            raise UserError(AgentCode.START_ADAPTER_DIFFERS, folder=folder)

    def without_adapter(self) -> AbstractContextManager[None]:
        """The base alone, while it lasts."""
        if self.peft is None:
            return nullcontext()
        off: AbstractContextManager[None] = self.peft.disable_adapter()
        return off

    def widen(self) -> None:
        """Keep what learns in float32, so that the best weights are taken as they were."""
        for parameter in self.parameters().values():
            parameter.data = parameter.data.float()

    def save_adapter(self, folder: Path) -> None:
        """Write the LoRA matrices as peft does, in float16; the model is of no more use then."""
        for parameter in self.parameters().values():
            parameter.data = parameter.data.half()
        self.peft.save_pretrained(str(folder))
        (folder / "README.md").unlink(missing_ok=True)

    def save_whole(self, folder: Path) -> None:
        """Write the whole model, in bfloat16, with its tokenizer."""
        from transformers import AutoTokenizer

        copied = copy.deepcopy(self._model).to(torch.bfloat16)
        copied.save_pretrained(folder)
        AutoTokenizer.from_pretrained(self.folder).save_pretrained(folder)


def _load(folder: str, tuning: Tuning, device: str) -> Any:
    from transformers import AutoModelForCausalLM

    weights.silence()
    try:
        model: Any = AutoModelForCausalLM.from_pretrained(
            folder,
            dtype=getattr(torch, tuning.dtype) if tuning.kind == "lora" else torch.float32,
            use_safetensors=True,
            attn_implementation="sdpa",
        )
        model = model.to(device)
    except (torch.OutOfMemoryError, MemoryError) as error:
        raise UserError(AgentCode.TRAINING_DOES_NOT_FIT, folder=folder, device=device) from error
    except (OSError, ValueError, KeyError) as error:
        raise UserError(
            AgentCode.MODEL_NOT_LOADED, name=folder, reason=str(error).splitlines()[0]
        ) from error
    return model.requires_grad_(tuning.kind == "full")


def _with_lora(model: Any, tuning: Tuning, layers: range) -> Any:
    """Adds matrices in the base's own numbers: mixed with others a step takes thrice as long."""
    from peft import LoraConfig, get_peft_model

    names = {
        name.rsplit(".", 1)[-1]
        for name, module in model.get_decoder().layers[0].named_modules()
        if isinstance(module, torch.nn.Linear)
    }
    unknown = set(tuning.parts) - names
    if unknown:
        raise UserError(
            AgentCode.TRAINING_PART_UNKNOWN,
            part=", ".join(sorted(unknown)),
            names=", ".join(sorted(names)),
        )
    config = LoraConfig(
        r=tuning.rank,
        lora_alpha=int(tuning.alpha),
        lora_dropout=tuning.dropout,
        target_modules=sorted(tuning.parts or names),
        layers_to_transform=list(layers),
        task_type="CAUSAL_LM",
    )
    with warnings.catch_warnings():  # peft calls what transformers has renamed.
        warnings.simplefilter("ignore")
        return get_peft_model(model, config, autocast_adapter_dtype=tuning.dtype == "float16")


def _part(inner: Any, first: int, end: int, *, last: bool) -> Any:
    """The decoder with some of its layers, sharing all weights; only the last part has a norm."""
    part = copy.copy(inner)
    part._modules = dict(inner._modules)
    part.layers = torch.nn.ModuleList(inner.layers[first:end])
    if not last:
        part.norm = torch.nn.Identity()
    return part


def _whole(model: Any, inner: Any, other: Any) -> Any:
    """The causal model with `other` in place of its decoder `inner`."""
    whole = copy.copy(model)
    whole._modules = {
        name: other if module is inner else module for name, module in model._modules.items()
    }
    return whole
