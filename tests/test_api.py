"""The Python interface, the JSON of the codebook, and documents from anywhere."""

import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import rigwire
from projects import ROOT, Project
from rigwire.documents import Document, Reader, Unread
from rigwire.errors import DatabaseError, ParseError, UsageError
from rigwire.model import (
    EVENT_TYPES,
    Article,
    Company,
    DateMention,
    Event,
    Extraction,
    Jurisdiction,
    Mention,
    Notice,
    Quantity,
    is_extractable,
)
from rigwire.serialize import extraction_from_json, extraction_json, records
from rigwire.stages import identified

TEXT = "Ostmark Mining has received 1,250 machines at its site in Texas, the company said on Monday."


def article(**values: object) -> Article:
    """An article whose other values are of no interest."""
    defaults: dict[str, object] = dict.fromkeys(
        ("url", "canonical_url", "site", "title", "published", "modified"), None
    )
    return Article(
        **{**defaults, "id": "a", "source": "a", "authors": (), "language": "en", "text": TEXT, **values}
    )


def test_a_text_in_an_extraction_out() -> None:
    extraction = rigwire.extract_document(TEXT, published="2024-05-21")
    assert [company.name for company in extraction.companies] == ["Ostmark Mining"]
    assert extraction.article.published == "2024-05-21"
    assert rigwire.extract_document(extraction.article) == extraction


def test_a_page_in_an_article_out() -> None:
    head, body = (
        "<head><title>Machines arrive</title></head>",
        f"<body><article><p>{TEXT}</p></article></body>",
    )
    page = f"<!doctype html><html>{head}{body}</html>"
    found = rigwire.parse_document(page, url="https://news.example/a")
    assert (found.title, found.text, found.url) == ("Machines arrive", TEXT, "https://news.example/a")
    assert rigwire.parse_document(page.encode()).text == TEXT


def test_what_is_no_text_is_an_error() -> None:
    with pytest.raises(ParseError, match="PDF"):
        rigwire.parse_document(b"%PDF-1.4\n")


def test_a_store_is_asked(stored: Project) -> None:
    with rigwire.open_store(stored.db) as store:
        assert (
            store.query("select count(*) as n from articles where source_id = :s", s="hashwire")[0]["n"] == 11
        )
        assert store.query("largest-fleets", kind="machines")
        with pytest.raises(UsageError):
            store.query("delete from articles")
    with pytest.raises(DatabaseError):
        rigwire.open_store(stored.folder / "none.db")


texts = st.text(max_size=20)
numbers = st.floats(allow_nan=False, allow_infinity=False) | st.integers(0, 10**9).map(float)
mentions = st.lists(st.builds(Mention, texts, st.integers(0, 99), st.integers(0, 99)), max_size=2).map(tuple)
maybe = st.none() | texts
quantities = st.builds(
    Quantity,
    value=numbers,
    low=st.none() | numbers,
    high=st.none() | numbers,
    start=st.none() | st.integers(0, 99),
    end=st.none() | st.integers(0, 99),
)
events = st.builds(
    Event,
    id=texts,
    type=st.sampled_from(EVENT_TYPES),
    quantities=st.lists(quantities, max_size=2).map(tuple),
    notice=st.none() | st.builds(Notice, texts, maybe, maybe, maybe, maybe, maybe),
    confidence=st.floats(0, 1),
    start=st.none() | st.integers(0, 99),
    end=st.none() | st.integers(0, 99),
    trace=st.just({}),
)
names = st.lists(texts, max_size=2).map(tuple)
extractions = st.builds(
    Extraction,
    article=st.builds(Article, authors=names, kind=st.just("article"), origins=st.just({})),
    companies=st.lists(st.builds(Company, texts, maybe, maybe, texts, mentions), max_size=2).map(tuple),
    jurisdictions=st.lists(st.builds(Jurisdiction, texts, texts, mentions), max_size=2).map(tuple),
    dates=st.lists(st.builds(DateMention), max_size=2).map(tuple),
    events=st.lists(events, max_size=2).map(tuple),
)


@given(extractions)
def test_json_loses_nothing(extraction: Extraction) -> None:
    written = json.loads(json.dumps(extraction_json(extraction)))
    assert extraction_from_json(written) == extraction


