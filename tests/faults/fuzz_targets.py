"""What the fuzzers call: each target takes any bytes and may end in no other way than well or by a rigwire error."""

import json
import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

from rigwire.documents import Document
from rigwire.errors import RigwireError
from rigwire.fetch.feeds import parse_feed
from rigwire.fetch.sources import load_sources
from rigwire.model import Hints
from rigwire.serialize import extraction_json
from rigwire.settings import load_settings
from rigwire.stages import extract_article, read_article
from rigwire.store import Store, open_database
from rigwire.store.named import named_queries
from rigwire.store.queries import run_named, run_query, search_articles

ROOT = Path(__file__).parents[2]
NOW = datetime(2025, 6, 1, tzinfo=UTC)
URL = "https://news.example/2025/06/story"


def fuzz_feed(data: bytes) -> None:
    """A feed of whatever kind the bytes pass for."""
    with suppress(RigwireError):
        for item in parse_feed(data, None, URL, now=NOW).items:
            assert item.id
            assert item.url.startswith(("http://", "https://"))


def fuzz_html(data: bytes) -> None:
    """A page, parsed and extracted."""
    with suppress(RigwireError):
        _check(Document("fuzz", data, is_html=True, hints=Hints(url=URL)))


def fuzz_text(data: bytes) -> None:
    """A flat text, extracted."""
    with suppress(RigwireError):
        _check(Document("fuzz", data, hints=Hints(published="2025-06-01")))


def _check(document: Document) -> None:
    extraction = extract_article(read_article(document))
    text = extraction.article.text
    for event in extraction.events:
        assert text[event.start : event.end] == event.quote
        assert all(text[quantity.start : quantity.end] == quantity.text for quantity in event.quantities)
    json.dumps(extraction_json(extraction))


def fuzz_config(data: bytes) -> None:
    """A configuration and a list of sources."""
    with tempfile.NamedTemporaryFile(suffix=".toml") as file:
        file.write(data)
        file.flush()
        with suppress(RigwireError):
            load_settings(Path(file.name), {})
        with suppress(RigwireError):
            load_sources([Path(file.name)])


def fuzz_query(data: bytes) -> None:
    """SQL, words to search for, and the parameters of every named query."""
    store, words = _store(), data.decode(errors="surrogateescape")
    with suppress(RigwireError):
        list(run_query(store, words, limit=20).rows)
    with suppress(RigwireError):
        search_articles(store, words)
    values = re.split(r"[&\n]", words)
    for name, query in named_queries().items():
        given = {parameter.name: value for parameter, value in zip(query.parameters, values, strict=False)}
        with suppress(RigwireError):
            list(run_named(store, name, given, today=date(2025, 6, 1), limit=5).rows)
    assert store.rows("select count(*) as n from articles") == [{"n": 0}]


@cache
def _store() -> Store:
    folder = Path(tempfile.mkdtemp(prefix="rigwire-fuzz-"))
    return open_database(folder / "rigwire.db")


TARGETS: dict[str, Callable[[bytes], None]] = {
    "feed": fuzz_feed,
    "html": fuzz_html,
    "text": fuzz_text,
    "config": fuzz_config,
    "query": fuzz_query,
}


def seeds(target: str) -> Iterator[bytes]:
    """Yield inputs of the kind that a target is made for."""
    site = ROOT / "fixtures" / "site"
    patterns = {
        "feed": (site / "feeds", "*"),
        "html": (site, "**/*.html"),
        "text": (ROOT / "fixtures" / "gold" / "test", "test-0*.json"),
        "config": (site, "sources.toml"),
        "query": (ROOT / "models" / "queries", "*.sql"),
    }
    folder, pattern = patterns[target]
    for path in sorted(folder.glob(pattern)):
        if path.is_file():
            yield path.read_bytes()
