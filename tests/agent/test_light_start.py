"""What answers on a CPU starts without the libraries that train and convert."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

_LOADS = """
import sys
from pathlib import Path
from perception.startup import start_private
start_private()
from agent.dialogue import Sampling, gguf
from agent.types import Message
from agent.voice.hibari import Hibari
from perception.hearing import whisper
from perception.seeing.eyes import VisionPipeline
from safety.guard import load_guard

home = Path(sys.argv[1])
hearing = whisper.load(home / "whisper-base", "cpu", 2)
voice = Hibari(2)
assert list(voice.speak("Hello."))
guard = load_guard(None, home / "minilm")
eyes = VisionPipeline(home / "centerface", home / "efficientnet-lite0", 2)
dialogue = gguf.load(home / "smollm2-135m-instruct", "cpu", context=256)
assert list(dialogue.generate([Message("user", "Hi")], Sampling(most_tokens=2)))
dialogue.close()
heavy = {"torch", "onnx", "transformers"} & set(sys.modules)
assert not heavy, heavy
"""


def test_the_mind_on_a_cpu_imports_neither_torch_nor_onnx(models: Callable[[str], Path]) -> None:
    home = models("whisper-base").parent
    words = [sys.executable, "-c", _LOADS, str(home)]
    done = subprocess.run(words, check=False, capture_output=True, text=True, timeout=240)
    assert done.returncode == 0, done.stderr[-3000:]