@given(st.lists(st.sampled_from(["a", "b", "a_2"]), max_size=6))
def test_no_column_is_lost(columns: list[str]) -> None:
    [row] = records(columns, [range(len(columns))])
    assert list(row.values()) == list(range(len(columns)))


def test_whole_numbers_are_integers() -> None:
    quantity = Quantity("machines", 2600.0, "machines", None, None, "exact", None, None, None, "2,600", 0, 5)
    event = Event(
        "e", "order", "actual", None, None, None, None, None, (quantity,), None, 1.0, "q", 0, 1, {"a": "b"}
    )
    written = extraction_json(Extraction(article(), events=(event,)))["events"][0]
    assert repr(written["quantities"][0]["value"]) == "2600"
    assert "trace" not in written


@pytest.mark.parametrize(
    ("url", "declared", "known_by"),
    [
        ("https://a.example/s?utm_source=x", None, "https://a.example/s"),
        ("https://a.example/amp-1", "https://a.example/s-1", "https://a.example/s-1"),
        ("https://a.example/s-1", "https://a.example/", "https://a.example/s-1"),
        (None, None, None),
    ],
)
def test_an_article_is_known_by_its_own_address(
    url: str | None, declared: str | None, known_by: str | None
) -> None:
    assert identified(article(url=url, canonical_url=declared)).canonical_url == known_by


@pytest.mark.parametrize(
    ("values", "expected"),
    [({}, True), ({"language": None}, True), ({"language": "en-GB"}, True), ({"language": "de"}, False),
     ({"kind": "paywall"}, False)],
)  # fmt: skip
def test_only_english_articles_are_extracted(values: dict[str, object], expected: bool) -> None:
    assert is_extractable(article(**values)) is expected
    assert bool(rigwire.extract_document(article(**values)).events) is expected


def reader(stdin: bytes = b"", max_bytes: int = 10_000) -> Reader:
    """A reader that has no network."""
    return Reader(lambda url: pytest.fail(f"asked for {url}"), io.BytesIO(stdin), max_bytes)


def test_a_folder_gives_its_documents_in_order(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / ".hidden").mkdir()
    for name in ("b/2.txt", "a.html", "note.md", ".hidden/x.txt", "c.TXT"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    found = [document.source for document in reader().read(str(tmp_path))]
    assert found == [str(tmp_path / name) for name in ("a.html", "b/2.txt", "c.TXT")]


def test_lines_carry_what_is_known_of_a_document(tmp_path: Path) -> None:
    line = {
        "id": 7,
        "url": "https://a.example/s",
        "title": "T",
        "published": "2024-05-01",
        "text": TEXT,
        "gold": {},
    }
    (tmp_path / "d.jsonl").write_text(
        f"{json.dumps(line)}\n\n{{}}\n{json.dumps({'html': '<p>x'})}\n", encoding="utf-8"
    )
    first, second, third = reader().read(str(tmp_path / "d.jsonl"))
    assert isinstance(first, Document)
    assert (first.hints.id, first.hints.title, first.hints.published) == ("7", "T", "2024-05-01")
    assert isinstance(second, Unread)
    assert "line 3" in str(second.error)
    assert isinstance(third, Document)
    assert third.is_html


@pytest.mark.parametrize(
    ("stdin", "named"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \n", "empty"),
        (b'{"text": ', "JSON"),
        (b"{}", "text"),
        (b"x" * 20_000, "larger"),
    ],
)
def test_what_is_no_document(stdin: bytes, named: str) -> None:
    [found] = reader(stdin).read("-")
    assert isinstance(found, Unread)
    assert named in str(found.error)


@given(st.binary(max_size=200))
def test_any_bytes_are_documents_or_errors(stdin: bytes) -> None:
    assert all(isinstance(found, Document | Unread) for found in reader(stdin).read("-"))


def test_the_documents_of_the_corpus_are_read() -> None:
    folder = ROOT / "fixtures" / "gold" / "train"
    found = list(reader(max_bytes=1_000_000).read(str(folder)))
    assert len(found) == len(list(folder.glob("*.json")))
    assert all(isinstance(document, Document) and document.hints.id for document in found)
