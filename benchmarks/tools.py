"""Does the agent call the right tool with the right arguments, and only when it is asked to?

Utterances of our own are kept apart from training in their words, half of them also in their
tools. Outside sets are files: dialogues with `tools` (a JSON list of schemas) and `messages` that
hold a `tool_call` (as LLaMA-Factory writes Glaive's), or schema-guided dialogues with `services`
and `messages` (DSTC8), whose schema lies beside the file. An answer is held to the grammar of its
tools, so each is well-formed; `right` wants the tool and all arguments.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rich.table import Table

from agent.dialogue import Dialogue, Sampling
from agent.profiles import profile
from agent.prompting.prompt import question, system
from agent.tools.grammar import words_or_call
from agent.tools.types import (
    Call,
    Parameter,
    Tool,
    parsed,
)
from agent.training.chat.grading import words
from agent.types import Message
from benchmarks.parts.intervals import paired_bootstrap
from benchmarks.parts.lines import read_lines
from benchmarks.parts.tuned import Answerer, pair
from desktop.cli.terminal_text import console
from perception.types import UserError

_LIMIT = 200
_MOST_TOKENS = 120


@dataclass(frozen=True, slots=True)
class ToolConversation:
    """A conversation that ends in the user's words, and the call it asks for; None: words."""

    part: str
    tools: tuple[Tool, ...]
    messages: tuple[Message, ...]
    call: Call | None


@dataclass(frozen=True, slots=True)
class ToolRow:
    """An utterance with the answers of base and adapter: tool right, and arguments too."""

    part: str
    said: str
    wanted: str
    answers: tuple[str, ...]
    well_formed: tuple[bool, ...]
    tool: tuple[bool, ...]
    right: tuple[bool, ...]


def run_bench(
    files: Sequence[Path], as_json: bool, limit: int = 0, model: str = "", adapter: str = ""
) -> int:
    """Print the table, or one JSON object. `limit` utterances of each part."""
    most = limit or _LIMIT
    asked = [*own(most), *(item for file in files for item in outside(file)[:most])]
    with pair(model, adapter) as answerers:
        rows = answered(answerers, asked)
        result = _summary(rows, [answerer.name for answerer in answerers])
    if as_json:
        print(json.dumps(result | {"rows": [asdict(row) for row in rows]}, ensure_ascii=False))
    else:
        _print(result)
    return 0


