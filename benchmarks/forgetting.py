"""What does the adapter forget? Log-likelihood of ordinary answers, with it and without.

Files hold pairs, a JSON object a line: `messages` with the user's words and the answer, and
`source`. The prompt is the product's own. Needs --adapter, a folder as peft writes it. The ratio
is that of the mean log-likelihoods a token: 1.02 says that the adapter finds ordinary answers 2%
less likely than the base does, below 1 it likes them better.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from agent.models.store import open_store
from agent.training.chat.examples import row
from agent.training.shipped.compose import messages
from agent.training.shipped.data.rehearsal import read
from agent.training.shipped.packs import Pack, packs
from agent.training.shipped.types import Exchange
from benchmarks.parts.intervals import paired_bootstrap
from desktop.cli.terminal_text import console
from perception.types import UserError

_PACK = 1200


def run_bench(
    files: Sequence[Path], as_json: bool, limit: int = 0, model: str = "", adapter: str = ""
) -> int:
    """Print the figures, or one JSON object."""
    from benchmarks.parts.tuned_weights import TunedWeights

    if not adapter or not Path(adapter).is_dir():
        raise UserError.plain(
            "This bench compares with an adapter.", "Name its folder: --adapter FOLDER"
        )
    weights = TunedWeights(base(model), Path(adapter))
    examples = [Exchange("pair", "", a, b) for a, b, _ in read(files)][: limit or None]
    rows = [row(messages(example), weights.encoder, weights.ends) for example in examples]
    result = _compare(weights, packs(([one] for one in rows), _PACK))
    if as_json:
        print(json.dumps(result))
    else:
        for name, value in result.items():
            console().print(f"{name}: {value}", highlight=False)
    return 0


def base(model: str) -> Path:
    """The folder of a catalogue's model, or the path that was named."""
    store = open_store()
    name = model or "qwen2.5-coder-1.5b-instruct"
    known = any(entry.id == name for entry in store.catalog.model)
    return store.path(name) if known else Path(name).expanduser()


def _compare(weights: Any, trees: Sequence[Pack]) -> dict[str, Any]:
    sums = [(weights.loss(tree, False), weights.loss(tree, True), len(tree.targets))
            for tree in trees]  # fmt: skip
    tokens = sum(count for _, _, count in sums)
    found = paired_bootstrap(sums, lambda t: float(t[:, 1].sum() / t[:, 0].sum()))
    return {
        "tokens": tokens,
        "base": -sum(one for one, _, _ in sums) / max(1, tokens),
        "adapter": -sum(one for _, one, _ in sums) / max(1, tokens),
        "ratio": None if found is None else asdict(found),
    }
