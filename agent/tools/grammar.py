"""GBNF for an answer that is either words or one well-formed call.

The grammar language is llama.cpp's (grammars/README.md there). The first character decides:
a call begins with `{`, words never do. So nothing that is half a call can ever be written, and
`words_only` makes a call impossible, which is how an answer about data from outside is made.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from agent.tools.types import Parameter, Tool

_COMMON = r"""
words ::= [^{\x00-\x20] [^\x00]*
string ::= "\"" letter* "\""
letter ::= [^"\\\x00-\x1F\x7F] | "\\" (["\\/bfnrt] | "u" [0-9a-fA-F]{4})
integer ::= "-"? ("0" | [1-9] [0-9]{0,8})
number ::= integer ("." [0-9]{1,6})?
boolean ::= "true" | "false"
array ::= "[" (string (", " string)*)? "]"
"""


def words_or_call(tools: Sequence[Tool]) -> str:
    """Words, or a call of one of these tools with arguments of the right kinds."""
    if not tools:
        return words_only()
    rules = [f"root ::= words | {' | '.join(f'tool{n}' for n in range(len(tools)))}"]
    for number, tool in enumerate(tools):
        rules += _tool(f"tool{number}", tool)
    return "\n".join(rules) + _COMMON


def words_only() -> str:
    """Words, which cannot begin like a call."""
    return r"""root ::= [^{\x00-\x20] [^\x00]*"""


def _tool(rule: str, tool: Tool) -> list[str]:
    opening = _literal(f'{{"name": {_json(tool.name)}, "arguments": {{')
    rules = [f"{rule} ::= {opening} {rule}-head0 {_literal('}}')}"]
    for place, parameter in enumerate(tool.parameters):
        rules += _place(rule, place, parameter)
    last = len(tool.parameters)
    return [*rules, f'{rule}-head{last} ::= ""', f'{rule}-tail{last} ::= ""']


def _place(rule: str, place: int, parameter: Parameter) -> list[str]:
    """In the order of the signature: `head` before the first argument that is given, then `tail`.

    What is optional may be skipped.
    """
    member, after = f"{rule}-member{place}", place + 1
    head, tail = f"{member} {rule}-tail{after}", f'", " {member} {rule}-tail{after}'
    if not parameter.required:
        head, tail = f"{head} | {rule}-head{after}", f"{tail} | {rule}-tail{after}"
    return [
        f"{member} ::= {_literal(_json(parameter.name) + ': ')} {_value(parameter)}",
        f"{rule}-head{place} ::= {head}",
        f"{rule}-tail{place} ::= {tail}",
    ]


def _value(parameter: Parameter) -> str:
    if parameter.choices:
        return f"({' | '.join(_literal(_json(choice)) for choice in parameter.choices)})"
    return parameter.kind


def _json(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _literal(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
