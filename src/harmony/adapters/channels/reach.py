"""Which addresses may be reached from here: the world's, this machine's only where it may, private ones only if set."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from dataclasses import dataclass

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

NAT64 = ipaddress.ip_network("64:ff9b::/96")
HOST_LIMIT_CHARACTERS = 253


class Unreached(Exception):
    """Nothing arrived, or it was refused; ``str()`` is a reason without secrets.

    ``retry_after_seconds``: when the other side wants to be asked again. ``lasting``: trying again is useless.
    """

    def __init__(self, reason: str, *, retry_after_seconds: float | None = None, lasting: bool = False) -> None:
        super().__init__(reason)
        self.retry_after_seconds = retry_after_seconds
        self.lasting = lasting


@dataclass(frozen=True, slots=True)
class Reach:
    """``loopback``: this installation is reached over loopback only, so its hooks may be there too. ``private``: an
    operator allowed private networks."""

    loopback: bool = True
    private: bool = False

    def allows(self, address: Address, *, encrypted: bool) -> bool:
        """Whether an address may be connected to; without encryption only loopback, or private ones if allowed."""
        inner = unwrapped(address)
        if inner.is_loopback:
            return self.loopback
        if inner.is_link_local or inner.is_multicast or inner.is_unspecified or inner.is_reserved:
            return False
        if inner.is_global:
            return encrypted
        return self.private

    async def address_of(self, host: str, port: int, *, encrypted: bool) -> Address:
        """Where to connect; raises ``Unreached`` unless every address of the name is allowed."""
        try:
            found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise Unreached("its name does not resolve") from error
        addresses = [ipaddress.ip_address(str(one[4][0]).partition("%")[0]) for one in found]
        if not addresses:
            raise Unreached("its name does not resolve")
        if not all(self.allows(one, encrypted=encrypted) for one in addresses):
            raise Unreached("its address is not allowed to be reached from here", lasting=True)
        return addresses[0]


def unwrapped(address: Address) -> Address:
    """The IPv4 address inside an IPv6 one, where there is one."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    inner = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
    if inner is None and address in NAT64:
        inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return inner or address


def literal(host: str) -> Address | None:
    """The address that a host is written as, also as one number or in other bases, as resolvers read it."""
    try:
        return ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        pass
    try:
        return ipaddress.IPv4Address(socket.inet_aton(host))
    except (OSError, ValueError):
        return None
