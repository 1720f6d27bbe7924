"""What of a page is its article: paragraphs, lists and tables stay, all that is put around and between them goes."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from parse_pages import PARAGRAPHS, page, paragraphs, parsed

from rigwire.errors import RigwireError
from rigwire.model import ARTICLE_KINDS, Hints
from rigwire.parse import parse_html

PLAIN = "\n\n".join(PARAGRAPHS)


def test_body_is_its_paragraphs() -> None:
    assert parsed(page(paragraphs())).text == PLAIN


@pytest.mark.parametrize(
    "inserted",
    [
        '<div class="RelatedCard_card__a1"><a href="/x">Ninety rigs found under a school</a></div>',
        "<aside><h4>Most popular</h4><p>A ferry with 300 rigs on board ran aground on Friday.</p></aside>",
        '<div class="newsletter-box"><p>Five stories that moved hashrate, every morning at six.</p></div>',
        "<p><b>Read more:</b> <a href='/x'>Ninety rigs found under a school in the north</a></p>",
        '<div class="ad-slot"><span>Sponsored</span><p>Rent 100 TH/s from 9 dollars a day.</p></div>',
        "<div><small>From our archive</small><h4>Peppers, again</h4><p>They dry in 9 halls.</p></div>",
        "<div class='x1'><span>Advertisement</span></div>",
        '<figure><img src="a.jpg"><figcaption>The hall in March. Photo: L. Ortiz</figcaption></figure>',
        "<blockquote>“The new machines came by rail from Chengdu”</blockquote>",
        '<div class="cookie-banner" style="display:none"><p>We use cookies to count visits.</p></div>',
        '<div class="poll"><p>POLL</p><p>Will the fleet double again by the end of the year?</p><p>Yes</p></div>',
        '<div class="box"><p>Lea también</p><p>Paraguay corta 50 MW a los mineros del Alto Paraná</p></div>',
        "{loadposition banner}",
        "<p>[button link='/join']Join 9,000 readers[/button]</p>",
        "<p>Subscribe to Hash Watch on Telegram: 58 000 already have</p>",
    ],
)
def test_what_stands_between_paragraphs_goes(inserted: str) -> None:
    assert parsed(page(paragraphs(inserted))).text == PLAIN


def test_comments_go_however_long_they_are() -> None:
    comment = "<p>They told my cousin that 9,000 machines were moved there, not 4,200, and I believe it.</p>" * 40
    html = page(paragraphs()).replace("</main>", f'<section id="comments">{comment}</section></main>')
    assert parsed(html).text == PLAIN


def test_names_on_the_whole_page_are_no_cue() -> None:
    html = page(paragraphs()).replace("<main>", '<main class="has-sidebar related comments-open">')
    assert parsed(html).text == PLAIN


def test_list_keeps_its_items() -> None:
    items = "<ul><li>Dalad</li><li><p>Otog</p></li><li>Uxin</li></ul>"
    listed = f"<p>They are planned for these three places in the region:</p>{items}"
    assert "region:\n\n- Dalad\n- Otog\n- Uxin\n\nIts power" in parsed(page(paragraphs(listed))).text


def test_table_of_figures_keeps_rows_and_columns() -> None:
    table = """<table><tr><td></td><td colspan="2">Three months ended</td></tr>
    <tr><td>Metric<sup>1</sup></td><td>May</td><td></td><td>April</td></tr>
    <tr><td>Hashrate</td><td>3.4&nbsp;EH/s</td><td></td><td>3.3 EH/s</td></tr></table>"""
    assert "Metric | May | April\nHashrate | 3.4 EH/s | 3.3 EH/s" in parsed(page(paragraphs(table))).text


def test_layout_table_is_no_table_of_figures() -> None:
    body = "".join(f"{text}<br><br>" for text in PARAGRAPHS)
    html = f"<html><body><table><tr><td>Menu</td><td><b>Dune Rack doubles</b><br><br>{body}</td></tr></table>"
    assert parsed(html, Hints(title="Dune Rack doubles")).text == PLAIN


def test_line_break_inside_a_sentence_is_a_space() -> None:
    wrapped = PARAGRAPHS[0].replace("machines in", "machines<br>in")
    assert parsed(page(paragraphs().replace(PARAGRAPHS[0], wrapped))).text == PLAIN


def test_spans_do_not_cut_numbers() -> None:
    cut = PARAGRAPHS[0].replace("4,200", "4,<span>2</span>0<b>0</b>")
    assert parsed(page(paragraphs().replace(PARAGRAPHS[0], cut))).text == PLAIN


def test_footnote_marks_go_and_exponents_stay() -> None:
    marked = (
        paragraphs().replace("rail", 'rail<sup><a href="#n1">1</a></sup>').replace("hall", "hall of 900 m<sup>2</sup>")
    )
    assert "by rail from Chengdu and stand in a hall of 900 m2 that" in parsed(page(marked)).text


def test_live_blog_keeps_the_stamps_of_its_entries() -> None:
    days = ("Jan. 16, 2024, 11:30 a.m. CST", "Jan. 15, 2024, 5:45 p.m. CST", "Jan. 14, 2024, 8 a.m. CST")
    entries = (
        f"<article><header><time>{day}</time></header><p>{text}</p></article>"
        for day, text in zip(days, PARAGRAPHS, strict=True)
    )
    assert parsed(page("".join(entries))).text == "\n\n".join(
        f"{d}\n\n{t}" for d, t in zip(days, PARAGRAPHS, strict=True)
    )


def test_date_and_author_above_the_text_go() -> None:
    assert parsed(page("<div>Published: 06.05.2024, 14:05 CET | Text: Ana Ruiz</div>" + paragraphs())).text == PLAIN


def test_press_release_keeps_about_and_loses_its_legal_part() -> None:
    tail = """<p><strong>About Dune Rack</strong></p><p>Dune Rack is a miner with three halls in Ordos.</p>
    <p><strong>Forward-Looking Statements</strong></p><p>This release names a target of 90,000 machines by 2030.</p>
    <p><strong>Investor contact</strong><br>Li Na, ir@dunerack.example, +86 555 0100</p>"""
    text = parsed(page(paragraphs() + tail)).text
    assert text == f"{PLAIN}\n\nAbout Dune Rack\n\nDune Rack is a miner with three halls in Ordos."


def test_stated_body_serves_a_page_that_shows_none() -> None:
    body = "\\n\\n".join(PARAGRAPHS * 2)
    data = f'<script type="application/ld+json">{{"@type": "NewsArticle", "articleBody": "{body}"}}</script>'
    article = parsed(f"<html><head>{data}</head><body><div id='root'></div></body></html>")
    assert article.text == "\n\n".join(PARAGRAPHS * 2)
    assert article.origins["text"] == "json-ld"


def test_page_of_its_own_encoding_marks_is_read() -> None:
    assert parsed('<?xml version="1.0" encoding="iso-8859-1"?>' + page(paragraphs())).text == PLAIN


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.sampled_from("<>/pdivtable lihr1\"'=&;#x0!-\n\t é中\x00\ud800"), max_size=400))
def test_any_characters_make_an_article_or_a_clear_error(html: str) -> None:
    with suppress(RigwireError):
        article = parse_html(html, Hints(), "-", None)
        article.text.encode("utf-8")
        assert article.kind in ARTICLE_KINDS


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.from_regex(r"[A-Z][a-z]{3,9}( [a-z]{2,9}){10,25}\.", fullmatch=True), min_size=3, max_size=8, unique=True
    )
)
def test_every_paragraph_comes_back_once_and_in_order(sentences: list[str]) -> None:
    assert parsed(page("".join(f"<p>{text}</p>" for text in sentences))).text == "\n\n".join(sentences)
