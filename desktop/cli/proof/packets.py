"""What a packet, a name look-up and the first words of a connection say of where they go."""

from __future__ import annotations

import ipaddress
import struct
from dataclasses import dataclass

_TCP, _UDP, _HOP_BY_HOP, _ICMPV6 = 6, 17, 0, 58
_SYN, _ACK = 2, 16
_A, _AAAA, _INTERNET = 1, 28, 1
_ANSWERS = {_A: bytes((192, 0, 2, 7)), _AAAA: ipaddress.ip_address("2001:db8::7").packed}
"""Addresses that the standards keep for documentation: they are nobody's."""
_SERVER_NAME = 0


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a packet goes. `kind` is tcp, udp or the number of the protocol."""

    kind: str
    address: str
    port: int
    from_port: int
    answer: bool
    """Whether it belongs to a connection that the other side knows of."""

    @property
    def place(self) -> str:
        """Address and port."""
        return f"{self.address} port {self.port}" if self.port else self.address

    def answered(self, doors: tuple[int, ...]) -> bool:
        """Whether it is nothing of its own: inside this machine, or told of at a door."""
        address = ipaddress.ip_address(self.address)
        inside = address.is_loopback or (address.version == 6 and address.is_multicast)
        at_door = (
            self.port in doors
            if self.kind == "tcp"
            else (self.kind, self.port)
            == (
                "udp",
                53,
            )
        )
        return inside or self.answer or at_door


def destination(packet: bytes) -> Destination:
    """Of an IP packet. ValueError, IndexError or struct.error where it is none."""
    if packet[0] >> 4 == 4:
        protocol, address, data = packet[9], packet[16:20], packet[(packet[0] & 15) * 4 :]
    else:
        protocol, address, data = packet[6], packet[24:40], packet[40:]
    host = str(ipaddress.ip_address(address))
    if protocol == _TCP:
        from_port, port = struct.unpack_from("!HH", data)
        opens = data[13] & _SYN and not data[13] & _ACK
        return Destination("tcp", host, port, from_port, not opens)
    if protocol == _UDP:
        from_port, port = struct.unpack_from("!HH", data)
        # Our own answers to look-ups come from there.
        return Destination("udp", host, port, from_port, from_port == 53)
    # The network's own talk of what did not reach a door.
    return Destination(f"protocol {protocol}", host, 0, 0, protocol in (1, _ICMPV6, _HOP_BY_HOP))


def asked_name(query: bytes) -> str:
    """The name in a DNS query; "?" where there is none."""
    labels, at = [], 12
    while at < len(query) and (size := query[at]):
        labels.append(query[at + 1 : at + 1 + size].decode("ascii", "replace"))
        at += size + 1
    return ".".join(labels) or "?"


def reply(query: bytes) -> bytes:
    """An answer to a DNS query that gives every name an address of ours."""
    end = query.find(b"\0", 12) + 5
    kind, of = struct.unpack_from("!HH", query.ljust(end, b"\0"), end - 4)
    data = _ANSWERS.get(kind, b"") if of == _INTERNET else b""
    head = query[:2] + struct.pack("!HHHHH", 0x8180, 1, int(bool(data)), 0, 0)
    record = struct.pack("!HHHIH", 0xC00C, kind, of, 60, len(data)) + data if data else b""
    return head + query[12:end] + record


def greeted_host(said: bytes) -> str:
    """The host that a TLS or an HTTP client names in its first words; empty where it names none."""
    if said[:1] == b"\x16":
        return _server_name(said)
    for line in said.split(b"\r\n")[1:]:
        if line.lower().startswith(b"host:"):
            return line[5:].strip().decode("ascii", "replace")
    return ""


def _server_name(hello: bytes) -> str:
    """The SNI of a ClientHello."""
    try:
        at = 43 + 1 + hello[43]
        at += 2 + int.from_bytes(hello[at : at + 2], "big")
        at += 1 + hello[at] + 2
        while at + 4 <= len(hello):
            kind, size = struct.unpack_from("!HH", hello, at)
            if kind == _SERVER_NAME:
                return hello[at + 9 : at + 4 + size].decode("ascii", "replace")
            at += 4 + size
    except (IndexError, struct.error):
        return ""
    return ""
