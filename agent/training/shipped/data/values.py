"""Invented names and numbers; training and the held-out part share none of the names."""

from __future__ import annotations

import random
import re
from collections.abc import Callable


def _names(text: str, between: str = " ") -> tuple[str, ...]:
    return tuple(text.split(between))


_FIRST = {
    "train": _names(
        "Ada Boris Clara Dmitri Elin Farid Greta Hugo Ines Jonas Kaya Lior Mina Nils Olga Pavel "
        "Rosa Sven Tara Umar Vera Wim Yara Zeno Amara Bruno Celia Daniel Edith Felix"
    ),
    "held_out": _names("Quentin Xenia Oskar Ludmila Ignacio Freya Tobias Noor Matteo Sigrid"),
}
_LAST = {
    "train": _names(
        "Albrecht Bonham Castell Dorsey Ekman Farrow Grunwald Halvorsen Ivers Jansky Kessler "
        "Lindqvist Marlow Nordin Okafor Pereira Quist Rasmussen Salter Thornby Ulrich Varga "
        "Whitlock Yilmaz Zeller Abara Brandt Corliss Demir Esposito"
    ),
    "held_out": _names("Vandermeer Okonkwo Tamblyn Szabo Birkeland Achterberg Moreau Lockridge"),
}
_TOWN = {
    "train": _names(
        "Altmere Brackwell Corven Dunholm Eastrey Fallbrook Garrow Hexby Inverloch Kelmar "
        "Lorrach Mardale Northam Oldcastle Penhurst Quillan Rosmund Selwick Tarvin Ulverton Vasby "
        "Westerlee Yarmere Zandvoort Ashbourne Bergfeld Castro Dalby"
    ),
    "held_out": _names("Thistlecombe Graubach Vellanova Ostrup Pinecrest Ravensmoor Lindisfield"),
}
_RIVER = {
    "train": _names("Arle Brenn Colne Darva Elde Fenna Garn Holt Isna Juno Kern Lune Mela Nidd"),
    "held_out": _names("Tavra Ossel Wyrd Quell"),
}
_ZH_NAME = {
    "train": _names(
        "李明华 王秀英 张建国 刘晓梅 陈志强 杨丽娟 赵文博 黄雨晴 周海涛 吴思远 徐静怡 孙立新"
    ),
    "held_out": _names("欧阳慧 梁家辉 宋玉洁 邓子轩"),
}
_ZH_TOWN = {
    "train": _names("青河 白石 云岭 长桥 南溪 东林 柳湾 金沙 石门 安平"),
    "held_out": _names("雪山 梧桐 碧水"),
}
_COUNTRIES = _names("Norway Peru Ghana Vietnam Canada Portugal Kenya Chile Finland Morocco Nepal")
_MONTHS = _names(
    "January February March April May June July August September October November December"
)
_POOLS = {
    "colour": _names("spotted grey crested red black silent blue striped little golden"),
    "animal": _names("marten plover newt hare wagtail shrew gecko heron vole toad"),
    "country_adj": _names("Andean Siberian Moroccan Alpine Javan Iberian"),
    "thing": _names("Lantern Harbour Orchard Ferry Compass Staircase Winter Mirror Kite Bakery"),
    "material": _names("dorvite / pelmarin / korsite / amber glass / veltrium / silk stone", " / "),
    "medicine": _names("Dolanex / Tussovit / Calmidor / Rinofen / Gastrel / Somnia Plus", " / "),
    "brand": _names("Halden / Orbit 200 / Kessel / Mira / Tolva S3 / Brevo", " / "),
    "appliance": _names(
        "dishwasher / coffee machine / vacuum cleaner / dryer / air purifier", " / "
    ),
    "dish": _names("apple crumble / bean stew / onion tart / walnut bread / carrot cake", " / "),
    "weekday": _names("Monday Tuesday Wednesday Thursday Friday Saturday Sunday"),
    "dose": _names(
        "one tablet twice a day / two tablets every eight hours / 10 ml three times a day / "
        "half a tablet in the morning / one sachet every six hours",
        " / ",
    ),
}
_ZH_POOLS = {"medicine": _names("安宁片 清咽颗粒 舒胃胶囊 止咳糖浆 复方乐宁")}


def value(rng: random.Random, kind: str, split: str, language: str = "en") -> str:
    """A value of this kind; a kind with `|` lists its values."""
    if "|" in kind:
        return rng.choice(kind.split("|"))
    if kind in _NUMBERS:
        low, high = _NUMBERS[kind]
        return str(rng.randint(low, high))
    return _chinese(rng, kind, split) if language == "zh" else _english(rng, kind, split)


def _english(rng: random.Random, kind: str, split: str) -> str:
    pools = {"river": _RIVER, "town": _TOWN, "person_last": _LAST}
    if kind in pools:
        return rng.choice(pools[kind][split])
    if kind == "person":
        return f"{rng.choice(_FIRST[split])} {rng.choice(_LAST[split])}"
    if kind == "company":
        last = rng.choice(_LAST[split])
        return rng.choice((f"{last} Energy", f"{last} Insurance", f"Stadtwerke {last}"))
    return rng.choice(_POOLS[kind]) if kind in _POOLS else _WRITTEN[kind](rng)


def _chinese(rng: random.Random, kind: str, split: str) -> str:
    if kind in _ZH_WRITTEN:
        return _ZH_WRITTEN[kind](rng)
    pools = {"person": _ZH_NAME, "town": _ZH_TOWN}
    return rng.choice(pools[kind][split] if kind in pools else _ZH_POOLS[kind])


_NUMBERS = {
    "year": (1780, 2019),
    "yearold": (1150, 1890),
    "n10": (2, 12),
    "n100": (13, 99),
    "n1000": (110, 990),
}


def _money(rng: random.Random) -> str:
    unit = rng.choice(("£{}", "${}", "{} euros", "{} francs"))
    amount = rng.choice((f"{rng.randint(5, 990)}", f"{rng.randint(2, 90)}.50"))
    return unit.format(rng.choice((amount, f"{rng.randint(2, 90)} million")))


_WRITTEN: dict[str, Callable[[random.Random], str]] = {
    "big": lambda rng: f"{rng.randint(1, 900) * 10 ** rng.randint(1, 3) + rng.randint(0, 9):,}",
    "percent": lambda rng: f"{rng.randint(2, 96)} percent",
    "money": _money,
    "date": lambda rng: f"{rng.randint(1, 28)} {rng.choice(_MONTHS)}",
    "time": lambda rng: f"{rng.randint(7, 19)}:{rng.choice(('00', '15', '30', '45'))}",
    "phone": lambda rng: f"555-01{rng.randint(10, 99)}",
    "code": lambda rng: f"{rng.choice('ABKMRT')}{rng.choice('CDHNX')}-{rng.randint(1000, 99999)}",
    "country": lambda rng: rng.choice(_COUNTRIES),
}
_ZH_WRITTEN: dict[str, Callable[[random.Random], str]] = {
    "big": lambda rng: str(rng.randint(200, 90000)),
    "date": lambda rng: f"{rng.randint(1, 12)}月{rng.randint(1, 28)}日",
    "phone": lambda rng: f"555-01{rng.randint(10, 99)}",
}


def filled(rng: random.Random, text: str, split: str, language: str) -> str:
    """`text` with each `{kind}` of this module filled in."""
    return re.sub(r"\{(\w+)\}", lambda m: value(rng, m.group(1), split, language), text)
