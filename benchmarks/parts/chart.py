"""A picture of times: a line a row, a tick for each stage, as SVG."""

from __future__ import annotations

from collections.abc import Mapping
from xml.sax.saxutils import escape

_COLOURS = ("#1F6B5C", "#3E8E7E", "#7A4B00", "#A8261C", "#5F5952", "#2B5C8A", "#1D1B19", "#B0A89E")
_LEFT, _WIDTH, _ROW, _TOP = 240, 620, 26, 72


def bars(title: str, rows: Mapping[str, Mapping[str, float]]) -> str:
    """Each row from 0 to its latest stage; stages keep their colour over all rows. Seconds."""
    names = list(dict.fromkeys(name for row in rows.values() for name in row))
    colours = {name: _COLOURS[place % len(_COLOURS)] for place, name in enumerate(names)}
    longest = max((time for row in rows.values() for time in row.values()), default=1.0)
    scale = _WIDTH / max(longest, 1e-3)
    height = _TOP + _ROW * len(rows) + 40
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_LEFT + _WIDTH + 40}" height="{height}" '
        'font-family="sans-serif" font-size="13" fill="#1D1B19">',
        '<rect width="100%" height="100%" fill="#FAF8F5"/>',
        f'<text x="16" y="24" font-size="18">{escape(title)}</text>',
    ]
    for place, name in enumerate(names):
        x = 16 + place * 112
        parts.append(f'<rect x="{x}" y="38" width="10" height="10" fill="{colours[name]}"/>')
        parts.append(f'<text x="{x + 14}" y="48" font-size="12">{escape(name)}</text>')
    for place, (label, row) in enumerate(rows.items()):
        y = _TOP + place * _ROW
        parts.append(f'<text x="{_LEFT - 8}" y="{y + 12}" text-anchor="end">{escape(label)}</text>')
        for name, time in sorted(row.items(), key=lambda item: -item[1]):
            width = max(1.0, max(0.0, time) * scale)
            parts.append(
                f'<rect x="{_LEFT}" y="{y}" width="{width:.1f}" height="14" '
                f'fill="{colours[name]}"><title>{escape(name)} {time:.2f} s</title></rect>'
            )
    parts += _axis(longest, scale, height)
    return "\n".join([*parts, "</svg>"]) + "\n"


def _axis(longest: float, scale: float, height: int) -> list[str]:
    step = next(size for size in (0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 60.0) if longest / size < 12)
    parts = []
    for tick in range(int(longest / step) + 1):
        x = _LEFT + tick * step * scale
        parts.append(
            f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{_TOP - 6}" y2="{height - 34}" '
            'stroke="#8C857C" stroke-width="0.5"/>'
        )
        parts.append(
            f'<text x="{x:.1f}" y="{height - 18}" text-anchor="middle">{tick * step:g}</text>'
        )
    return parts
