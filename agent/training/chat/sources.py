"""Where a user's examples come from: a folder, JSON lines, CSV, or the consented history."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from agent.codes import AgentCode
from agent.memory.feedback import FeedbackStore
from agent.training.chat.examples import Example
from agent.types import Message
from perception.messages import Notice, notice
from perception.types import UserError

_KINDS = (".jsonl", ".json", ".csv", ".tsv", ".txt", ".md")
_ASKED = ("prompt", "question", "instruction", "input", "user", "asked")
_TOLD = ("answer", "response", "completion", "output", "assistant", "reply", "corrected")
_SYSTEM = ("system", "context")
_ROLES = {"human": "user", "gpt": "assistant", "bot": "assistant", "model": "assistant"}
_ENCODINGS = ("utf-8-sig", "gb18030", "cp1252")
_BLANK = "\n\n"


@dataclass(frozen=True, slots=True)
class DataProblem:
    """Something about the data: what it is and what to do, and whether it prevents training."""

    told: Notice
    fatal: bool = False


def read(place: Path) -> tuple[list[Example], list[DataProblem]]:
    """The examples of a file, or of every known file in a folder; and what was found amiss.

    Columns or keys: messages (role, content), or a question and an answer under a usual name.
    Text files hold a question and its answer as paragraphs in turn. UserError where nothing can
    be read.
    """
    files = _files(place)
    examples: list[Example] = []
    problems: list[DataProblem] = []
    for file in files:
        text, encoding = _text(file)
        if encoding not in ("utf-8-sig", "utf-16"):
            problems.append(
                DataProblem(notice(AgentCode.EXAMPLES_NOT_UTF8, file=file.name, encoding=encoding))
            )
        if not text.strip():
            problems.append(DataProblem(notice(AgentCode.EXAMPLES_FILE_EMPTY, file=file.name)))
            continue
        found, broken = _rows(file, text)
        examples += found
        if broken:
            problems.append(
                DataProblem(
                    notice(AgentCode.EXAMPLES_WITHOUT_ANSWER, broken=broken, file=file.name)
                )
            )
    return examples, problems


def from_history(marks: FeedbackStore) -> tuple[list[Example], list[DataProblem]]:
    """Answers that the user marked as good, or put right, and gave for training."""
    examples = [
        Example(
            (Message("user", marked.prompt), Message("assistant", marked.answer)),
            group=f"chat {marked.chat}",
            source="history",
        )
        for marked in marks.may_train()
    ]
    problems = []
    if bad := marks.bad():
        problems.append(DataProblem(notice(AgentCode.BAD_ANSWERS_UNCORRECTED, bad=bad)))
    return examples, problems


def _files(place: Path) -> list[Path]:
    if place.is_file():
        return [place]
    if not place.is_dir():
        raise UserError(AgentCode.EXAMPLES_MISSING, place=place)
    files = sorted(f for f in place.rglob("*") if f.suffix.lower() in _KINDS and f.is_file())
    if not files:
        raise UserError(AgentCode.NO_EXAMPLES, place=place, kinds=", ".join(_KINDS))
    return files


def _text(file: Path) -> tuple[str, str]:
    data = file.read_bytes()
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace"), "utf-16"
    for encoding in _ENCODINGS:
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1"), "latin-1"


def _rows(file: Path, text: str) -> tuple[list[Example], int]:
    kind = file.suffix.lower()
    if kind in (".txt", ".md"):
        return _paragraphs(file, text)
    rows = list(_json(file, text) if kind.startswith(".json") else _table(text))
    if not rows:
        return [], 0
    examples = [_example(row, file.name) for row in rows]
    found = [example for example in examples if example]
    if not found:
        raise UserError(
            AgentCode.COLUMNS_MISSING,
            file=file.name,
            map=", ".join(map(str, list(rows[0])[:12])) or "none",
            asked=_ASKED[0],
            told=_TOLD[0],
            asked_2=", ".join(_ASKED[1:4]),
            told_2=", ".join(_TOLD[1:4]),
        )
    return found, len(rows) - len(found)


def _json(file: Path, text: str) -> Iterator[Mapping[str, Any]]:
    if file.suffix.lower() == ".json":
        lines: Iterable[tuple[int, str]] = [(1, text)]
    else:
        lines = enumerate(text.splitlines(), 1)
    for number, line in lines:
        if not line.strip():
            continue
        value = _parsed(line, f"Line {number} of {file.name}")
        values = value if isinstance(value, list) else [value]
        yield from (each if isinstance(each, dict) else {} for each in values)


def _parsed(line: str, where: str) -> Any:
    """What the JSON says; UserError for half a character too, which no file could hold again."""
    try:
        value = json.loads(line)
        if "\\u" in line:
            json.dumps(value, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        raise UserError(AgentCode.LINE_IS_NOT_JSON, where=where, reason=error.msg) from error
    except (UnicodeEncodeError, RecursionError) as error:
        if isinstance(error, RecursionError):
            raise UserError(AgentCode.LINE_NESTED_TOO_DEEP, where=where) from error
        raise UserError(AgentCode.LINE_IS_NOT_TEXT, where=where) from error
    return value


def _table(text: str) -> Iterator[Mapping[str, Any]]:
    try:
        dialect: Any = csv.Sniffer().sniff(text[:4096], ",;\t|")
    except csv.Error:
        dialect = csv.excel
    for row in csv.DictReader(io.StringIO(text), dialect=dialect):
        yield {str(name).strip().lower(): value for name, value in row.items() if name}


def _paragraphs(file: Path, text: str) -> tuple[list[Example], int]:
    parts = [p.strip() for p in text.replace("\r\n", "\n").split(_BLANK) if p.strip()]
    pairs = zip(parts[::2], parts[1::2], strict=False)
    made = [
        Example((Message("user", a), Message("assistant", b)), source=file.name) for a, b in pairs
    ]
    return made, len(parts) % 2


def _example(row: Mapping[str, Any], source: str) -> Example | None:
    row = {str(name).lower(): value for name, value in row.items()}
    group = str(row.get("group") or row.get("group_id") or "")
    if isinstance(said := row.get("messages") or row.get("conversations"), list):
        messages = tuple(filter(None, map(_message, said)))
        whole = bool(messages) and messages[-1].role == "assistant"
        return Example(messages, group, source) if whole and len(messages) > 1 else None
    asked, told = _first(row, _ASKED), _first(row, _TOLD)
    if not asked or not told:
        return None
    if row.get("instruction") and row.get("input") and isinstance(row["input"], str):
        asked = f"{row['instruction']}\n{row['input']}".strip()
    system = _first(row, _SYSTEM)
    before = (Message("system", system),) if system else ()
    return Example((*before, Message("user", asked), Message("assistant", told)), group, source)


def _message(said: Any) -> Message | None:
    if not isinstance(said, dict):
        return None
    role = str(said.get("role") or said.get("from") or "").lower()
    text = said.get("content") or said.get("value") or ""
    role = _ROLES.get(role, role)
    known = role in ("system", "user", "assistant") and isinstance(text, str) and text.strip()
    return Message(role, text.strip()) if known else None


def _first(row: Mapping[str, Any], names: tuple[str, ...]) -> str:
    for name in names:
        if isinstance(value := row.get(name), str) and value.strip():
            return value.strip()
    return ""
