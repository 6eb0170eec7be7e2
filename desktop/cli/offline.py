"""Proof that a run of Candor talks to nobody, by the strongest means that this computer allows.

A network namespace in which every name and every address is answered by a small server of ours,
so that an attempt shows and not only a success; where none can be made, strace; where there is
none either, an audit hook of Python beside the system's list of sockets.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from desktop.cli.proof import namespace, trace, watch
from desktop.cli.proof.types import Proof
from perception.leftovers import owned_prefix

Prover = Callable[[Sequence[str], Path, float], Proof | None]
WAYS: tuple[Prover, ...] = (namespace.prove, trace.prove, watch.prove)
"""From the strongest; each gives None where this computer does not allow it."""


def prove(command: Sequence[str], timeout: float = 300.0, ways: Sequence[Prover] = WAYS) -> Proof:
    """Run a command to its end and tell whom it tried to reach.

    subprocess.TimeoutExpired if it takes too long. Its Python processes must honour PYTHONPATH
    (no -I, no -E). RuntimeError where no way is left.
    """
    with tempfile.TemporaryDirectory(prefix=owned_prefix()) as name:
        for number, way in enumerate(ways):
            folder = Path(name) / str(number)
            folder.mkdir()
            if (proof := way(command, folder, timeout)) is not None:
                return proof
    raise RuntimeError("No way to prove anything is left.")


def turns(folder: Path, *more: str) -> Iterator[tuple[str, ...]]:
    """The commands of the whole of Candor with the user's own models, kept out of the history.

    A typed turn; one that hears a question, looks at a picture and speaks, whose files are made in
    `folder`; and mind and ears at rest for a while. `more` are further words for `candor ask`.
    """
    from desktop.cli.proof.samples import picture, question

    ask = (sys.executable, "-m", "desktop", "ask", "--private", "--json", *more)
    yield (*ask, "How many legs has a spider?")
    heard, seen = question(folder), picture(folder)
    spoken = folder / "answer.wav"
    yield (*ask, "--listen", str(heard), "--look", str(seen), "--speak", str(spoken))
    yield (sys.executable, "-m", "desktop.cli.proof.idle")
