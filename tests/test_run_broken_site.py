"""A site of which every tenth answer is broken: what a run misses, later runs over the healthy site bring in."""

import random
import shutil
import socket
import struct
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
import serve

from projects import Project
from rigwire.run.job import run
from rigwire.run.report import RunReport

# By their words: which of the two outlets of a shared story is met first decides whose URL it has.
ROWS = (
    "select text_hash, title, kind, language, extracted,"
    " (select count(*) from events where article_id = articles.id) from articles order by text_hash"
)


def refuse(handler: BaseHTTPRequestHandler) -> None:
    handler.send_error(503, "Over capacity")


def hang_up(handler: BaseHTTPRequestHandler) -> None:
    """Reset the connection instead of an answer."""
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.close_connection = True


def cut(handler: BaseHTTPRequestHandler) -> None:
    """Announce more than comes."""
    send(handler, {"Content-Length": "50000"}, b"<html><body><p>The county has")


def cut_unannounced(handler: BaseHTTPRequestHandler) -> None:
    """Send the first half of the page, without a length, as if it were all: it carries the tag of the whole."""
    server: serve.SiteServer = handler.site  # type: ignore[attr-defined]
    path = server.find(handler.path)
    body = server.content(path) if path else b""
    send(handler, {"ETag": '"whole"', "Content-Type": "text/html"}, body[: len(body) // 2])


def garble(handler: BaseHTTPRequestHandler) -> None:
    send(handler, {"Content-Encoding": "gzip", "Content-Length": "9"}, b"not gzip!")


def say_nothing(handler: BaseHTTPRequestHandler) -> None:
    send(handler, {"Content-Length": "0"}, b"")


def apologise(handler: BaseHTTPRequestHandler) -> None:
    """Answer with an error page that calls itself a page."""
    body = b"<html><head><title>404 Not Found</title></head><body><h1>404</h1><p>Page not found.</p></body></html>"
    send(handler, {"Content-Length": str(len(body)), "Content-Type": "text/html", "ETag": '"sorry"'}, body)


def go_round(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(302)
    handler.send_header("Location", handler.path)
    handler.send_header("Content-Length", "0")
    handler.end_headers()


def send(handler: BaseHTTPRequestHandler, headers: dict[str, str], body: bytes) -> None:
    handler.send_response(200)
    for name, value in headers.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(body)
    handler.close_connection = True


FAULTS: tuple[Callable[[BaseHTTPRequestHandler], None], ...] = (
    refuse, hang_up, cut, cut_unannounced, garble, say_nothing, apologise, go_round,
)  # fmt: skip


class BreakingSite(serve.SiteServer):
    """The fixture site, of which some answers, drawn from a seed, are broken in one of the ways of `FAULTS`."""

    def __init__(self, folder: Path, port: int, seed: int, share: float) -> None:
        super().__init__(folder, port)
        self.broken: list[str] = []
        dice = random.Random(seed)
        whole, site = self._server.RequestHandlerClass, self

        class Handler(whole):  # type: ignore[misc, valid-type]
            def do_GET(self) -> None:
                if dice.random() < share:
                    self.site = site
                    fault = dice.choice(FAULTS)
                    site.broken.append(f"{fault.__name__} {self.path}")
                    fault(self)
                else:
                    super().do_GET()

        self._server.RequestHandlerClass = Handler


def run_later(project: Project, days: int) -> RunReport:
    return run(project.settings, clock=lambda: datetime.now(UTC) + timedelta(days=days))


@pytest.mark.parametrize(("seed", "share"), [(1, 0.1), (3, 0.5)])
def test_a_broken_site_loses_nothing(
    tmp_path: Path, first_run: tuple[Path, int, RunReport], seed: int, share: float
) -> None:
    folder, port, _ = first_run
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    with BreakingSite(tmp_path / "site", port, seed, share) as site:
        project = Project(tmp_path / "project", tmp_path / "site", site)
        whole = project.rows(ROWS)
        project.db.unlink()
        for day in range(3):
            run_later(project, day)
        assert site.broken
    with serve.SiteServer(tmp_path / "site", port):
        for day in range(10, 80, 10):
            report = run_later(project, day)
    assert project.rows(ROWS) == whole, site.broken
    assert report.exit_code == 0
    assert project.rows("select count(*) from items where state <> 'done'") == [(0,)]
