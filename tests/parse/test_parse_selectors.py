"""A source's selectors, from its table in a TOML file to the article."""

from pathlib import Path

from parse_pages import PARAGRAPHS, page, paragraphs

from rigwire.fetch import load_sources
from rigwire.model import SELECTOR_KEYS, Article, Hints
from rigwire.parse import parse_html
from rigwire.run.tasks import with_source

TABLE = """
[[source]]
id = "dune"
name = "Dune Wire"
site = "https://dune.example"
feeds = ["https://dune.example/feed"]

[source.selectors]
"""
PROMO = "<div class='promo'><p>Our newsletter brings the numbers of the desert to you each morning for free.</p></div>"
BESIDE = (
    "<b id='headline'>Dune Rack grows</b><i id='who'>Ana Ruiz</i>"
    "<i id='when'>6 May 2023</i><time id='again' datetime='2023-05-08'></time>"
)


def read(folder: Path, html: str, **selectors: str) -> Article:
    """Return the article of a page of the source with these selectors."""
    file = folder / "sources.toml"
    file.write_text(TABLE + "".join(f'{key} = "{css}"\n' for key, css in selectors.items()), encoding="utf-8")
    hints = with_source(Hints(), load_sources([file])["dune"])
    return parse_html(html, hints, "https://dune.example/1", "https://dune.example/1")


def test_every_key_of_a_table_reaches_the_article(tmp_path: Path) -> None:
    selectors = {
        "body": ".odd", "title": "#headline", "published": "#when", "modified": "#again", "authors": "#who",
        "remove": ".promo",
    }  # fmt: skip
    assert tuple(sorted(selectors)) == tuple(sorted(SELECTOR_KEYS))
    html = page(f"<div class='odd'><p>{PARAGRAPHS[0]}</p>{PROMO}</div>{paragraphs()}{BESIDE}")
    article = read(tmp_path, html, **selectors)
    assert (article.text, article.title, article.authors) == (PARAGRAPHS[0], "Dune Rack grows", ("Ana Ruiz",))
    assert (article.published, article.modified) == ("2023-05-06", "2023-05-08")
    assert {article.origins[key] for key in ("text", "title", "authors", "published", "modified")} == {"selector"}
    assert "failed selectors" not in article.origins


def test_what_is_removed_is_gone_before_the_rules_choose_the_body(tmp_path: Path) -> None:
    html = page(paragraphs("<p class='geology'>The dunes of the county move by a metre a year, geologists wrote.</p>"))
    assert "geologists" in read(tmp_path, html, remove=".promo").text
    article = read(tmp_path, html, remove=".geology")
    assert (article.text, article.origins["text"]) == ("\n\n".join(PARAGRAPHS), "page")


def test_only_a_removal_that_is_no_css_has_failed(tmp_path: Path) -> None:
    assert "failed selectors" not in read(tmp_path, page(paragraphs()), remove=".promo").origins
    assert read(tmp_path, page(paragraphs()), remove="p:::").origins["failed selectors"] == "remove"
