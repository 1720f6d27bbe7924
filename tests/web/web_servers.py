"""The web page of a project, served by the command line in a process of its own."""

import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import requests

TOKEN = "correct-horse-battery"
# Every kind of page, the own ones first; numbers are of rows that the fixture site gives.
OWN_PAGES = (
    "/", "/map", "/map?by=machines", "/stories", "/stories?place=KZ&type=power_notice", "/stories/1", "/articles/1",
    "/companies", "/companies/1", "/search", "/search?q=grid", "/questions", "/sign-in", "/stories/999999", "/nothing",
)  # fmt: skip
TABLES = (
    "/rigwire", "/rigwire/power_notices", "/rigwire/events/1", "/rigwire?sql=select+*+from+events",
    "/rigwire/notices-in-force?day=2025-04-16&jurisdiction=", "/rigwire/articles?_facet=language",
)  # fmt: skip


@dataclass(frozen=True)
class Site:
    """A served folder; `base` has no slash at its end."""

    folder: Path
    base: str

    @property
    def log(self) -> str:
        """What the server has said."""
        return (self.folder / "serve.log").read_text(encoding="utf-8")

    def get(self, path: str, **options: Any) -> requests.Response:
        """Return the answer to a request."""
        return requests.get(f"{self.base}{path}", timeout=30, **options)

    def rows(self, sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
        """Return the rows of a query of the database, asked past the server."""
        with closing(sqlite3.connect(self.folder / "rigwire.db")) as connection:
            return connection.execute(sql, parameters).fetchall()

    def run(self, sql: str) -> None:
        """Change the database past the server."""
        with closing(sqlite3.connect(self.folder / "rigwire.db")) as connection, connection:
            connection.execute(sql)


def start(folder: Path, *arguments: str, token: str = TOKEN) -> "subprocess.Popen[bytes]":
    """Start `rigwire serve` in a folder with a `rigwire.db`."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("RIGWIRE_")}
    with (folder / "serve.log").open("w", encoding="utf-8") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "rigwire", "serve", *arguments],
            cwd=folder,
            env=kept | {"HOME": str(folder), "RIGWIRE_TOKEN": token},
            stderr=log,
        )


def failure(folder: Path, *arguments: str, token: str = TOKEN) -> tuple[int, str]:
    """Return the exit code of a server that does not start, and what it says."""
    with start(folder, *arguments, token=token) as server:
        code = server.wait(timeout=60)
    return code, (folder / "serve.log").read_text(encoding="utf-8")


@contextmanager
def serving(folder: Path) -> Iterator[Site]:
    """Serve the database of a folder on a free port with the token `TOKEN`."""
    with start(folder, "--port", "0") as server:
        try:
            log = folder / "serve.log"
            while not (said := log.read_text(encoding="utf-8")).endswith("\n"):
                assert server.poll() is None
                time.sleep(0.05)
            assert said.startswith("http://127.0.0.1:"), said
            yield Site(folder, said.split()[0].rstrip("/"))
        finally:
            server.terminate()


class Insides(HTMLParser):
    """Finds what the policy forbids: scripts and styles inside a page, handlers, and addresses that are scripts."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag that runs or styles anything by itself."""
        given = dict(attrs)
        if tag == "style" or (tag == "script" and not given.get("src")):
            self.found.append(tag)
        self.found += [f"{tag} {name}" for name in given if name.startswith("on") or name == "style"]
        self.found += [f"{tag} {value}" for value in given.values() if (value or "").strip().startswith("javascript:")]
