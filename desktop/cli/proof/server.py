"""The whole world, for a run that may reach nobody: it answers each name, takes each connection.

Who asks is found in the system's list of sockets while it still waits for the answer.
"""

from __future__ import annotations

import ipaddress
import selectors
import socket
import struct
import threading
import time
from collections.abc import Callable

from desktop.cli.proof.owner import Owner, open_doors, owner
from desktop.cli.proof.packets import (
    asked_name,
    destination,
    greeted_host,
    reply,
)
from desktop.cli.proof.types import Contact, is_loopback

Tell = Callable[[Contact], None]
_DOORS = (53, 80, 123, 443, 853, 1080, 1883, 3128, 4317, 4318, 5222, 8000, 8080, 8443, 8883, 9000)
_ALL_PACKETS = 3
_PATIENCE = 1.0
_LOOK_EVERY = 0.1
_IP, _IPV6 = 0x0800, 0x86DD


def answer_everyone(tell: Tell) -> None:
    """Serve names and connections in threads, until the process ends. OSError."""
    names = [_bound(socket.SOCK_DGRAM, 53)]
    doors = [_bound(socket.SOCK_STREAM, port) for port in _DOORS]
    for door in doors:
        door.listen(64)
    for serve in (lambda: _answer_names(names[0], tell), lambda: _take_in(doors, tell)):
        threading.Thread(target=serve, daemon=True).start()


def _bound(kind: socket.SocketKind, port: int) -> socket.socket:
    """A socket at every address, of IPv6 and, inside it, of IPv4."""
    made = socket.socket(socket.AF_INET6, kind)
    made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_RECVPKTINFO, 1)
    made.bind(("::", port))
    return made


def _answer_names(door: socket.socket, tell: Tell) -> None:
    while True:
        query, extras, _, sender = door.recvmsg(4096, 256)
        who = owner("udp", sender[1])
        tell(Contact(who.pid, "look-up of the name", asked_name(query), who.name))
        # From the address that was asked: else the asker would not take it.
        back = [each for each in extras if each[:2] == (41, socket.IPV6_PKTINFO)]
        door.sendmsg([reply(query)], back, 0, sender)


def _take_in(doors: list[socket.socket], tell: Tell) -> None:
    with selectors.DefaultSelector() as ready:
        for door in doors:
            ready.register(door, selectors.EVENT_READ)
        while True:
            for key, _ in ready.select():
                caller, _ = key.fileobj.accept()  # type: ignore[union-attr]
                threading.Thread(target=_greet, args=(caller, tell), daemon=True).start()


def _greet(caller: socket.socket, tell: Tell) -> None:
    """Take what is said first: it names the host that is meant."""
    with caller:
        (address, port, *_), (_, from_port, *_) = caller.getsockname(), caller.getpeername()
        host = str(_plain(address))
        if is_loopback(host) and port != 53:
            return
        who = owner("tcp", from_port)
        caller.settimeout(_PATIENCE)
        try:
            said = caller.recv(4096)
        except OSError:
            said = b""
        named = greeted_host(said)
        whole = f"{host} port {port}" + (f" ({named})" if named else "")
        tell(Contact(who.pid, "connection to", whole, who.name))


def _plain(address: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    whole = ipaddress.ip_address(address.partition("%")[0])
    inside = whole.ipv4_mapped if isinstance(whole, ipaddress.IPv6Address) else None
    return inside or whole


def watch_doors(tell: Tell) -> None:
    """Tell of every TCP port that is opened to everyone, in a thread."""

    def look() -> None:
        while True:
            for port in open_doors() - set(_DOORS):
                who = owner("tcp", port)
                tell(Contact(who.pid, "door open to everyone:", f"port {port}", who.name))
            time.sleep(_LOOK_EVERY)

    threading.Thread(target=look, daemon=True).start()


class Lookout:
    """Sees every packet of the namespace, also those to doors where nobody answers."""

    def __init__(self, tell: Tell) -> None:
        self._tell, self.packets = tell, 0
        self._door = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(_ALL_PACKETS))
        threading.Thread(target=self._run, daemon=True).start()

    def _run(self) -> None:
        while True:
            packet, (_, kind, way, *_) = self._door.recvfrom(65_535)
            if way != socket.PACKET_OUTGOING or kind not in (_IP, _IPV6):
                continue
            self.packets += 1
            try:
                met = destination(packet)
            except (struct.error, ValueError, IndexError):
                met = None
            if met is not None and not met.answered(_DOORS):
                who = owner(met.kind, met.from_port) if met.from_port else Owner(0, "")
                self._tell(Contact(who.pid, f"{met.kind} packet to", met.place, who.name))
