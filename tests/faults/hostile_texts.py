"""Sixty texts that were made to stall a window, to end it, or to make it open a file.

Each is a function of the place of a file that must not be opened, because some name it.
"""

from __future__ import annotations

from collections.abc import Callable

K = 1000
_FAMILY = "\N{MAN}\N{ZERO WIDTH JOINER}\N{WOMAN}\N{ZERO WIDTH JOINER}\N{GIRL}"
_PILE = "Z" + "".join(chr(mark) for mark in range(0x300, 0x340)) * 4
_OVERRIDE, _ISOLATE, _END = "\u202e", "\u2067", "\u2069"


def _table(rows: int, columns: int, cell: str = "cell") -> str:
    row = f"| {cell} " * columns + "|\n"
    return row + "|-" * columns + "|\n" + row * rows


def _stairs(count: int, line: Callable[[int], str]) -> str:
    return "\n".join(line(step) for step in range(count))


PLAIN: dict[str, str] = {
    "quotations 10,000 deep": ">" * (10 * K) + " words",
    "quotations, one deeper each line": _stairs(300, lambda n: ">" * n + " words"),
    "lazy lines after deep quotations": ">" * 19 + " words\n" + "words\n" * (2 * K),
    "lists 10,000 deep": "* + " * (5 * K) + "item",
    "numbered lists 10,000 deep": "1. " * (10 * K) + "item",
    "lists, one deeper each line": _stairs(600, lambda n: "  " * n + "- item"),
    "a list of 20,000": "- item\n" * (20 * K),
    "a numbered list of 20,000": "1. item\n" * (20 * K),
    "empty list items": "-\n" * (5 * K),
    "a table of 20 by 20": _table(20, 20),
    "a wide table": _table(3, 2 * K),
    "a long table": _table(20 * K, 3),
    "a table at the limit": _table(15, 12, "some words in a cell"),
    "a hundred tables": (_table(3, 3) + "\n") * 100,
    "a table in a list": "- item\n\n  " + _table(60, 10).replace("\n", "\n  "),
    "a table with a cell of 100 kB": f"| a | b |\n|---|---|\n| {'x' * 100 * K} | c |\n",
    "100,000 backticks": "`" * (100 * K),
    "100,000 backticks with words between": "` a " * (100 * K),
    "tags that nobody knows": "<tags> and <b>words</b> </think> " * (3 * K),
    "alternating backticks": "`a``b" * (5 * K),
    "growing runs of backticks": "".join("`" * n + "a" for n in range(1, 300)),
    "emphasis *a**a*": "*a**a*" * (5 * K),
    "emphasis that never closes": "**a *b _c " * (3 * K),
    "emphasis of 100,000 stars": "*" * (100 * K),
    "emphasis of 100,000 underscores": "a" + "_" * (100 * K) + "b",
    "strikes": "~~a ~b" * (5 * K),
    "brackets": "[" * (100 * K),
    "brackets and exclamation marks": "![[" * (20 * K),
    "brackets inside each other": "[" * (5 * K) + "]" * (5 * K),
    "links that never end": "[a](" * (10 * K),
    "links inside links": "[a](b [c](d " * (5 * K),
    "a link of 100 kB": "[here](https://example.org/" + "a" * (100 * K) + ")",
    "a link whose name is 100 kB": "[" + "a" * (100 * K) + "](https://example.org/)",
    "definitions of links": "[a]: https://example.org 'b\n" * (3 * K) + "[a]",
    "a thousand links": "[a](https://example.org) " * K,
    "HTML": "<table><tr><td>" * (3 * K) + "<b style='font-size:900px'>" * K,
    "HTML that never ends": "<!-- " * (5 * K) + "<a href='" * (5 * K),
    "scripts": "<script>while(1);</script><style>*{}</style>" * 500,
    "entities": "&amp;&#x202e;&nbsp;&bogus;" * (4 * K),
    "a word of 100,000 letters": "a" * (100 * K),
    "a Chinese word of 100,000 signs": "字" * (100 * K),
    "1 MB of words": "Some words of a text. " * 46 * K,
    "1 MB on short lines": "a\n" * (500 * K),
    "100,000 empty lines": "\n" * (100 * K),
    "100,000 blank lines with spaces": " \n" * (100 * K),
    "forced directions": (_OVERRIDE + "gpj.exe ") * (5 * K),
    "isolates that never end": (_ISOLATE + "א") * (20 * K),
    "isolates that end": (_ISOLATE + "א" + _END) * (10 * K),
    "Arabic without a space": "مرحبا" * (10 * K),
    "zero-width signs": "\u200b\u200c\u2060\ufeff" * (10 * K),
    "piles of marks": (_PILE + " ") * 200,
    "one letter with 20,000 marks": "a" + "\u0301" * (20 * K),
    "families of emoji": _FAMILY * (5 * K),
    "flags and skin tones": "🇩🇪👋🏿" * (5 * K),
    "NUL": "a\0b" * (10 * K),
    "lone surrogates": "a\ud800b\udfff" * (5 * K),
    "signs that Qt keeps for itself": "a\ufdd0b\ufdd1c\ufffcd\u2028e\u2029f\ufffe" * (2 * K),
    "tabs": "\t" * (20 * K) + "a\tb" * (5 * K),
    "form feeds and other controls": "a\fb\vc\x1b[31md\x07\x08" * (3 * K),
    "line ends of every kind": "a\r\nb\rc\nd\n\re" * (3 * K),
    "LaTeX": r"$$\frac{\sqrt[n]{x_1^{2}}}{\sum_{i=0}^{\infty} a_{i}}$$ \\( x \\) " * K,
    "fences inside fences": _stairs(300, lambda n: "`" * (n + 3)),
    "1,000 code blocks": "```\nx\n```\n" * K,
    "a fence that never ends": "```python\n" + "x = 1\n" * (20 * K),
    "code on one line of 100 kB": "```\n" + "x" * (100 * K) + "\n```\n",
    "headings": "# a\n" * (10 * K),
    "underlined headings": "a\n=\n" * (5 * K),
    "rules": "***\n" * (10 * K),
    "escapes": "\\*" * (20 * K),
}
"""By name; none of these names a file."""

PICTURES = (
    "![a]({name})",
    "![a](<{name}>)",
    "![a][r]\n\n[r]: {name}",
    "![r]\n\n[r]: <{name}>",
    "[![a]({name})]({name})",
    "<img src='{name}'>",
    "<img src={name}>\n\n<link rel=stylesheet href='{name}'>",
    "<p style=\"background: url('{name}')\">a</p>\n\n<body background='{name}'>",
    "<object data='{name}'></object><iframe src='{name}'></iframe><video src='{name}'></video>",
    "| a |\n|---|\n| ![a]({name}) |",
    "- ![a]({name})\n\n> ![a]({name})",
    "&#33;[a]({name}) \\![a]({name}) <{name}>",
)
"""Every way in which Markdown and HTML name something that is to be read."""
