"""ImageNet classes that mean the same to most people, by index.

The network often knows that it sees a dog and not which breed. Probabilities of one family are
added up, so that "dog" can be said where no single breed could.
"""

from __future__ import annotations

from collections.abc import Iterable


def _indices(*parts: int | tuple[int, int]) -> tuple[int, ...]:
    found: list[int] = []
    for part in parts:
        found.extend([part] if isinstance(part, int) else range(part[0], part[1] + 1))
    return tuple(found)


FAMILIES: dict[str, tuple[int, ...]] = {
    "fish": _indices((0, 6), (389, 397)),
    "bird": _indices((7, 24), (80, 100), (127, 146)),
    "newt or salamander": _indices((25, 29)),
    "frog": _indices((30, 32)),
    "turtle": _indices((33, 37)),
    "lizard": _indices((38, 48)),
    "crocodile": _indices(49, 50),
    "snake": _indices((52, 68)),
    "spider": _indices((72, 77)),
    "crab or lobster": _indices((118, 125)),
    "dog": _indices((151, 268)),
    "wolf": _indices((269, 275)),
    "fox": _indices((277, 280)),
    "cat": _indices((281, 285)),
    "big cat": _indices((286, 293)),
    "bear": _indices((294, 297)),
    "insect": _indices((300, 320)),
    "butterfly": _indices((321, 326)),
    "rabbit": _indices((330, 332)),
    "pig": _indices(341, 342),
    "cattle": _indices((345, 347)),
    "sheep or goat": _indices((348, 350)),
    "monkey": _indices((365, 384)),
    "elephant": _indices(101, 385, 386),
    "aeroplane": _indices(404, 895, 908),
    "ball": _indices(429, 430, 522, 574, 722, 768, 805, 852, 890),
    "bag": _indices(414, 636, 748, 728),
    "bicycle": _indices(444, 671),
    "boat": _indices(472, 484, 510, 554, 576, 625, 628, 724, 780, 814, 871, 914),
    "bottle": _indices(440, 737, 898, 907),
    "bus": _indices(654, 779, 874),
    "car": _indices(407, 436, 468, 511, 609, 627, 656, 661, 734, 751, 817),
    "truck": _indices(555, 569, 675, 717, 864, 867),
    "chair": _indices(423, 559, 765),
    "clock": _indices(409, 530, 892),
    "watch": _indices(531, 826),
    "computer": _indices(527, 620, 681),
    "screen": _indices(664, 782, 851),
    "keyboard": _indices(508, 810, 878),
    "cup": _indices(504, 967, 968),
    "guitar": _indices(402, 546),
    "hat": _indices(439, 515, 808),
    "motorcycle or scooter": _indices(665, 670),
    "phone": _indices(487, 528, 707),
    "piano": _indices(579, 881),
    "rocket": _indices(657, 744, 812),
    "shoe": _indices(502, 514, 630, 770, 774),
    "sunglasses": _indices(836, 837),
    "train": _indices(466, 547, 705, 820, 829),
    "printed page": _indices(549, (916, 918), 921, 922),
    "fruit": _indices((948, 957)),
    "vegetable": _indices((936, 946)),
    "mushroom": _indices(947, (991, 997)),
    "mountains": _indices(970, 972, 979, 980),
    "shore": _indices((975, 978)),
}


def alone(count: int) -> Iterable[int]:
    """The classes that belong to no family."""
    taken = {index for indices in FAMILIES.values() for index in indices}
    return (index for index in range(count) if index not in taken)
