import random
from collections.abc import Callable
from pathlib import Path

import pytest

from agent.dialogue import gguf
from agent.dialogue.llama import gguf_header
from perception.types import UserError


@pytest.fixture(scope="module")
def data(models: Callable[[str], Path]) -> bytes:
    return (models("smollm2-135m-instruct") / "model.gguf").read_bytes()


def test_what_the_header_says(models: Callable[[str], Path]) -> None:
    header = gguf_header.read(models("qwen2.5-coder-1.5b-instruct") / "model.gguf")
    assert header.architecture == "qwen2"
    assert header.context == 32768
    assert header.cache_bytes == 28 * 1024
    assert header.control["<|im_end|>"] == 151645
    assert header.control["<tool_call>"] == 151657, "a user-defined token is one too"
    assert header.bos is None


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="is not there") as caught:
        gguf.load(tmp_path)
    assert "candor models get" in caught.value.hint


@pytest.mark.parametrize("length", [0, 3, 4, 23, 24, 1000, 100_000, 3_000_000, 98_000_000])
def test_a_file_cut_short_never_reaches_llama(tmp_path: Path, data: bytes, length: int) -> None:
    file = tmp_path / "model.gguf"
    file.write_bytes(data[:length])
    with pytest.raises(UserError, match="damaged"):
        gguf.load(tmp_path)


@pytest.mark.parametrize("seed", range(10))
def test_a_garbled_header_never_reaches_llama(tmp_path: Path, data: bytes, seed: int) -> None:
    chance = random.Random(seed)
    garbled = bytearray(data[:4_000_000])
    start = chance.randrange(4, 500_000)
    garbled[start : start + 400] = chance.randbytes(400)
    file = tmp_path / "model.gguf"
    file.write_bytes(bytes(garbled) + data[4_000_000:])
    with pytest.raises(UserError, match="damaged"):
        gguf_header.read(file)


def test_another_kind_of_file(tmp_path: Path) -> None:
    file = tmp_path / "model.gguf"
    file.write_bytes(b"PK\x03\x04" + bytes(100))
    with pytest.raises(UserError, match="not a GGUF model"):
        gguf_header.read(file)
