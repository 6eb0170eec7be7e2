"""No foreign text commands the terminal: a pty and a pipe, and every way to print."""

from __future__ import annotations

import io
import json
import os
import pty
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from agent.training.chat.sources import read
from desktop.cli.terminal_text import (
    Marked,
    json_text,
    marked,
    one_line,
)
from perception.types import UserError
from tests.faults.conftest import Record, Tries
from tests.faults.hostile_terminal import HOSTILE

ROOT = str(Path(__file__).parents[2])
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ud800-\udfff]"
)
NAME = os.fsdecode(b"\xff\x1b]0;x\x07\b\r\xc2\x9b31m\xe2\x80\xae[bold]\n.x")
"""A file name with everything in it, and a byte that is no text."""
_BY_NAME = (
    ("ask", "hi", "--look", NAME),
    ("ask", "hi", "--model", NAME),
    ("train", "switch", NAME),
    ("models", "verify", NAME),
    (NAME,),
    ("bench", NAME),
    ("ask", "--listen", NAME),
    ("ask", "hi", "--speak", f"{NAME}/a.wav"),
    ("ask", "hi", "--profile", NAME),
    ("ask", "hi", "--engine", NAME),
    ("ask", NAME),
    ("chat", "--model", NAME),
    ("chat", "--profile", NAME),
    ("train", "prepare", NAME),
    ("train", "import", NAME),
    ("train", "voice", NAME, "--name", "x"),
    ("train", "export", NAME, NAME),
    ("models", "bundle", "/dev/null/x", NAME),
    ("bench", "turn", NAME),
    ("ask", "hi", f"--{NAME}"),
)


def _start(words: Sequence[str], module: str, **streams: int) -> subprocess.Popen[bytes]:
    env = {**os.environ, "PYTHONPATH": ROOT, "TERM": "xterm-256color"}
    command = [sys.executable, "-m", module, *words]
    return subprocess.Popen(command, env=env, **streams)  # type: ignore[call-overload,no-any-return]


def through_pipe(words: Sequence[str], module: str, given: bytes = b"") -> tuple[int, str, str]:
    """Exit code, standard output and standard error, as they arrive."""
    pipe = subprocess.PIPE
    with _start(words, module, stdin=pipe, stdout=pipe, stderr=pipe) as child:
        out, err = child.communicate(given, timeout=120)
    return child.returncode, out.decode(), err.decode()


def through_pty(words: Sequence[str], module: str) -> str:
    """What arrives at a terminal; the terminal's own CR LF is made LF again."""
    ours, theirs = pty.openpty()
    with _start(words, module, stdin=subprocess.DEVNULL, stdout=theirs, stderr=theirs) as child:
        os.close(theirs)
        data = b""
        while piece := _piece(ours):
            data += piece
        child.wait(timeout=60)
    os.close(ours)
    return data.decode().replace("\r\n", "\n")


def _piece(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4096)
    except OSError:  # How Linux tells that the other end is closed.
        return b""


def _looked(folder: Path) -> str:
    picture = folder / "seen.png"
    dots = np.random.default_rng(0).integers(0, 255, (200, 300, 3), np.uint8)
    Image.fromarray(dots).save(picture)
    return str(picture)


def test_a_hostile_answer_on_a_terminal_and_in_a_pipe(tmp_path: Path, record: Record) -> None:
    module, look = "tests.faults.hostile_terminal", _looked(tmp_path)
    code, out, err = through_pipe(("ask", "hi", "--look", look), module)
    told = [out, err, through_pty(("ask", "hi", "--look", look), module)]
    chat = f"/look {look}\nhi\n/why\n/look /none{HOSTILE[:30]}\n/quit\n".encode()
    told += through_pipe(("chat",), module, chat)[1:]
    assert code == 0
    for text in (out, told[2], told[3]):
        assert "␛]0;owned␇" in text and "⟨U+202E⟩evil" in text and "[bold red]not markup" in text
    lost = sum(bool(FORBIDDEN.search(text)) for text in told)
    record("hostile answers and evidence in a terminal", len(told), lost, "shown as marks")


def test_json_loses_nothing(tmp_path: Path) -> None:
    module = "tests.faults.hostile_terminal"
    code, out, _ = through_pipe(("ask", "hi", "--json", "--look", _looked(tmp_path)), module)
    told = json.loads(out)
    assert code == 0 and not FORBIDDEN.search(out)
    assert "\x1b]0;owned\x07" in told["reply"]["text"] and "\u202eevil" in told["reply"]["text"]
    assert "\x9b31m" in told["scene"]["texts"][0]["label"]


