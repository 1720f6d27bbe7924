"""The address guard: a socket is opened only to a public address that was checked the moment before."""

import socket
from collections.abc import Iterator, Sequence
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

# RFC 6052: an IPv4 address in the last 32 bits, which a NAT64 gateway would reach.
_NAT64 = IPv6Network("64:ff9b::/96")

SocketOptions = Sequence[tuple[int, int, int | bytes]]


class RefusedAddressError(OSError):
    """A host whose every address is private, loopback, link-local or otherwise not of the public internet."""


def is_public(address: str) -> bool:
    """Tell whether `address` (IPv4 or IPv6 text) is one that a news site can have.

    Addresses inside others (IPv4-mapped, 6to4, Teredo, NAT64) are judged by what they hold.
    """
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address):
        inner = list(_embedded(ip))
        if inner or ip.is_site_local:
            return bool(inner) and all(is_public(str(part)) for part in inner)
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


def is_public_host(host: str) -> bool:
    """Tell, without asking DNS, whether `host` may be public: no private address, no localhost."""
    try:
        return is_public(host.strip("[]"))
    except ValueError:
        return host != "localhost" and not host.endswith(".localhost")


def refusal(host: str, address: str = "") -> str:
    """Return the words for a host that is refused, and what permits it."""
    shown = f"{host} ({address})" if address and address != host else host
    return f"{shown} is no public address; if you trust it, add it to the setting allow_hosts"


def is_allowed(host: str, port: int, allow_hosts: Sequence[str]) -> bool:
    """Tell whether the settings except `host` (or `host:port`) from the guard; IPv6 may stand in brackets."""
    name = host.strip("[]").lower()
    allowed = {entry.lower() for entry in allow_hosts}
    return not allowed.isdisjoint({name, f"[{name}]", f"{name}:{port}", f"[{name}]:{port}"})


def open_socket(
    host: str,
    port: int,
    *,
    timeout: float | None,
    allow_hosts: Sequence[str] = (),
    options: SocketOptions = (),
) -> socket.socket:
    """Return a TCP connection to `host`, made to the very address that was checked.

    Raises RefusedAddressError when no address of the host may be contacted, OSError when none answers.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    free = is_allowed(host, port, allow_hosts)
    usable = [entry for entry in found if free or is_public(str(entry[4][0]))]
    if not usable:
        raise RefusedAddressError(refusal(host, str(found[0][4][0])))
    failure = OSError(f"no address of {host} answers")
    for family, kind, protocol, _, address in usable:
        try:
            return _connect(socket.socket(family, kind, protocol), address, timeout, options)
        except OSError as error:
            failure = error
    raise failure


def _connect(
    sock: socket.socket, address: tuple[object, ...], timeout: float | None, options: SocketOptions
) -> socket.socket:
    try:
        for option in options:
            sock.setsockopt(*option)
        sock.settimeout(timeout)
        sock.connect(address)
    except OSError:
        sock.close()
        raise
    return sock


def _embedded(ip: IPv6Address) -> Iterator[IPv4Address]:
    """Yield the IPv4 addresses that a gateway would make of `ip`."""
    if ip.ipv4_mapped:
        yield ip.ipv4_mapped
    if ip.sixtofour:
        yield ip.sixtofour
    if ip.teredo:
        yield from ip.teredo
    if ip in _NAT64:
        yield IPv4Address(int(ip) & 0xFFFFFFFF)
