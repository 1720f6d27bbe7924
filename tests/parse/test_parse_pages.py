"""Whole pages: their bytes, language, kind, the selectors of their source, and pages made to do harm."""

import codecs
import subprocess
import sys
from datetime import UTC, datetime

import pytest
from parse_pages import PARAGRAPHS, URL, page, paragraphs, parsed

from rigwire.errors import ParseError
from rigwire.model import ARTICLE_KINDS, Hints, Page
from rigwire.parse import parse_html, parse_page, parse_text
from rigwire.parse.charset import decode_body
from rigwire.parse.language import detect_language

PLAIN = "\n\n".join(PARAGRAPHS)


def fetched(body: bytes, content_type: str = "text/html") -> Page:
    return Page(URL, URL, 200, {"content-type": content_type}, body, datetime(2024, 5, 7, tzinfo=UTC))


def test_page_of_bytes() -> None:
    article = parse_page(fetched(page(paragraphs()).encode()), Hints())
    assert (article.text, article.kind, article.url, article.language) == (PLAIN, "article", URL, "en")


def test_plain_text_over_http_is_flat_text() -> None:
    article = parse_page(fetched(f"{PLAIN}\n\nBack to top".encode(), "text/plain; charset=utf-8"), Hints())
    assert (article.text, article.url) == (PLAIN, URL)


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("Zürich – 4 €".encode(), ""),
        ("Zürich – 4 €".encode(), "text/html; charset=iso-8859-1"),
        ("Zürich – 4 €".encode("cp1252"), "text/html; charset=iso-8859-1"),
        ('<meta charset="windows-1252">Zürich – 4 €'.encode("cp1252"), ""),
        (codecs.BOM_UTF16_LE + "Zürich – 4 €".encode("utf-16-le"), "text/html; charset=utf-8"),
        ("Zürich – 4 €".encode() + b"\xe2\x82", "text/html; charset=utf-8"),
        ("Zür\x00ich – 4 €".encode(), ""),
    ],
)
def test_charset(body: bytes, content_type: str) -> None:
    assert "Zürich – 4 €" in decode_body(body, content_type)


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("Отключение майнеров в Иркутской области продлится", "windows-1251"),
        ("比特币矿场关闭通知", "gb2312"),
        ("電力会社の通知", "iso-2022-jp"),
    ],
)
def test_declared_charset(text: str, codec: str) -> None:
    assert decode_body(text.encode(codec), f"text/html; charset={codec}") == text


RUSSIAN = "<p>Отключение майнеров в Иркутской области продлится до конца отопительного сезона, сообщили энергетики.</p>"
GERMAN = "<p>Die größte Rechenhalle für Bitcoin läuft über Ostern mit halber Kraft, sagte die Geschäftsführerin.</p>"


@pytest.mark.parametrize(
    ("text", "codec", "content_type"),
    [
        (RUSSIAN, "cp1251", "text/html; charset=utf-8"),
        (RUSSIAN, "cp1251", "text/html; charset=iso-8859-1"),
        (RUSSIAN, "cp1251", "text/html"),
        ('<meta charset="koi8-r">' + RUSSIAN, "koi8-r", "text/html; charset=iso-8859-1"),
        (GERMAN, "cp1252", "text/html; charset=utf-8"),
        (GERMAN, "cp1252", "text/html"),
        ("<p>比特币矿场因电力不足而关闭，公司在星期一的公告中说。</p>", "gb2312", "text/html; charset=utf-8"),
    ],
)
def test_a_charset_that_lies_or_is_missing(text: str, codec: str, content_type: str) -> None:
    assert decode_body((text * 4).encode(codec), content_type) == text * 4


@pytest.mark.parametrize("name", ["utf-9", "zip", "base64", "", "x" * 500])
def test_charset_that_is_none_is_ignored(name: str) -> None:
    assert decode_body(b"plain", f"text/html; charset={name}") == "plain"


@pytest.mark.parametrize("body", [b"%PDF-1.7 ...", b"PK\x03\x04....", b"\x89PNG\r\n", bytes(range(32)) * 20])
def test_what_is_no_text_is_an_error(body: bytes) -> None:
    with pytest.raises(ParseError) as caught:
        parse_page(fetched(body), Hints())
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "The grid company has told the miners that they will be without power from the first of the month."),
        (
            "de",
            "Der Netzbetreiber hat den Minern mitgeteilt, dass sie ab dem Ersten des Monats ohne Strom sind.",
        ),
        (
            "fr",
            "Le gestionnaire du réseau a dit aux mineurs qu’ils seront sans courant à partir du premier du mois.",
        ),
        (
            "es",
            "La compañía eléctrica avisó a los mineros de que se quedarán sin luz desde el primero del mes.",
        ),
        (
            "pt",
            "A companhia elétrica avisou os mineradores de que ficarão sem energia a partir do dia primeiro do mês.",
        ),
        (
            "nl",
            "De netbeheerder heeft de mijnbedrijven verteld dat zij vanaf de eerste van de maand geen stroom krijgen.",
        ),
        (
            "sv",
            "Nätbolaget har sagt till gruvorna att de blir utan el från den första i månaden och till mars.",
        ),
        (
            "ru",
            "Сетевая компания сообщила майнерам, что они останутся без света с первого числа и до марта.",
        ),
        (
            "uk",
            "Мережева компанія повідомила майнерам, що вони будуть без світла з першого числа і до березня.",
        ),
        ("zh", "电网公司通知矿工自本月一日起停止供电。"),
        ("ja", "電力会社は、来月一日から採掘業者への電力供給を止めると通知した。"),
        (
            "tr",
            "Şirket, elektrik verilmeyeceğini ve bunun kesin olduğunu bildirdi, ancak yeni bir tarih için çok şey var.",
        ),
    ],
)
def test_language_is_told_by_the_words(code: str, text: str) -> None:
    assert detect_language(text, "xx") == code


