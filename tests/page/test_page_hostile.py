"""Scraped text on the page is text, whatever it says; so are titles, names and addresses."""

import base64
import hashlib
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from page_builders import article, body_text, event, figure, read

from rigwire.model import Company, DateMention, Extraction, Jurisdiction, Mention, Notice
from rigwire.page import render_page

ATTACKS = [
    "<script>document.title='owned'</script>",
    "</title></style></script><script>document.title='owned'</script>",
    "<img src=x onerror=\"document.title='owned'\">",
    "\" onmouseover=\"document.title='owned'\" autofocus onfocus=\"document.title='owned'\" x=\"",
    "' onclick='document.title=\"owned\"",
    "<svg/onload=document.title='owned'>",
    "<!--<script>document.title='owned'//--></script>",
    "&lt;script&gt;document.title='owned'&lt;/script&gt;",
    "<base href=//evil.example/><link rel=stylesheet href=//evil.example/x.css>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "</mark></p></div></article><iframe srcdoc='<script>parent.document.title=1</script>'>",
    "$script ${articles} $$ {{7*7}}",
    "\u2028alert(1)\u2029 ]]> <![CDATA[ x",
]
ADDRESSES = ["javascript:document.title='owned'", "JaVaScRiPt:alert(1)", "data:text/html,<script>1</script>", "http://[x"]
ELEMENTS = {
    "html", "head", "meta", "title", "style", "body", "header", "main", "script", "article", "aside", "div", "p",
    "h1", "h2", "mark", "span", "a", "ol", "ul", "li", "dl", "dt", "dd", "label", "input",
}  # fmt: skip


def hostile(attack: str, url: str = "https://news.example/a") -> Extraction:
    """Return an extraction with an attack wherever a text can be."""
    whole = Mention(attack, 0, len(attack))
    plain = {"counterparty": attack, "jurisdiction": attack, "site": attack, "date": attack, "company": attack}
    notice = Notice("cut", attack, attack, attack, attack, attack)
    amount = figure("machines", 1, whole, unit=attack, model=attack, metric=attack)
    return Extraction(
        article(attack, title=attack, site=attack, authors=(attack,), published=attack, source=attack, url=url),
        companies=(Company(attack, attack, attack, "miner", (whole,)),),
        jurisdictions=(Jurisdiction(attack, attack, (whole,)),),
        dates=(DateMention(attack, "day", attack, 0, len(attack)),),
        events=(event(attack, whole, amount, type=attack, status=attack, notice=notice, **plain),),
    )


def harmless(page: BeautifulSoup) -> None:
    """Check that a page has the elements and attributes of every page, and no other."""
    plain = read(Extraction(article()))
    assert {element.name for element in page.find_all(True)} <= ELEMENTS
    assert [script.string for script in page.find_all("script")] == [plain.script and plain.script.string]
    assert [style.string for style in page.find_all("style")] == [plain.style and plain.style.string]
    assert page.find_all("meta") == plain.find_all("meta")
    for element in page.find_all(True):
        assert not [name for name in element.attrs if name.startswith("on") or name in ("style", "src", "srcdoc")]
        href = str(element.get("href", "#"))
        assert href.startswith(("#a", "https://news.example/")) or href == "#"


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_is_text(attack: str) -> None:
    page = read(hostile(attack))
    harmless(page)
    assert body_text(page) == attack
    assert page.title is not None
    assert page.title.get_text() == attack


@pytest.mark.parametrize("address", ADDRESSES)
def test_only_web_addresses_are_links(address: str) -> None:
    page = read(hostile("text", url=address))
    harmless(page)
    assert address in page.get_text()


def test_what_html_cannot_hold_or_turns_words_around_is_replaced() -> None:
    page = read(hostile("a\x00b\u202egnp.exe\u2066c\x1b[31m\ud800d"))
    assert body_text(page) == "a\ufffdb\ufffdgnp.exe\ufffdc\ufffd[31m\ufffdd"


def test_only_the_page_s_own_script_and_style_may_run() -> None:
    page = read(hostile(ATTACKS[0]))
    [policy] = [meta["content"] for meta in page.find_all("meta") if meta.get("http-equiv")]
    rules: dict[str, Any] = dict(rule.split(" ", 1) for rule in str(policy).split("; "))
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    for directive, element in (("script-src", page.script), ("style-src", page.style)):
        assert element is not None
        digest = hashlib.sha256(str(element.string).encode()).digest()
        assert rules[directive] == f"'sha256-{base64.b64encode(digest).decode()}'"


@pytest.mark.skipif(not shutil.which("chromium"), reason="no chromium")
def test_in_a_browser_no_attack_runs(tmp_path: Path) -> None:
    calm = render_page([Extraction(article())])
    (tmp_path / "page.html").write_text(
        render_page([hostile(attack) for attack in ATTACKS]), encoding="utf-8", errors="replace"
    )
    # The control: in a page without the policy and the escapes the first attack does run.
    (tmp_path / "control.html").write_text(f"<title>calm</title>{ATTACKS[0]}", encoding="utf-8")
    assert "<title>owned</title>" in _dom(tmp_path / "control.html")
    dom = BeautifulSoup(_dom(tmp_path / "page.html"), "lxml")
    assert dom.title is not None
    assert dom.title.get_text() == f"{len(ATTACKS)} articles"
    assert len(dom.find_all("script")) == calm.count("<script>") == 1
    assert not dom.find_all(["img", "svg", "iframe", "base", "link"])


def _dom(page: Path) -> str:
    """Return the elements of a page once its scripts have run."""
    command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom", page.as_uri()]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout
