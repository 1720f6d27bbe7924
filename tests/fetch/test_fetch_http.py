import gzip
import ssl
import threading
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from loopback import LOOPBACK, NOW, Answer, answering
from rigwire.errors import SourceError
from rigwire.fetch.failure import RequestError
from rigwire.fetch.gate import LONGEST_DELAY
from rigwire.fetch.http import ACCEPT_PAGE, Client, Wanted
from rigwire.model import Page
from rigwire.settings import Settings

Get = Callable[..., Page]
TLS = Path(__file__).parent / "tls"


def always(status: int, headers: dict[str, str] | None = None, body: bytes = b"") -> Callable[..., Answer]:
    return lambda path, sent: (status, headers or {}, body)


def test_a_page_comes_as_it_is(get: Get) -> None:
    with answering(
        always(200, {"Content-Type": "text/html", "ETag": '"7"', "Set-Cookie": "a=b"}, b"<p>x")
    ) as site:
        page = get(f"{site.base}/story?id=1#top")
    assert (page.status, page.body, page.fetched_at) == (200, b"<p>x", NOW)
    assert page.url == f"{site.base}/story?id=1#top"
    assert page.headers["etag"] == '"7"'
    assert "set-cookie" not in page.headers
    [(path, headers)] = site.requests
    assert path == "/story?id=1"
    assert headers["user-agent"].startswith("rigwire/")
    assert headers["accept-encoding"] == "gzip, deflate"
    assert "cookie" not in headers


def test_a_compressed_page_is_unpacked(get: Get) -> None:
    packed = gzip.compress(b"news " * 1000)
    with answering(always(200, {"Content-Encoding": "gzip"}, packed)) as site:
        assert get(site.base).body == b"news " * 1000


def test_conditional_requests(get: Get) -> None:
    def answer(path: str, sent: dict[str, str]) -> Answer:
        known = sent.get("if-none-match") == '"7"' or "if-modified-since" in sent
        return (304, {"ETag": '"7"'}, b"") if known else (200, {"ETag": '"8"'}, b"new")

    with answering(answer) as site:
        assert (get(site.base, etag='"7"').status, get(site.base, etag='"7"').body) == (304, b"")
        assert get(site.base, last_modified="Fri, 10 May 2024 11:00:00 GMT").status == 304
        assert get(site.base, etag='"6"').body == b"new"


def test_304_without_a_question_is_an_error(get: Get) -> None:
    with answering(always(304)) as site, pytest.raises(RequestError, match="answered 304"):
        get(site.base)


def test_redirects_lead_to_the_page_and_every_hop_is_asked_for(get: Get) -> None:
    def answer(path: str, sent: dict[str, str]) -> Answer:
        steps = {"/": "/two", "/two": "three?x=1#y"}
        return (302, {"Location": steps[path]}, b"ignored") if path in steps else (200, {}, b"end")

    hops: list[str] = []

    def hop(url: str) -> float:
        hops.append(url)
        return 0.0

    with answering(answer) as site:
        page = get(f"{site.base}/", hop=hop)
    assert (page.body, page.url, page.final_url) == (b"end", f"{site.base}/", f"{site.base}/three?x=1")
    assert hops == [f"{site.base}{path}" for path in ("/", "/two", "/three?x=1")]


def test_a_redirect_in_utf_8_is_understood(get: Get) -> None:
    def answer(path: str, sent: dict[str, str]) -> Answer:
        location = "/énergie".encode().decode("latin-1")
        return (302, {"Location": location}, b"") if path == "/" else (200, {}, path.encode())

    with answering(answer) as site:
        assert get(site.base).body == b"/%C3%A9nergie"


def test_a_redirect_that_is_too_long_is_refused_not_cut(get: Get) -> None:
    target = f"/{'x' * 3000}"
    with answering(lambda path, sent: (302, {"Location": target}, b"")) as site:
        with pytest.raises(RequestError, match="no web page"):
            get(site.base)
        assert site.paths == ["/"]


def test_a_hop_that_is_refused_is_not_requested(get: Get) -> None:
    def hop(url: str) -> float:
        if url.endswith("/private"):
            raise RequestError(url, "robots.txt of the site does not allow it")
        return 0.0

    with answering(always(301, {"Location": "/private"})) as site:
        with pytest.raises(RequestError, match="robots"):
            get(site.base, hop=hop)
        assert site.paths == ["/"]


@pytest.mark.parametrize(
    ("status", "permanent"),
    [(404, False), (410, True), (403, False), (401, False), (204, False), (300, False)],
)
def test_statuses_that_are_no_page(get: Get, pauses: list[float], status: int, permanent: bool) -> None:
    with answering(always(status)) as site, pytest.raises(RequestError) as caught:
        get(f"{site.base}/x?token=secret", replace(LOOPBACK, retries=3))
    assert (caught.value.status, caught.value.permanent) == (status, permanent)
    assert str(status) in str(caught.value)
    assert "secret" not in str(caught.value)
    assert isinstance(caught.value, SourceError)
    assert pauses == []


def test_a_server_in_trouble_is_asked_again(get: Get, pauses: list[float]) -> None:
    statuses = iter([500, 503, 200])
    with answering(lambda path, sent: (next(statuses), {}, b"at last")) as site:
        assert get(site.base, replace(LOOPBACK, retries=2)).body == b"at last"
    assert pauses[0] == 1.0
    assert 2.0 in pauses