def test_declared_language_is_only_for_what_is_too_short() -> None:
    assert detect_language("Hash 4.2 EH/s", "en-GB") == "en"
    assert parsed(page(paragraphs(), lang="fr-FR")).language == "en"
    assert detect_language("", None) is None


@pytest.mark.parametrize(
    ("kind", "html"),
    [
        ("empty", ""),
        ("empty", "<html><body><p> </p></body></html>"),
        (
            "not_found",
            "<html><head><title>Page not found - Hash Watch</title></head><body><p>Try the search.</p>",
        ),
        (
            "not_found",
            "<html><body><p>We can't find the page that you asked for: it may have moved.</p>",
        ),
        (
            "js_shell",
            "<html><body><noscript>Please enable JavaScript.</noscript><div id='root'></div>",
        ),
        ("js_shell", "<html><body><div id='app'></div><script src='/m.js'></script></body></html>"),
        (
            "consent",
            "<html><body><h1>Before you continue</h1><p>We and our 212 partners store cookies.</p>",
        ),
        (
            "paywall",
            page(f"<p>{PARAGRAPHS[0]}</p><div class='wall'><p>To continue reading, subscribe now.</p></div>"),
        ),
        (
            "paywall",
            page(
                f"<p>{PARAGRAPHS[0]}</p>",
                '<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":"False"}</script>',
            ),
        ),
        (
            "links",
            "<html><body><ul>"
            + "".join(f"<li><a href='/{i}'>Story number {i} of the week</a></li>" for i in range(40))
            + "</ul></body></html>",
        ),
        ("article", page(paragraphs())),
        (
            "article",
            page(
                paragraphs(
                    "<div class='paywall'><p>Keep reading for 1 dollar. You have read 3 free articles.</p></div>"
                )
                * 3
            ),
        ),
    ],
)
def test_kind_of_page(kind: str, html: str) -> None:
    assert kind in ARTICLE_KINDS
    assert parsed(html).kind == kind


def test_selectors_are_tried_first() -> None:
    odd = f"<div class='odd'><p>{PARAGRAPHS[0]}</p></div>"
    html = page(f"{odd}{paragraphs()}<b id='who'>Ana Ruiz</b><i id='when'>6 May 2023</i>")
    hints = Hints(selectors={"body": ".odd", "authors": "#who", "published": "#when", "title": "h1"})
    article = parsed(html, hints)
    assert (article.text, article.authors, article.published) == (PARAGRAPHS[0], ("Ana Ruiz",), "2023-05-06")
    assert article.origins["text"] == article.origins["published"] == "selector"
    assert "failed selectors" not in article.origins


def test_failing_selectors_fall_back_and_are_named() -> None:
    hints = Hints(selectors={"body": ".gone", "title": "h1:::", "published": ".story-text"})
    article = parsed(page(paragraphs()), hints)
    assert (article.text, article.title, article.published) == (
        PLAIN,
        "Dune Rack doubles its fleet in Ordos",
        "2024-05-06",
    )
    assert article.origins["failed selectors"] == "body, title, published"


@pytest.mark.parametrize(
    ("html", "what"),
    [
        ("<p>x" * 20_000, "paragraphs"),
        ("<div " + " ".join(f"a{i}=1" for i in range(50_000)) + ">", "attributes"),
        ("<div>" * 100_000, "nested"),
        ("a" * 5_000_001, "characters"),
        ("<!--" * 200_000, "tags"),
    ],
)
def test_pages_beyond_the_limits_are_refused(html: str, what: str) -> None:
    with pytest.raises(ParseError, match=what):
        parse_html(html, Hints(), "-", None)


@pytest.mark.parametrize(
    "html",
    [
        '<script type="application/ld+json">' + "[" * 100_000 + "</script>",
        "<div>" * 500 + "x",
        "<table>" + ("<tr>" + '<td colspan="999999">x</td>' * 50 + "</tr>") * 50,
        "&#xD800;&#0;&#xFFFE;" * 1_000,
        "<time>1 Jan 2020</time>" * 5_000,
        "<" * 50_000,
    ],
)
def test_hostile_pages_end_in_an_article(html: str) -> None:
    article = parse_html(html, Hints(), "-", None)
    article.text.encode("utf-8")


def test_text_beyond_the_limit_is_refused() -> None:
    with pytest.raises(ParseError, match="characters"):
        parse_text("a" * 5_000_001, Hints(), "-")


def test_importing_the_package_loads_no_parser() -> None:
    code = "import sys, rigwire.parse; sys.exit(any(name in sys.modules for name in ('lxml', 'trafilatura', 'spacy')))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_parsing_loads_no_language_model() -> None:
    code = "import sys; from rigwire.parse import parse_html; sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
