"""Loopback servers of the tests: one that answers by a function, and one that speaks raw bytes."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from rigwire.settings import Settings

NOW = datetime(2024, 5, 10, 12, 0, tzinfo=UTC)
LOOPBACK = Settings(
    allow_hosts=("127.0.0.1",),
    delay=0.0,
    retries=0,
    connect_timeout=5.0,
    read_timeout=5.0,
    transfer_deadline=10.0,
    max_page_bytes=200_000,
)

Answer = tuple[int, dict[str, str], bytes]


@dataclass
class Log:
    """Where a server listens, and the requests that it got: path and headers by lower-case name."""

    base: str = ""
    requests: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    @property
    def paths(self) -> list[str]:
        return [path for path, _ in self.requests]


@contextmanager
def answering(answer: Callable[[str, dict[str, str]], Answer]) -> Iterator[Log]:
    """Serve what `answer(path, headers)` returns: status, headers, body."""
    log = Log()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            log.requests.append((self.path, headers))
            status, extra, body = answer(self.path, headers)
            self.send_response(status)
            for name, value in ({"Content-Length": str(len(body))} | extra).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    log.base = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield log
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def speaking(talk: Callable[[socket.socket, threading.Event], None]) -> Iterator[Log]:
    """Hand every connection to `talk(connection, over)` after its request; `over` is set at the end."""
    log, over = Log(), threading.Event()
    listener = socket.create_server(("127.0.0.1", 0))
    log.base = f"http://127.0.0.1:{listener.getsockname()[1]}"

    def serve(connection: socket.socket) -> None:
        with connection:
            try:
                head = connection.recv(65_536).decode("latin-1")
                log.requests.append((head.split(" ")[1] if " " in head else "", {}))
                talk(connection, over)
            except OSError:  # the client hung up, as it should
                pass

    def accept() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            workers.append(threading.Thread(target=serve, args=(connection,)))
            workers[-1].start()

    workers: list[threading.Thread] = []
    acceptor = threading.Thread(target=accept)
    acceptor.start()
    try:
        yield log
    finally:
        over.set()
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        acceptor.join()
        for worker in workers:
            worker.join()
