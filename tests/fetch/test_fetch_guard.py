import socket
from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rigwire.fetch.guard import RefusedAddressError, is_allowed, is_public, is_public_host, open_socket

PRIVATE_4 = (
    "127.0.0.1", "127.9.9.9", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
    "0.0.0.0", "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1",
)  # fmt: skip
PRIVATE_6 = (
    "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fec0::1", "ff02::1", "2001:db8::1", "::127.0.0.1",
    "::ffff:127.0.0.1", "::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "2002:7f00:1::",
)  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE_4 + PRIVATE_6)
def test_private_addresses(address: str) -> None:
    assert not is_public(address)
    assert not is_public_host(f"[{address}]" if ":" in address else address)


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.215.14", "2606:4700::1111", "64:ff9b::808:808"])
def test_public_addresses(address: str) -> None:
    assert is_public(address)


@given(st.ip_addresses(v=4))
def test_an_address_inside_another_is_judged_as_itself(inner: IPv4Address) -> None:
    public = is_public(str(inner))
    assert is_public(f"::ffff:{inner}") is public
    assert is_public(str(IPv6Address((0x64FF9B << 96) + int(inner)))) is public
    assert is_public(str(IPv6Address((0x2002 << 112) + (int(inner) << 80)))) is public


def test_names_of_this_machine() -> None:
    assert not is_public_host("localhost")
    assert not is_public_host("db.localhost")
    assert is_public_host("news.example")


def test_hosts_that_the_settings_allow() -> None:
    assert is_allowed("LOCALHOST", 80, ["localhost"])
    assert is_allowed("127.0.0.1", 8000, ["127.0.0.1:8000"])
    assert not is_allowed("127.0.0.1", 8001, ["127.0.0.1:8000"])
    assert is_allowed("::1", 8000, ["[::1]:8000"])
    assert not is_allowed("localhost.evil.example", 80, ["localhost"])


def test_a_name_that_leads_to_a_private_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def lying(host: str, port: int, **_: object) -> list[object]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port)) for ip in ("127.0.0.1", "10.0.0.1")]

    monkeypatch.setattr(socket, "getaddrinfo", lying)
    with pytest.raises(RefusedAddressError, match=r"news\.example \(127\.0\.0\.1\).*allow_hosts"):
        open_socket("news.example", 80, timeout=1)


def test_the_address_that_was_checked_is_the_one_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that changes between check and connection has no second chance: it is looked up once."""
    asked: list[str] = []

    def counting(host: str, port: int, **_: object) -> list[object]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    with socket.create_server(("127.0.0.1", 0)) as listener:
        monkeypatch.setattr(socket, "getaddrinfo", counting)
        port = listener.getsockname()[1]
        with open_socket("site.example", port, timeout=5, allow_hosts=["site.example"]) as opened:
            assert opened.getpeername() == ("127.0.0.1", port)
    assert asked == ["site.example"]


def test_an_address_that_does_not_answer_is_an_error() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(ConnectionRefusedError):
        open_socket("127.0.0.1", port, timeout=5, allow_hosts=["127.0.0.1"])
