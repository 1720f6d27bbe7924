import tomllib
from pathlib import Path

import pytest

from rigwire.errors import UsageError
from rigwire.fetch.sources import Source, declared_sources, format_source, load_sources
from rigwire.settings import Settings

BASE = {"id": '"a"', "name": '"A"', "feeds": '["https://a.example/feed"]', "site": '"https://a.example"'}


def table(**changes: str) -> str:
    values = BASE | changes
    return "[[source]]\n" + "".join(f"{key} = {value}\n" for key, value in values.items() if value)


def written(folder: Path, content: str, name: str = "mine.toml") -> Path:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return path


def test_the_shipped_list() -> None:
    sources = declared_sources(Settings())
    assert len(sources) >= 20
    assert sum(source.id.startswith("sec-") for source in sources.values()) >= 6
    feeds = [url for source in sources.values() for url in source.feeds]
    assert len(feeds) == len(set(feeds))
    assert all(url.startswith("https://") for url in feeds)
    assert all(source.timezone != "UTC" for source in sources.values())


def test_a_later_file_adds_and_replaces(tmp_path: Path) -> None:
    one = written(tmp_path, table() + table(id='"b"'), "one.toml")
    two = written(tmp_path, table(name='"Other"', interval_minutes="15") + table(id='"c"'), "two.toml")
    sources = load_sources([one, two])
    assert list(sources) == ["a", "b", "c"]
    assert (sources["a"].name, sources["a"].interval_minutes) == ("Other", 15)


def test_the_shipped_list_can_be_left_out(tmp_path: Path) -> None:
    mine = written(tmp_path, table())
    assert list(declared_sources(Settings(shipped_sources=False, sources=(mine,)))) == ["a"]
    assert len(declared_sources(Settings(sources=(mine,)))) > 20


def test_defaults_and_every_key(tmp_path: Path) -> None:
    sources = load_sources([written(tmp_path, table())])
    assert sources["a"] == Source("a", "A", ("https://a.example/feed",), "https://a.example")
    full = table(
        language='"es"',
        timezone='"America/Asuncion"',
        interval_minutes="90",
        selectors='{ body = "article .text", remove = ".promo" }',
    )
    source = load_sources([written(tmp_path, full)])["a"]
    assert (source.language, source.timezone, source.interval_minutes) == ("es", "America/Asuncion", 90)
    assert source.selectors == {"body": "article .text", "remove": ".promo"}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (table(langauge='"en"'), ["source a", "langauge", "language"]),
        (table(site=""), ["source a", "'site' is missing"]),
        (table(id=""), ["source number 1", "'id' is missing"]),
        (table(feeds="[]"), ["'feeds' is missing"]),
        (table(feeds='"https://a.example/feed"'), ["'feeds'", "list"]),
        (table(feeds='["ftp://a.example"]'), ["'feeds'", "ftp://a.example"]),
        (table(feeds="[1]"), ["'feeds'"]),
        (table(id='"A b"'), ["'id'", "small letters"]),
        (table(name="3"), ["'name'", "text"]),
        (table(site='"a.example"'), ["'site'", "URL"]),
        (table(language='"english"'), ["'language'", "ISO 639-1"]),
        (table(timezone='"New York"'), ["'timezone'", "IANA"]),
        (table(timezone='"../etc/passwd"'), ["'timezone'", "IANA"]),
        (table(interval_minutes="1"), ["'interval_minutes'", "5"]),
        (table(interval_minutes='"hourly"'), ["'interval_minutes'"]),
        (table(selectors='"article"'), ["'selectors'", "table"]),
        (table(sitemap='"sitemap.xml"'), ["'sitemap'", "URL"]),
        (table(feeds="[]", sitemap='"https://a.example/s.xml"'), ["'feeds'"]),
        (table(archive='"https://a.example/archive"'), ["'archive'", "{page}"]),
        (table(archive='"https://a.example/{month}"'), ["'archive'", "{year}"]),
        (table(archive='"https://a.example/{page}/{year}"'), ["'archive'", "alone"]),
        (table(archive='"https://a.example/{week}"'), ["'archive'", "{week}"]),
        (table(archive='"https://a.example/{year.real}"'), ["'archive'", "only"]),
        (table(archive='"https://a.example/{"'), ["'archive'", "only"]),
        (table(archive='"archive/{year}"'), ["'archive'", "URL"]),
        (table(selectors='{ boddy = "p" }'), ["'selectors'", "did you mean 'body'"]),
        (table() + table(), ["source a", "twice"]),
        ("[source]\nid = 'a'\n", ["two brackets"]),
        ("source = 3\n", ["two brackets"]),
        ("[[sources]]\nid = 'a'\n", ["unknown key 'sources'"]),
        ("[[source]\n", ["TOML"]),
    ],
)
def test_a_broken_file_names_file_source_and_key(tmp_path: Path, content: str, words: list[str]) -> None:
    path = written(tmp_path, content)
    with pytest.raises(UsageError) as caught:
        load_sources([path])
    message = str(caught.value)
    assert "\n" not in message
    for word in [str(path), *words]:
        assert word in message


def test_a_sitemap_stands_in_for_feeds(tmp_path: Path) -> None:
    source = load_sources([written(tmp_path, table(feeds="", sitemap='"https://a.example/news.xml"'))])["a"]
    assert source.polled == ("https://a.example/news.xml",)
    assert load_sources([written(tmp_path, format_source(source))]) == {"a": source}
    both = load_sources([written(tmp_path, table(sitemap='"https://a.example/news.xml"'))])["a"]
    assert both.polled == ("https://a.example/feed", "https://a.example/news.xml")


def test_a_source_is_written_as_it_is_read(tmp_path: Path) -> None:
    source = Source(
        "a",
        'The "A"',
        ("https://a.example/feed",),
        "https://a.example",
        "no",
        "Europe/Oslo",
        30,
        {"body": "p > b"},
    )
    assert load_sources([written(tmp_path, format_source(source))]) == {"a": source}
    plain = Source("b", "B", ("https://b.example/feed",), "https://b.example")
    assert list(tomllib.loads(format_source(plain))["source"][0]) == ["id", "name", "feeds", "site"]