def test_attempts_end(get: Get, pauses: list[float]) -> None:
    with answering(always(502)) as site:
        with pytest.raises(RequestError, match="502 Bad Gateway"):
            get(site.base, replace(LOOPBACK, retries=2))
        assert len(site.requests) == 3


def test_a_short_retry_after_is_waited_for(get: Get, pauses: list[float]) -> None:
    answers = iter([(429, {"Retry-After": "7"}, b""), (200, {}, b"ok")])
    with answering(lambda path, sent: next(answers)) as site:
        assert get(site.base, replace(LOOPBACK, retries=1)).body == b"ok"
    assert 7.0 in pauses


@pytest.mark.parametrize("status", [429, 503])
def test_a_long_retry_after_is_left_to_the_schedule(get: Get, pauses: list[float], status: int) -> None:
    header = {"Retry-After": "Fri, 10 May 2024 14:00:00 GMT"}
    with answering(always(status, header)) as site:
        with pytest.raises(RequestError) as caught:
            get(site.base, replace(LOOPBACK, retries=5))
        assert len(site.requests) == 1
    assert caught.value.retry_after == 7200.0
    assert pauses == []


def test_the_delay_and_the_crawl_delay_are_kept(
    make_client: Callable[[Settings], Client], pauses: list[float]
) -> None:
    client = make_client(replace(LOOPBACK, delay=2.0))
    with answering(always(200)) as site:
        for delay in (0.0, 0.0, 5.0, 9999.0):
            client.get(Wanted(site.base, ACCEPT_PAGE, 1000), lambda url, delay=delay: delay)  # type: ignore[misc]
    assert pauses == [2.0, 5.0, LONGEST_DELAY]


def test_connections_are_used_again(make_client: Callable[[Settings], Client]) -> None:
    client = make_client(LOOPBACK)
    ports: set[str] = set()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            ports.add(str(self.client_address[1]))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Keep quiet."""

    with listening(Handler) as server:
        for _ in range(3):
            client.get(Wanted(f"http://127.0.0.1:{server.server_address[1]}/", ACCEPT_PAGE, 1000))
    assert len(ports) == 1


def test_proxies_of_the_environment_are_ignored(get: Get, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with answering(always(200, body=b"direct")) as site:
        assert get(site.base).body == b"direct"


def test_a_proxy_of_the_settings_is_used_and_keeps_the_guard(get: Get) -> None:
    with answering(always(200, body=b"by proxy")) as proxy:
        settings = replace(LOOPBACK, allow_hosts=(), proxy=proxy.base)
        assert get("http://news.example/story", settings).body == b"by proxy"
        assert proxy.paths == ["http://news.example/story"]
        for private in ("http://169.254.169.254/latest", "http://localhost/", "http://[::1]/"):
            with pytest.raises(RequestError, match="no public address"):
                get(private, settings)
        assert len(proxy.requests) == 1


@contextmanager
def listening(handler: Any, context: ssl.SSLContext | None = None) -> Any:
    """Serve `handler` on loopback, by TLS with a `context`."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Secure(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"secret")

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet."""


@pytest.fixture
def tls() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(TLS / "server.pem", TLS / "server.key")
    return context


def test_certificates_are_checked_against_the_host_name(get: Get, tls: ssl.SSLContext) -> None:
    """The connection goes to the checked address, the certificate still has to be that of the name."""
    names: list[str | None] = []
    tls.sni_callback = lambda sock, name, context: names.append(name)
    trusting = replace(LOOPBACK, allow_hosts=("localhost", "127.0.0.1"), ca_bundle=str(TLS / "server.pem"))
    with listening(Secure, tls) as server:
        port = server.server_address[1]
        assert get(f"https://localhost:{port}/", trusting).body == b"secret"
        assert names == ["localhost"]
        with pytest.raises(RequestError, match="certificate is not valid"):
            get(f"https://127.0.0.1:{port}/", trusting)
        with pytest.raises(RequestError, match="certificate is not valid"):
            get(f"https://localhost:{port}/", replace(trusting, ca_bundle=""))


def test_a_host_that_does_not_answer(get: Get, pauses: list[float]) -> None:
    with answering(always(200)) as site:
        base = site.base
    with pytest.raises(RequestError, match="refused") as caught:
        get(base, replace(LOOPBACK, retries=2))
    assert caught.value.status is None
    assert pauses == [1.0, 2.0]


def test_a_host_that_does_not_exist(get: Get) -> None:
    with pytest.raises(RequestError, match="host was not found"):
        get("http://no-such-host.invalid/")


def test_one_client_serves_many_threads(make_client: Callable[[Settings], Client]) -> None:
    client = make_client(LOOPBACK)
    bodies: list[bytes] = []

    def fetch(base: str, number: int) -> None:
        bodies.append(client.get(Wanted(f"{base}/{number}", ACCEPT_PAGE, 1000)).body)

    def echo(path: str, sent: dict[str, str]) -> Answer:
        return 200, {}, path.encode()

    with answering(echo) as one, answering(echo) as two:
        threads = [
            threading.Thread(target=fetch, args=((one, two)[number % 2].base, number)) for number in range(20)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(bodies) == sorted(f"/{number}".encode() for number in range(20))
