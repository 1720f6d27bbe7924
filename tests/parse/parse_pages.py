"""Pages of our own words for the tests of parsing: a body in the mess of a site."""

from rigwire.model import Article, Hints
from rigwire.parse import parse_html

URL = "https://hashwatch.example/2024/05/06/dune-rack-doubles"
PARAGRAPHS = (
    "Dune Rack has doubled the number of its machines in Ordos to 4,200, the company said on Monday.",
    "The new machines came by rail from Chengdu and stand in a hall that once dried peppers for export.",
    "Its power contract with the county utility runs until the end of next year at 4.1 cents a kilowatt-hour.",
)
HEAD = """<title>Dune Rack doubles its fleet in Ordos | Hash Watch</title>
<link rel="canonical" href="/2024/05/06/dune-rack-doubles">
<meta property="og:site_name" content="Hash Watch">"""


def page(body: str, head: str = HEAD, lang: str = "en") -> str:
    """Return a page with navigation and a footer around `body`, which stands below the headline."""
    return f"""<!doctype html><html lang="{lang}"><head>{head}</head><body>
<nav><a href="/">Home</a> <a href="/news">News</a></nav>
<main><h1>Dune Rack doubles its fleet in Ordos</h1><div class="story-text">{body}</div></main>
<footer><p>Hash Watch is printed in Bristol. All rights reserved.</p></footer></body></html>"""


def paragraphs(*inserted: str) -> str:
    """Return the three paragraphs as HTML with `inserted` between the second and the third."""
    first, second, third = (f"<p>{text}</p>" for text in PARAGRAPHS)
    return "\n".join((first, second, *inserted, third))


def parsed(html: str, hints: Hints | None = None, url: str | None = URL) -> Article:
    """Return the article of a page at `url`."""
    return parse_html(html, hints or Hints(), url or "-", url)
