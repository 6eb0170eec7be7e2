"""Tools as values: their names, what they do, and what they need to be told."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

Value: TypeAlias = str | int | float | bool | list[str]


@dataclass(frozen=True, slots=True)
class Parameter:
    """One thing that a tool is told.

    `kind` is a JSON schema type: string, integer, number, boolean, or array (of strings). With
    `choices` (strings) nothing else can be said. What is not `required` may be left out.
    """

    name: str
    kind: str = "string"
    choices: tuple[str, ...] = ()
    required: bool = True


@dataclass(frozen=True, slots=True)
class Tool:
    """Something that can be done for the user; the description is one short line."""

    name: str
    description: str
    parameters: tuple[Parameter, ...] = ()


@dataclass(frozen=True, slots=True)
class Call:
    """A tool to be run with these arguments."""

    tool: str
    arguments: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a call: a code with arguments, from which sentences are made where it is shown.

    `undo` takes back what was changed; None where nothing was. `value` is the exact number or the
    day (ISO) that the next question may go on with ("divide that by 7").
    """

    tool: str
    code: str
    arguments: Mapping[str, Value]
    undo: Call | None = None
    value: str = ""


def listing(tools: Sequence[Tool]) -> str:
    """The tools for a prompt, a line each: `- set_timer(minutes: number, label?: string): ...`."""
    return "\n".join(f"- {tool.name}({_signature(tool)}): {tool.description}" for tool in tools)


def written(call: Call) -> str:
    """The one line that stands for a call, as the model writes it."""
    return json.dumps({"name": call.tool, "arguments": dict(call.arguments)}, ensure_ascii=False)


def parsed(answer: str, tools: Sequence[Tool]) -> Call | None:
    """The call that an answer is, or None where it is words.

    ValueError where it begins like a call and is none of these tools: nothing is ever guessed.
    """
    if not answer.lstrip().startswith("{"):
        return None
    try:
        found: Any = json.loads(answer)
    except json.JSONDecodeError as error:
        raise ValueError(f"this is not a call: {error}") from error
    if not isinstance(found, dict) or found.keys() != {"name", "arguments"}:
        raise ValueError("a call has a name and arguments, and nothing else")
    tool = next((tool for tool in tools if tool.name == found["name"]), None)
    if tool is None:
        raise ValueError(f"there is no tool named {found['name']}")
    return Call(tool.name, _checked(tool, found["arguments"]))


def _signature(tool: Tool) -> str:
    return ", ".join(
        f"{p.name}{'' if p.required else '?'}: "
        f"{'|'.join(json.dumps(c, ensure_ascii=False) for c in p.choices) or p.kind}"
        for p in tool.parameters
    )


def _checked(tool: Tool, arguments: Any) -> dict[str, Value]:
    if not isinstance(arguments, dict):
        raise ValueError("the arguments are no object")
    known = {parameter.name: parameter for parameter in tool.parameters}
    if unknown := arguments.keys() - known.keys():
        raise ValueError(f"{tool.name} takes no {', '.join(sorted(unknown))}")
    for parameter in tool.parameters:
        if parameter.name not in arguments:
            if parameter.required:
                raise ValueError(f"{tool.name} needs {parameter.name}")
        elif not _fits(parameter, arguments[parameter.name]):
            raise ValueError(f"{parameter.name} of {tool.name} is no {parameter.kind}")
    return arguments


def _fits(parameter: Parameter, value: Any) -> bool:
    if parameter.choices:
        return value in parameter.choices
    if isinstance(value, bool) or parameter.kind == "boolean":
        return isinstance(value, bool) and parameter.kind == "boolean"
    if parameter.kind == "array":
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    kinds: dict[str, tuple[type, ...]] = {
        "integer": (int,),
        "number": (int, float),
        "string": (str,),
    }
    return isinstance(value, kinds.get(parameter.kind, ()))
