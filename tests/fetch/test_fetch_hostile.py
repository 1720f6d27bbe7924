"""What a hostile or broken server can do: each ends in an error of one line, within its limit."""

import gzip
import socket
import threading
from collections.abc import Callable
from dataclasses import replace

import pytest

from loopback import LOOPBACK, Answer, answering, speaking
from rigwire.fetch.failure import RequestError
from rigwire.model import Page

Get = Callable[..., Page]
Talk = Callable[[socket.socket, threading.Event], None]

# Short enough for a test, long enough for a request on loopback.
IMPATIENT = replace(LOOPBACK, transfer_deadline=0.6, read_timeout=5.0)
OK = b"HTTP/1.1 200 OK\r\n"


def say(*parts: bytes) -> Talk:
    """Send the parts and hang up."""

    def talk(connection: socket.socket, over: threading.Event) -> None:
        for part in parts:
            connection.sendall(part)

    return talk


def drip(start: bytes, drop: bytes) -> Talk:
    """Send `start`, then `drop` for as long as anybody listens: no single wait is long."""

    def talk(connection: socket.socket, over: threading.Event) -> None:
        connection.sendall(start)
        while not over.wait(0.05):
            connection.sendall(drop)

    return talk


def pour(start: bytes, drop: bytes) -> Talk:
    """Send `start`, then `drop` without an end, as fast as it is taken."""

    def talk(connection: socket.socket, over: threading.Event) -> None:
        connection.sendall(start)
        while not over.is_set():
            connection.sendall(drop)

    return talk


def silent(connection: socket.socket, over: threading.Event) -> None:
    over.wait(30)


SLOW = {
    "body": drip(OK + b"Content-Length: 100000\r\n\r\n", b"x"),
    "body without length": drip(OK + b"\r\n", b"x"),
    "chunks": drip(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
    "chunk size": drip(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"0"),
    "trailer": drip(OK + b"Transfer-Encoding: chunked\r\n\r\n0\r\n", b"a: b\r\n"),
    "status line": drip(b"", b"H"),
    "headers": drip(OK, b"x"),
    "headers without an end": drip(OK + b"X-A: ", b"a"),
    "interim answers": drip(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "redirect": drip(b"HTTP/1.1 302 Found\r\nLocation", b"x"),
}


@pytest.mark.parametrize("talk", SLOW.values(), ids=SLOW.keys())
def test_slow_answers_end_at_the_deadline(get: Get, talk: Talk) -> None:
    with (
        speaking(talk) as server,
        pytest.raises(RequestError, match=r"took longer than 0\.6 s in all") as caught,
    ):
        get(f"{server.base}/story", IMPATIENT)
    assert "/story" in str(caught.value)
    assert not caught.value.permanent


def test_a_server_that_says_nothing(get: Get) -> None:
    with speaking(silent) as server, pytest.raises(RequestError, match="did not answer in time"):
        get(server.base, replace(LOOPBACK, read_timeout=0.3))


def test_a_handshake_that_never_ends(get: Get) -> None:
    with (
        speaking(drip(b"\x16\x03\x03\x3f\xff", b"\x00")) as server,
        pytest.raises(RequestError, match="took longer"),
    ):
        get(server.base.replace("http:", "https:"), IMPATIENT)


ENDLESS = {
    "plain": pour(OK + b"\r\n", bytes(50_000)),
    "chunked": pour(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"c350\r\n" + bytes(50_000) + b"\r\n"),
    "announced": say(OK + b"Content-Length: 99999999999\r\n\r\n"),
}


@pytest.mark.parametrize("talk", ENDLESS.values(), ids=ENDLESS.keys())
def test_endless_bodies_end_at_the_size_limit(get: Get, talk: Talk) -> None:
    with speaking(talk) as server, pytest.raises(RequestError, match="larger than 200,000 bytes"):
        get(server.base)


def test_a_gzip_bomb_is_not_unpacked(get: Get) -> None:
    bomb = gzip.compress(bytes(100_000_000))
    with (
        answering(lambda path, sent: (200, {"Content-Encoding": "gzip"}, bomb)) as site,
        pytest.raises(RequestError, match="larger than 200,000 bytes"),
    ):
        get(site.base)


def test_a_redirect_with_an_endless_body_is_not_read(get: Get) -> None:
    def talk(connection: socket.socket, over: threading.Event) -> None:
        if server.paths[-1] == "/end":
            connection.sendall(OK + b"Content-Length: 3\r\n\r\nend")
        else:
            pour(b"HTTP/1.1 302 Found\r\nLocation: /end\r\n\r\n", bytes(50_000))(connection, over)

    with speaking(talk) as server:
        assert get(server.base).body == b"end"


BROKEN = {
    "too short": (say(OK + b"Content-Length: 500\r\n\r\nonly this"), "ends too early"),
    "chunk cut": (
        say(OK + b"Transfer-Encoding: chunked\r\n\r\n64\r\nonly"),
        "ends too early|connection failed",
    ),
    "no last chunk": (
        say(OK + b"Transfer-Encoding: chunked\r\n\r\n4\r\nonly\r\n"),
        "ends too early|connection failed",
    ),
    "bad chunk size": (
        say(OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nonly\r\n"),
        "ends too early|connection failed",
    ),
    "gzip cut": (say(OK + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"news" * 99)[:20]), "too early"),
    "gzip that is none": (say(OK + b"Content-Encoding: gzip\r\n\r\n<html>"), "wrongly compressed"),
    "brotli": (say(OK + b"Content-Encoding: br\r\nContent-Length: 1\r\n\r\nx"), "not asked for"),
    "no HTTP": (say(b"SSH-2.0-OpenSSH_9.6\r\n"), "connection failed"),
    "hang up": (say(b""), "connection failed"),
    "hang up in the headers": (say(OK + b"Content-Ty"), "breaks off"),
    "hang up between the headers": (say(OK + b"Content-Type: text/html\r\n"), "breaks off"),
    "200 headers": (
        say(OK + b"".join(b"X-%d: y\r\n" % n for n in range(200)) + b"\r\n"),
        "connection failed",
    ),
    "header of 1 MB": (say(OK + b"X-A: " + b"a" * 1_000_000 + b"\r\n\r\n"), "connection failed"),
    "two lengths": (say(OK + b"Content-Length: 3\r\nContent-Length: 900\r\n\r\nabc"), "broken header"),
    "status 999": (say(b"HTTP/1.1 999 Denied\r\nContent-Length: 0\r\n\r\n"), "answered 999"),
    "status 99": (say(b"HTTP/1.1 099 What\r\nContent-Length: 0\r\n\r\n"), "connection failed"),
}


@pytest.mark.parametrize(("talk", "words"), BROKEN.values(), ids=BROKEN.keys())
def test_broken_answers_are_one_line_errors(get: Get, talk: Talk, words: str) -> None:
    with speaking(talk) as server, pytest.raises(RequestError, match=words) as caught:
        get(server.base)
    assert "\n" not in str(caught.value)
    assert server.base in str(caught.value)


WAYS_OUT = {
    "metadata service": "http://169.254.169.254/latest/meta-data/",
    "loopback by number": "http://2130706433/",
    "loopback by IPv6": "http://[::1]/",
    "mapped": "http://[::ffff:10.0.0.1]/",
    "this machine": "http://localhost:1/",
}


@pytest.mark.parametrize("target", WAYS_OUT.values(), ids=WAYS_OUT.keys())
def test_redirects_to_private_addresses_are_refused(get: Get, target: str) -> None:
    with answering(lambda path, sent: (302, {"Location": target}, b"")) as site:
        with pytest.raises(RequestError, match=r"no public address|not found") as caught:
            get(site.base)
        assert len(site.requests) == 1
    assert not caught.value.permanent


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "ftp://a.example/", "gopher://a.example/", "javascript:alert(1)", ""]
)
def test_redirects_to_other_schemes_are_refused(get: Get, target: str) -> None:
    with (
        answering(lambda path, sent: (301, {"Location": target}, b"")) as site,
        pytest.raises(RequestError, match="redirects to"),
    ):
        get(site.base)


