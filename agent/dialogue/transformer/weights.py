"""Weights for transformers: found, dequantised once where they are GGUF, and placed."""

from __future__ import annotations

import logging
import shutil
import warnings
from pathlib import Path
from typing import Any

import torch

from perception.regular_file import check_regular
from perception.types import UserError

_log = logging.getLogger("candor.dialogue")
_UNPACKED = 4
"""Free disk asked for, in sizes of the GGUF file: 4 bits become 16."""
_SMALL = 600_000_000
"""Below so many weights, 8-bit integers are twice as fast as bf16 on a CPU, and cost little."""


def source(model: Path) -> str:
    """A folder with safetensors, or a name on the hub, for `model`.

    A GGUF file is converted once into `converted/` beside it. UserError where that cannot be.
    """
    if (model / "config.json").is_file():
        for file in model.iterdir():
            if not file.is_dir():
                # A pipe among them would be waited for, without end.
                check_regular(file)
        return str(model)
    files = [model] if model.suffix == ".gguf" else sorted(model.glob("*.gguf"))
    if files:
        return str(_converted(files[0]))
    if model.exists() or model.is_absolute():
        raise UserError(
            f"{model} holds no model.", "Name a folder with config.json, or a GGUF file."
        )
    return model.as_posix()


def _converted(file: Path) -> Path:
    done = file.parent / "converted"
    if (done / "config.json").is_file():
        return done
    draft = file.parent / "converted.part"
    try:
        needed = file.stat().st_size * _UNPACKED
        if shutil.disk_usage(file.parent).free < needed:
            raise UserError(
                f"Unpacking {file.name} needs {needed / 1e9:.1f} GB of disk.",
                "Free some space, or use the engine gguf, which needs none.",
            )
        shutil.rmtree(draft, ignore_errors=True)
        _log.info("unpacking %s once; this takes a minute", file)
        _convert(file, draft)
        draft.rename(done)
    except (OSError, ValueError, KeyError) as error:
        raise UserError(
            f"{file} cannot be unpacked: {error}.",
            "Run candor models verify, or use the engine gguf.",
        ) from error
    return done


def _convert(file: Path, folder: Path) -> None:
    from transformers import AutoModelForCausalLM, AutoTokenizer, GgufConfig

    silence()
    names = {"pretrained_model_name_or_path": str(file.parent), "gguf_file": file.name}
    unpack = GgufConfig(dequantize=True)
    model = AutoModelForCausalLM.from_pretrained(
        **names, quantization_config=unpack, dtype=torch.bfloat16
    )
    model.save_pretrained(folder)
    AutoTokenizer.from_pretrained(**names).save_pretrained(folder)


def place(name: str, device: str, adapter: Path | None = None) -> tuple[Any, Any, str]:
    """Model, tokenizer and the numbers that it computes in; `adapter` is a LoRA folder of peft.

    UserError where they are not there.
    """
    from safetensors import SafetensorError
    from transformers import AutoTokenizer

    silence()
    try:
        tokenizer = AutoTokenizer.from_pretrained(name)
        model = _whole(name)
        model = model.eval().requires_grad_(False)
        if device == "cpu" and model.num_parameters() < _SMALL:
            model = model.float()
            model = _adapted(model, adapter).merge_and_unload() if adapter else model
            return _eight_bits(model), tokenizer, "8-bit integers"
        if adapter:
            # Merged into bfloat16 weights, much of a small change would be rounded away.
            model = _adapted(model, adapter).get_base_model()
        return model.to(device), tokenizer, "bf16"
    except (torch.OutOfMemoryError, MemoryError) as error:
        raise UserError(
            f"{name} does not fit into the memory of {device}.",
            "Close other programs, or choose a smaller model.",
        ) from error
    except (
        SafetensorError, RuntimeError, OSError, ValueError, LookupError, TypeError,
        AttributeError, ArithmeticError, ImportError,
    ) as error:  # fmt: skip
        reason = next(iter(str(error).splitlines()), type(error).__name__)
        raise UserError(
            f"The model {name} cannot be loaded: {reason[:300]}",
            "Check its name, the network, or run candor models verify.",
        ) from error


def _whole(name: str) -> Any:
    """The model; ValueError where weights are missing, which would be filled at random."""
    from transformers import AutoModelForCausalLM

    model: Any
    found: Any
    load: Any = AutoModelForCausalLM.from_pretrained
    model, found = load(
        name,
        dtype=torch.bfloat16,
        use_safetensors=True,
        attn_implementation="sdpa",
        output_loading_info=True,
    )
    if lacking := [*found["missing_keys"], *found["mismatched_keys"]]:
        raise ValueError(f"its weights are not whole, {sorted(map(str, lacking))[0]} is missing.")
    return model


def _adapted(model: Any, adapter: Path) -> Any:
    from peft import PeftModel
    from safetensors import SafetensorError

    try:
        with warnings.catch_warnings():  # peft calls what transformers has renamed.
            warnings.simplefilter("ignore")
            loaded: Any = PeftModel.from_pretrained(
                model, str(adapter), autocast_adapter_dtype=False, local_files_only=True
            )
        return loaded.eval()
    except (
        SafetensorError, RuntimeError, ValueError, KeyError, TypeError, OSError
    ) as error:  # fmt: skip
        raise UserError(
            f"The adapter {adapter.name} does not fit this model: {str(error).splitlines()[0]}",
            "Switch it off: candor train back",
        ) from error


def _eight_bits(model: Any) -> Any:
    from torch.ao import quantization

    with warnings.catch_warnings():  # torch announces a successor that is not in it yet.
        warnings.simplefilter("ignore")
        settings = {torch.nn.Linear: quantization.per_channel_dynamic_qconfig}
        quantize: Any = quantization.quantize_dynamic
        return quantize(model, settings, dtype=torch.qint8)


def silence() -> None:
    """No progress bars of transformers: they would write over ours."""
    import transformers

    bars: Any = transformers.utils.logging
    bars.disable_progress_bar()
