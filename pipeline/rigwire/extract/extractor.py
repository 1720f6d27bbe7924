"""The whole of extraction: an article in, everything that it states out."""

from rigwire.extract.events import find_events
from rigwire.extract.pipeline import scan
from rigwire.extract.portions import joined, portions
from rigwire.extract.printed import as_printed, plain
from rigwire.extract.view import View
from rigwire.jurisdictions import place_name
from rigwire.model import Article, Company, DateMention, Extraction, Jurisdiction, Mention


def extract(article: Article) -> Extraction:
    """Return all that the text of an extractable article states (`is_extractable`), which is read as English.

    A text longer than any article is read in portions: what it costs grows with its length and not faster.
    """
    if not article.text:
        return Extraction(article)
    text = plain(article.text)
    found = _all_of(article, text)
    return found if text == article.text else as_printed(found, article)


def _all_of(article: Article, text: str) -> Extraction:
    found = [(start, _read(article, words)) for start, words in portions(text)]
    return found[0][1] if len(found) == 1 else joined(article, found)


def _read(article: Article, text: str) -> Extraction:
    view = scan(text, article.title, article.published)
    return Extraction(
        article=article,
        companies=tuple(
            Company(c.name, c.ticker, c.exchange, c.kind, tuple(_mention(view, s, e) for s, e in c.spans))
            for c in view.companies
        ),
        jurisdictions=_jurisdictions(view),
        dates=tuple(DateMention(d.value, d.precision, d.text, d.start, d.end) for d in view.dates),
        events=find_events(view),
    )


def _mention(view: View, start: int, end: int) -> Mention:
    return Mention(view.text[start:end], start, end)


def _jurisdictions(view: View) -> tuple[Jurisdiction, ...]:
    spans: dict[str, list[Mention]] = {}
    for place in view.places:
        spans.setdefault(place.code, []).append(_mention(view, place.start, place.end))
    return tuple(Jurisdiction(code, place_name(code) or code, tuple(found)) for code, found in spans.items())
