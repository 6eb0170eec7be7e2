"""Units of everyday life, exactly.

A table of our own: `pint` (BSD) takes a third of a second to load and reads "5 m" of a timer or
"oz" of a recipe its own way; everything that people ask for fits on this page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

_F = Fraction


@dataclass(frozen=True, slots=True)
class Unit:
    """`factor` takes it to its kind's base unit, after `offset` was added."""

    name: str
    kind: str
    factor: Fraction
    spoken: str
    offset: Fraction = Fraction(0)


_TABLE = """
mm|length|1/1000|millimet(?:re|er)s?|mm|毫米
cm|length|1/100|centimet(?:re|er)s?|cms?|厘米|公分
m|length|1|met(?:re|er)s?|m|米|公尺
km|length|1000|kilomet(?:re|er)s?|kms?|k|公里|千米
in|length|127/5000|inch(?:es)?|in|"|英寸|吋
ft|length|381/1250|foot|feet|ft|'|英尺|呎
yd|length|1143/1250|yards?|yds?|码
mi|length|1609344/1000|miles?|mi|英里
nmi|length|1852|nautical miles?|nmi|海里
li|length|500|里|里地
mg|mass|1/1000000|milligrams?|milligrammes?|mg|毫克
g|mass|1/1000|grams?|grammes?|g|gr|克
kg|mass|1|kilograms?|kilogrammes?|kilos?|kgs?|公斤|千克
t|mass|1000|tonnes?|metric tons?|t|吨|公吨
oz|mass|45359237/1600000000|ounces?|oz|盎司
lb|mass|45359237/100000000|pounds?|lbs?|磅
st|mass|635029318/100000000|stones?|st
斤|mass|1/2|斤|市斤|jin
两|mass|1/20|两
ml|volume|1/1000|millilit(?:re|er)s?|mls?|毫升
cl|volume|1/100|centilit(?:re|er)s?|cl|厘升
dl|volume|1/10|decilit(?:re|er)s?|dl|分升
l|volume|1|lit(?:re|er)s?|l|升|公升
m3|volume|1000|cubic met(?:re|er)s?|m3|m³|立方米
cm3|volume|1/1000|cubic centimet(?:re|er)s?|cm3|cm³|cc|立方厘米
tsp|volume|4928921594/1000000000000|teaspoons?|tsps?|茶匙
tbsp|volume|14786764781/1000000000000|tablespoons?|tbsps?|汤匙
floz|volume|295735295625/10000000000000|fluid ounces?|fl\\.? ?oz|液体盎司
cup|volume|2365882365/10000000000|cups?|us cups?|american cups?|量杯|杯
pint|volume|473176473/1000000000|us pints?|american pints?
ukpint|volume|56826125/100000000|pints?|品脱
quart|volume|946352946/1000000000|quarts?|夸脱
gal|volume|3785411784/1000000000|gallons?|us gallons?|gal|加仑
ukgal|volume|454609/100000|uk gallons?|imperial gallons?|英制加仑
C|temperature|1|(?:degrees? )?(?:celsius|centigrade)|°? ?c|℃|度c|degrees? c|摄氏度?|度
F|temperature|5/9|(?:degrees? )?fahrenheit|°? ?f|℉|degrees? f|华氏度?|华氏
K|temperature|1|kelvins?|开尔文|开氏度
m/s|speed|1|met(?:re|er)s? (?:per|a) second|m/s|米每秒|每秒米
km/h|speed|5/18|kilomet(?:re|er)s? (?:per|an) hour|km/h|kmh|kph|公里每小时|每小时公里|千米每小时
mph|speed|44704/100000|miles (?:per|an) hour|mph|英里每小时
kn|speed|1852/3600|knots?|kn|节
ft/s|speed|381/1250|feet (?:per|a) second|ft/s
cm2|area|1/10000|square centimet(?:re|er)s?|cm2|cm²|sq cm|平方厘米
m2|area|1|square met(?:re|er)s?|sq\\.? ?m|sqm|m2|m²|平方米|平米|平方
km2|area|1000000|square kilomet(?:re|er)s?|km2|km²|平方公里
ft2|area|145161/1562500|square (?:foot|feet)|sq\\.? ?ft|ft2|ft²|平方英尺
in2|area|16129/25000000|square inch(?:es)?|sq\\.? ?in|平方英寸
yd2|area|1306449/1562500|square yards?|sq\\.? ?yd
mi2|area|2589988110336/1000000|square miles?|sq\\.? ?mi|平方英里
ha|area|10000|hectares?|ha|公顷
acre|area|40468564224/10000000|acres?|英亩
亩|area|2000/3|亩|mu
J|energy|1|joules?|j|焦耳?
kJ|energy|1000|kilojoules?|kj|千焦耳?
cal|energy|4184/1000|small calories|卡
kcal|energy|4184|kilocalories|calories|kcals?|千卡|大卡
Wh|energy|3600|watt[ -]hours?|wh|瓦时
kWh|energy|3600000|kilowatt[ -]hours?|kwh|千瓦时|度电
s|time|1|seconds?|secs?|s|秒钟?
min|time|60|minutes?|mins?|min|分钟
h|time|3600|hours?|hrs?|h|个?小时|个?钟头
d|time|86400|days?|天
wk|time|604800|weeks?|周|个?星期
yr|time|31556952|years?|年
B|data|1|bytes?|b|字节
kB|data|1000|kilobytes?|kb
MB|data|1000000|megabytes?|mb|兆
GB|data|1000000000|gigabytes?|gb|gigs?
TB|data|1000000000000|terabytes?|tb
KiB|data|1024|kibibytes?|kib
MiB|data|1048576|mebibytes?|mib
GiB|data|1073741824|gibibytes?|gib
W|power|1|watts?|w|瓦
kW|power|1000|kilowatts?|kw|千瓦
hp|power|73549875/100000|horse ?power|hp|马力
bar|pressure|100000|bars?|bar
psi|pressure|6894757293168/1000000000|psi
kPa|pressure|1000|kilopascals?|kpa
deg|angle|1|degrees of arc
rad|angle|5729577951308232/100000000000000|radians?
"""
_OFFSETS = {"C": _F("273.15"), "F": _F("459.67")}

