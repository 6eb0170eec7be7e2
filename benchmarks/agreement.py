"""Do llama.cpp and transformers choose the same words with the same adapter?

llama.cpp answers held-out questions greedily with the GGUF adapter; transformers, on the same
weights unpacked, is shown each answer and says which word it would have chosen at each place.
`--adapter` is a folder with both forms: adapter_model.safetensors and adapter.gguf.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from agent.dialogue import Sampling, gguf
from agent.training.shipped.compose import messages
from agent.training.shipped.held_out import call_examples, page_examples, scene_examples
from agent.types import Message
from benchmarks.forgetting import base
from desktop.cli.terminal_text import console
from perception.types import UserError

_TOKENS = 500
_MOST = 60


def run_bench(
    files: Sequence[Path], as_json: bool, limit: int = 0, model: str = "", adapter: str = ""
) -> int:
    """Print the share, or one JSON object. `limit` is the number of tokens."""
    from benchmarks.parts.tuned_weights import TunedWeights

    file = Path(adapter) / "adapter.gguf"
    if files or not file.is_file():
        raise UserError.plain(
            f"There is no {file.name} in {adapter or 'nothing'}, or a data file was named.",
            "Name the folder of an adapter in both forms: --adapter FOLDER",
        )
    asked = [item for three in zip(scene_examples(200), page_examples(200), call_examples(200),
                                   strict=False) for item in three]  # fmt: skip
    pairs = _answers(base(model), file, [messages(item)[:-1] for item in asked], limit or _TOKENS)
    weights = TunedWeights(base(model), Path(adapter))
    same = total = 0
    for whole, start in pairs:
        ids = whole[: _end(whole, start, weights.ends)]
        chosen = weights.choices(ids, start)
        same += sum(a == b for a, b in zip(chosen, ids[start:], strict=True))
        total += len(chosen)
    result = {"tokens": total, "same": same / max(1, total)}
    if as_json:
        print(json.dumps(result))
    else:
        console().print(f"the same choice for {result['same']:.1%} of {total} tokens")
    return 0


def _answers(
    model: Path, adapter: Path, prompts: Sequence[Sequence[Message]], tokens: int
) -> list[tuple[list[int], int]]:
    """Ids of prompt and answer, and where the answer begins, for about so many tokens."""
    dialogue = gguf.load(model, "cpu", adapter=adapter)
    made = list[tuple[list[int], int]]()
    try:
        for prompt in prompts:
            if sum(len(ids) - start for ids, start in made) >= tokens:
                break
            start = len(dialogue.ids(prompt))
            sampling = Sampling(_MOST)
            text = "".join(token.text for token in dialogue.generate(prompt, sampling))
            whole = dialogue.ids([*prompt, Message("assistant", text)], answer=False)
            made.append((whole, start))
    finally:
        dialogue.close()
    return made


def _end(ids: Sequence[int], start: int, ends: frozenset[int]) -> int:
    return next((place for place in range(start, len(ids)) if ids[place] in ends), len(ids))