def test_redirects_with_a_password_are_refused(get: Get) -> None:
    with (
        answering(lambda path, sent: (301, {"Location": "http://me:pw@a.example/"}, b"")) as site,
        pytest.raises(RequestError) as caught,
    ):
        get(site.base)
    assert "pw" not in str(caught.value)


def test_redirect_loops_end(get: Get) -> None:
    def circle(path: str, sent: dict[str, str]) -> Answer:
        return 302, {"Location": "/b" if path == "/a" else "/a"}, b""

    with answering(circle) as site, pytest.raises(RequestError, match="in a loop"):
        get(f"{site.base}/a")
    with answering(lambda path, sent: (302, {"Location": f"{path}x"}, b"")) as site:
        with pytest.raises(RequestError, match="more than 10 times"):
            get(f"{site.base}/a")
        assert len(site.requests) == 10


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://a.example/", "http://", "http://u:p@a.example/", "x"]
)
def test_what_is_no_web_url_is_refused_for_good(get: Get, url: str) -> None:
    with pytest.raises(RequestError) as caught:
        get(url)
    assert caught.value.permanent


def test_loopback_is_refused_unless_allowed(get: Get) -> None:
    with answering(lambda path, sent: (200, {}, b"inside")) as site:
        port = int(site.base.rpartition(":")[2])
        with pytest.raises(RequestError, match="allow_hosts"):
            get(site.base, replace(LOOPBACK, allow_hosts=()))
        with pytest.raises(RequestError, match="allow_hosts"):
            get(site.base, replace(LOOPBACK, allow_hosts=(f"127.0.0.1:{port - 1}",)))
        assert site.requests == []
        assert get(site.base, replace(LOOPBACK, allow_hosts=(f"127.0.0.1:{port}",))).body == b"inside"


def test_headers_come_on_one_line(get: Get) -> None:
    folded = OK + b"X-A: one\r\n two\r\nETag: \xff\x00\r\nContent-Length: 0\r\n\r\n"
    with speaking(say(folded)) as server:
        page = get(server.base)
    assert page.headers["x-a"] == "one two"
    assert all("\n" not in value for value in page.headers.values())