UNITS = tuple(
    Unit(
        parts[0],
        parts[1],
        _F(parts[2]),
        "|".join(parts[3:]).replace("\\\\", "\\"),
        _OFFSETS.get(parts[0], _F(0)),
    )
    for line in _TABLE.strip().splitlines()
    if (parts := line.split("|"))
)
_BY_NAME = {unit.name: unit for unit in UNITS}
_SHOWN = {"C": "°C", "F": "°F", "m2": "m²", "km2": "km²", "cm2": "cm²", "ft2": "ft²", "m3": "m³",
          "cm3": "cm³", "in2": "in²", "yd2": "yd²", "mi2": "mi²", "floz": "fl oz",
          "ukpint": "pints (UK)", "pint": "pints (US)", "ukgal": "gallons (UK)",
          "gal": "gallons (US)"}  # fmt: skip

SPOKEN = "|".join(
    sorted(
        (one for unit in UNITS for one in re.split(r"\|(?![^(]*\))", unit.spoken)),
        key=lambda one: (-len(re.sub(r"\(\?:[^)]*\)|\\.", "", one)), one),
    )
)
"""Matches any way to write a unit, the longest first."""


def unit(written: str) -> Unit | None:
    """The unit that a word or sign means; None where it is none."""
    word = " ".join(written.split())
    if word in _BY_NAME:
        return _BY_NAME[word]
    for one in UNITS:
        if re.fullmatch(one.spoken, word, re.IGNORECASE):
            return one
    return None


def converted(value: Fraction, before: Unit, after: Unit) -> Fraction | None:
    """The value in another unit; None where they measure different things."""
    if before.kind != after.kind:
        return None
    return (value + before.offset) * before.factor / after.factor - after.offset


def sign(one: Unit) -> str:
    """How a unit is shown behind a number."""
    return _SHOWN.get(one.name, one.name)
