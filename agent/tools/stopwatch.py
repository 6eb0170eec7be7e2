"""A stopwatch: counts up until it is stopped."""

from __future__ import annotations

import re

from agent.tools.ability import Ability, Said, Toolbox
from agent.tools.reading.wishes import about_words, stripped
from agent.tools.store import STOPWATCH, Due
from agent.tools.types import Call, Parameter, Result, Tool

_START = re.compile(
    r"(?:start|run|begin|launch|set)(?: me| up)?(?: the| a"
    r"| my)? stop ?watch\b.*|stop ?watch(?: on| start| go"
    r"|, go)?(?: for .*)?|start timing(?: me)?.*"
    r"|(?:打开|开始?|启动|按|来)(?:一下|个)?秒表.*|秒表开始|秒表",
    re.IGNORECASE,
)
_STOP = re.compile(
    r"(?:stop|end|halt|pause)(?: the| my)? stop ?watch|stop ?watch (?:stop"
    r"|off)|stop timing(?: me)?|(?:停|停止|停下|关掉?|结束)秒表"
    r"|秒表停.?",
    re.IGNORECASE,
)
_READ = re.compile(
    r"(?:what(?:'s| is| does)|read|show|how long (?:is|has))(?: me)?(?: the"
    r"| my)? stop ?watch(?: at| say| been running| now| running)*"
    r"|秒表(?:多少|走了多久|几秒|现在多少)了?",
    re.IGNORECASE,
)
_BARE_STOP = re.compile(r"(?:and )?(?:stop|now|停|停下|好停|到了)", re.IGNORECASE)


def quick(said: Said) -> Call | None:
    """Such as "Start the stopwatch, I'm planking", "stop!" after it."""
    if about_words(said.words):
        return None
    words = stripped(said.words)
    running = said.last is not None and said.last.code == "stopwatch_started"
    if _STOP.fullmatch(words) or (running and _BARE_STOP.fullmatch(words.strip("!！。."))):
        return Call(STOPWATCH, {"action": "stop"})
    if _READ.fullmatch(words):
        return Call(STOPWATCH, {"action": "read"})
    if _START.fullmatch(words) and not said.words.rstrip().endswith(("?", "？")):
        return Call(STOPWATCH, {"action": "start"})
    return None


def run_tool(call: Call, box: Toolbox) -> Result:
    """Start, stop or read it. A clock that was set back counts as no time."""
    running = box.store.due(STOPWATCH)
    if call.arguments.get("action") == "start":
        for old in running:
            box.store.set_state(old.id, "cancelled")
        made = box.now.timestamp()
        due = box.store.add_due(Due(0, STOPWATCH, "", "", made, 0, made))
        return Result(
            STOPWATCH,
            "stopwatch_started",
            {"id": due},
            Call("cancel", {"what": STOPWATCH, "id": due}),
        )
    if not running:
        return Result(STOPWATCH, "stopwatch_none", {})
    passed = max(0, round(box.now.timestamp() - running[-1].made))
    if call.arguments.get("action") == "stop":
        box.store.set_state(running[-1].id, "rang")
        return Result(STOPWATCH, "stopwatch_stopped", {"seconds": passed})
    return Result(STOPWATCH, "stopwatch_reads", {"seconds": passed})


ABILITY = Ability(
    Tool(STOPWATCH, "count up", (Parameter("action", choices=("start", "stop", "read")),)),
    quick,
    run_tool,
    order=10,
)