@pytest.mark.parametrize(("act", "times"), [("everything", 19), ("refuse", 2)])
def test_every_way_to_print(act: str, times: int) -> None:
    """`talk`, `train`, the log, an error that nobody expected, and a refusal."""
    told = (*through_pipe((act,), "tests.faults.hostile_terminal")[1:],)
    screen = through_pty((act,), "tests.faults.hostile_terminal")
    own = screen.replace("\r\x1b[K", "")  # `talk` wipes its status line.
    assert "".join(told).count("␛]0;owned␇") >= times and own.count("␛]0;owned␇") >= times
    assert [FORBIDDEN.findall(text) for text in (*told, own)] == [[]] * 3
    assert own.count("[bold red]not markup[/] :boom:") >= times


def test_a_bar_sends_only_its_own() -> None:
    screen = through_pty(("bar",), "tests.faults.hostile_terminal")
    assert "␛]0;owned␇" in screen
    assert not FORBIDDEN.search(_without_a_bar(screen))
    assert "\x1b[2J" not in screen and "31;5m" not in screen.replace("␛[31;5m", "")


def _without_a_bar(screen: str) -> str:
    """Colours, moves and the like, which are a bar's own; none of a title or a clipboard."""
    return re.sub("\x1b\\[[0-9;?]*[A-Za-z]|\r", "", screen)


def test_hostile_names_on_the_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tries: Tries, record: Record
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CANDOR_MODELS", str(tmp_path))
    tried = _BY_NAME[: tries(3, len(_BY_NAME))]
    lost = 0
    for words in tried:
        code, out, err = through_pipe(words, "desktop.cli.main")
        assert code in (1, 2) and "Traceback" not in err, (words, err)
        assert len(err.strip().splitlines()) == 2 or "usage:" in err, (words, err)
        screen = through_pty(words, "desktop.cli.main")
        screen = _without_a_bar(screen) if words[0] == "models" else screen
        lost += sum(bool(FORBIDDEN.search(text)) for text in (out + err, screen))
    record("hostile names on the command line", 2 * len(tried), lost, "one sentence each, as marks")


def test_a_bad_byte_on_standard_input(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, record: Record
) -> None:
    monkeypatch.setenv("CANDOR_MODELS", str(tmp_path))
    tried = (("ask", "-"), ("chat",), ("ask", "-", "--json"))
    for words in tried:
        code, _, err = through_pipe(words, "desktop.cli.main", b"hello \xff\x80 \n")
        assert code == 1 and err.startswith("Standard input is not text.\n")
        assert len(err.strip().splitlines()) == 2
    record("bytes that are no text on standard input", len(tried), 0, "Standard input is not text.")


def test_training_data_that_is_no_text(tmp_path: Path, record: Record) -> None:
    said = {'{"question": "a", "answer": "\\ud800"}': "is not text", "[" * 100_000: "too deep"}
    for line, words in said.items():
        (tmp_path / "a.jsonl").write_text(line, encoding="ascii")
        with pytest.raises(UserError, match=words):
            read(tmp_path / "a.jsonl")
    whole = '{"question": "a", "answer": "\\ud83d\\ude00"}'
    (tmp_path / "a.jsonl").write_text(whole, encoding="ascii")
    assert read(tmp_path / "a.jsonl")[0][0].messages[1].text == "😀"
    record("training data that is no text, or nested too deep", len(said), 0, "one sentence each")


def test_marks() -> None:
    assert marked("a\x1b[0m\x07\x08\x7f\x00\r\x9b") == "a␛[0m␇␈␡␀␍⟨U+009B⟩"
    assert marked("a\r\nb\n\tc") == "a\nb\n\tc"
    assert one_line("a\nb\tc\r") == "a␊b␉c␍"
    assert marked("\udcff\ud800") == "⟨FF⟩⟨U+D800⟩"
    plain = "Grüße 你好 👩‍🚀 עברית العربية café\n"
    assert marked(plain) == plain
    assert json.loads(json_text({"a": "\x1b\x9b\u202e\udcff"})) == {"a": "\x1b\x9b\u202e⟨FF⟩"}


def test_random_text_is_never_a_command(tries: Tries, record: Record) -> None:
    dice, count, lost = np.random.default_rng(0), tries(500, 20_000), 0
    ranges = ((0, 0x100), (0x2000, 0x2070), (0xD800, 0xE000), (0x20, 0x110000))
    for _ in range(count):
        low, high = ranges[dice.integers(len(ranges))]
        text = "".join(map(chr, dice.integers(low, high, 40)))
        out = io.StringIO()
        Marked(out).write(text)
        value = json.loads(json_text([text]))[0]
        kept = value == text or 0xD800 <= low < 0xE000 or re.search("[\ud800-\udfff]", text)
        lost += bool(FORBIDDEN.search(out.getvalue() + one_line(text))) or not kept
    record("random text to a terminal", count, lost, "shown as marks; JSON keeps it whole")