def own(limit: int) -> list[ToolConversation]:
    """Our held-out utterances, and as many tenths of them that ask for no tool."""
    from agent.training.shipped.held_out import call_examples

    found = call_examples(limit)
    made = [
        ToolConversation(
            "own", item.tools, (Message("user", item.words),), parsed(item.answer, item.tools)
        )
        for item in found
    ]
    return made + [
        ToolConversation(
            "own, no tool asked for", found[place].tools, (Message("user", text),), None
        )
        for place, text in enumerate(_NO_TOOL[: max(1, limit // 5)])
    ]


_NO_TOOL = (
    "What is the capital of Denmark?",
    "Why is the sky blue?",
    "How do I boil an egg?",
    "Tell me a short joke.",
    "What does a timer do?",
    "Who wrote Faust?",
    "How many minutes are there in a day?",
    "I am sad today.",
    "What is a good name for a cat?",
    "Do taxis drive on the left in London?",
    "Is coffee bad for the heart?",
    "Thank you, that was kind.",
    "How are you?",
    "Explain what a calendar is.",
    "What is the difference between weather and climate?",
    "谁发明了电话？",
    "一年有几个季节？",
    "What languages are spoken in Switzerland?",
    "Can plants hear music?",
    "What did people use before alarm clocks?",
)


def outside(file: Path) -> list[ToolConversation]:
    """The utterances of an outside set after which its own assistant called a tool."""
    rows = read_lines(file)
    try:
        if rows and "services" in rows[0]:
            schema = json.loads(_schema(file).read_text(encoding="utf-8"))
            return list(_guided(rows, schema, file.stem))
        return [item for row in rows for item in _glaive(row, file.stem)]
    except (KeyError, TypeError, ValueError, OSError) as error:
        raise UserError.plain(
            f"{file} cannot be read as dialogues with tools: {error}.",
            "docs/bench.md describes both formats; the schema of a guided set lies beside it.",
        ) from error


def _schema(file: Path) -> Path:
    found = sorted(file.parent.glob(f"{file.stem.split('_')[0]}*schema.json"))
    if not found:
        raise OSError("there is no *schema.json beside it")
    return found[0]


def _glaive(row: Mapping[str, Any], part: str) -> Iterator[ToolConversation]:
    """Each first call of a dialogue; tools with nested arguments are left out."""
    tools = [_from_schema(schema) for schema in json.loads(row["tools"] or "[]")]
    if any(tool is None for tool in tools):
        return
    known = tuple(tool for tool in tools if tool is not None)
    told = list[Message]()
    for message in row["messages"]:
        if message["role"] == "tool_call":
            found = json.loads(message["content"])
            if known and told and told[-1].role == "user" and isinstance(found["arguments"], dict):
                yield ToolConversation(
                    part, known, tuple(told), Call(found["name"], found["arguments"])
                )
            return
        told.append(Message(message["role"], message["content"]))


def _from_schema(schema: Mapping[str, Any]) -> Tool | None:
    given = schema.get("parameters") or {}
    required = frozenset(given.get("required") or ())
    parameters = list[Parameter]()
    for name, about in (given.get("properties") or {}).items():
        kind = about.get("type", "string")
        items = (about.get("items") or {}).get("type", "string")
        if kind not in _KINDS or (kind == "array" and items != "string"):
            return None
        choices = tuple(map(str, about.get("enum") or ())) if kind == "string" else ()
        parameters.append(Parameter(name, kind, choices, name in required))
    return Tool(schema["name"], schema["description"], tuple(parameters))


_KINDS = frozenset(("string", "integer", "number", "boolean", "array"))


def _guided(
    rows: Iterable[Mapping[str, Any]], schema: Sequence[Mapping[str, Any]], part: str
) -> Iterator[ToolConversation]:
    """First user turns that name all that their intent needs; a tool is an intent of the service.

    The call they should lead to is the intent with what was said. DSTC8's own calls come later,
    after questions back, with values put into a canonical form.
    """
    services = {service["service_name"]: service for service in schema}
    for row in rows:
        first = row["messages"][0]
        service = services.get(first.get("service", ""))
        intents = {i["name"]: i for i in service["intents"]} if service else {}
        values = {name: found[0] for name, found in (first.get("slot_values") or {}).items()}
        intent = intents.get(first.get("intent", ""))
        if service is None or intent is None:
            continue
        allowed = {*intent["required_slots"], *intent["optional_slots"]}
        if not set(intent["required_slots"]) <= values.keys() <= allowed:
            continue
        tools = tuple(_intent(service, one) for one in intents.values())
        said = (Message("user", first["content"]),)
        yield ToolConversation(part, tools, said, Call(intent["name"], values))


def _intent(service: Mapping[str, Any], intent: Mapping[str, Any]) -> Tool:
    slots = {slot["name"]: slot for slot in service["slots"]}
    parameters = [
        Parameter(
            name,
            "string",
            tuple(slots[name]["possible_values"]) if slots[name]["is_categorical"] else (),
            name in intent["required_slots"],
        )
        for name in (*intent["required_slots"], *intent["optional_slots"])
    ]
    return Tool(intent["name"], intent["description"], tuple(parameters))


def answered(answerers: Sequence[Answerer], asked: Sequence[ToolConversation]) -> list[ToolRow]:
    """Each utterance, answered by each."""
    columns = [[_answer(answerer.dialogue, item) for item in asked] for answerer in answerers]
    rows = list[ToolRow]()
    for item, *answers in zip(asked, *columns, strict=True):
        judged = [_judged(item, answer) for answer in answers]
        wanted = json.dumps(asdict(item.call), ensure_ascii=False) if item.call else "words"
        formed, tool, right = (tuple(one[n] for one in judged) for n in range(3))
        said = item.messages[-1].text
        rows.append(ToolRow(item.part, said, wanted, tuple(answers), formed, tool, right))
    return rows


def _answer(dialogue: Dialogue, item: ToolConversation) -> str:
    *before, now = item.messages
    beginning = system(profile.load("everyday"), item.tools)
    messages = (beginning, *before, question(now.text, ""))
    sampling = Sampling(_MOST_TOKENS, grammar=words_or_call(item.tools))
    return "".join(token.text for token in dialogue.generate(messages, sampling)).strip()


def _judged(item: ToolConversation, answer: str) -> tuple[bool, bool, bool]:
    """Whether an answer is well-formed, names the right tool, and has the right arguments."""
    try:
        call = parsed(answer, item.tools)
    except ValueError:
        return False, False, False
    if call is None or item.call is None:
        return True, call is item.call, call is item.call
    same = call.tool == item.call.tool
    return True, same, same and _alike(call.arguments, item.call.arguments)


def _alike(said: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    return said.keys() == wanted.keys() and all(_same(said[n], wanted[n]) for n in wanted)


def _same(said: Any, wanted: Any) -> bool:
    """Equal, or the same words but for case, punctuation and articles."""
    if isinstance(said, list) and isinstance(wanted, list):
        return sorted(map(str, map(words, map(str, said)))) == sorted(
            map(str, map(words, map(str, wanted)))
        )
    if isinstance(said, bool) or isinstance(wanted, bool):
        return str(said).lower() == str(wanted).lower()
    return said == wanted or words(str(said)) == words(str(wanted))


def _summary(rows: Sequence[ToolRow], names: Sequence[str]) -> dict[str, Any]:
    result: dict[str, Any] = {"models": list(names)}
    for part in dict.fromkeys(row.part for row in rows):
        of_part = [row for row in rows if row.part == part]
        result[part] = {
            name: {"utterances": len(of_part)}
            | {key: _share(of_part, key, place) for key in ("well_formed", "tool", "right")}
            for place, name in enumerate(names)
        }
    return result


def _share(rows: Sequence[ToolRow], key: str, place: int) -> dict[str, float] | None:
    hits = [[float(getattr(row, key)[place])] for row in rows]
    mean: Callable[[NDArray[np.float64]], float] = lambda table: float(table.mean())  # noqa: E731
    found = paired_bootstrap(hits, mean)
    return None if found is None else asdict(found)


def _print(result: Mapping[str, Any]) -> None:
    table = Table("part", "model", "utterances", "well-formed", "right tool", "and arguments")
    for part, models in result.items():
        for name, shares in models.items() if isinstance(models, dict) else ():
            cells = [
                f"{s['value']:.1%} ({s['low']:.0%} to {s['high']:.0%})"
                for s in (shares[key] for key in ("well_formed", "tool", "right"))
            ]
            table.add_row(part, name, str(shares["utterances"]), *cells)
    console().print(table)
