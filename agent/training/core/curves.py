"""The curves of a run as one picture (SVG): loss, accuracy and learning rate over the steps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

_WIDTH, _HEIGHT, _LEFT, _TOP, _GAP = 640, 150, 70, 60, 46
_INK, _LINE, _PAPER = "#1D1B19", "#8C857C", "#FAF8F5"
_COLOURS = {"loss": "#1F6B5C", "unseen loss": "#7A4B00", "accuracy": "#2B5C8A", "rate": "#5F5952"}

Points = list[tuple[float, float]]


def draw(title: str, lines: Sequence[dict[str, Any]]) -> str:
    """The picture for the lines of a metrics file."""
    panels = [(name, series) for name, series in _panels(lines) if any(series.values())]
    height = _TOP + len(panels) * (_HEIGHT + _GAP) + 10
    last = max((float(line["step"]) for line in lines), default=1.0) or 1.0
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_LEFT + _WIDTH + 30}" '
        f'height="{height}" font-family="sans-serif" font-size="12" fill="{_INK}">',
        f'<rect width="100%" height="100%" fill="{_PAPER}"/>',
        f'<text x="16" y="26" font-size="18">{_escaped(title)}</text>',
    ]
    for place, (name, series) in enumerate(panels):
        parts += _panel(name, series, _TOP + place * (_HEIGHT + _GAP), last)
    return "\n".join([*parts, "</svg>"]) + "\n"


def _panels(lines: Sequence[dict[str, Any]]) -> list[tuple[str, dict[str, Points]]]:
    steps = [line for line in lines if not line["score"]]
    looks = [line for line in lines if line["score"]]
    return [
        (
            "loss",
            {
                "loss": [(line["step"], line["step_loss"]) for line in steps],
                "unseen loss": [(line["step"], line["score"]["loss"]) for line in looks],
            },
        ),
        ("accuracy", {"accuracy": [(x["step"], x["score"]["accuracy"]) for x in looks]}),
        ("learning rate", {"rate": [(line["step"], line["rate"]) for line in steps]}),
    ]


def _panel(name: str, series: dict[str, Points], top: int, last: float) -> list[str]:
    values = [y for points in series.values() for _, y in points]
    low, high = min(0.0, *values), max(*values, 1e-9)
    bottom = top + _HEIGHT
    parts = [
        f'<line x1="{_LEFT}" y1="{y}" x2="{_LEFT + _WIDTH}" y2="{y}" stroke="{_LINE}"/>'
        for y in (top, bottom)
    ]
    for value, y in ((high, top), (low, bottom)):
        parts.append(f'<text x="{_LEFT - 6}" y="{y + 4}" text-anchor="end">{value:.3g}</text>')
    parts.append(f'<text x="{_LEFT + _WIDTH}" y="{bottom + 16}" text-anchor="end">'
                 f"step {last:.0f}</text>")  # fmt: skip
    for place, (label, points) in enumerate(series.items()):
        colour = _COLOURS[label]
        x = _LEFT + place * 130
        parts.append(f'<rect x="{x}" y="{top - 18}" width="10" height="10" fill="{colour}"/>')
        text = name if len(series) == 1 else label
        parts.append(f'<text x="{x + 14}" y="{top - 8}">{text}</text>')
        spots = [
            (_LEFT + _WIDTH * x / last, bottom - _HEIGHT * (y - low) / (high - low or 1.0))
            for x, y in points
        ]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in spots)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        if len(spots) < 40:
            parts += [
                f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in spots
            ]
    return parts


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
