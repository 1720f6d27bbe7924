"""Where the words of an event stand in an article that may have been edited since they were read."""

import re
from dataclasses import replace

from rigwire.model import Article, Event, Quantity


def located_event(event: Event, article: Article) -> Event | None:
    """Return an event with the offsets of its words in this article, None where they are not in it.

    Words of the title have no offsets. Figures whose words are gone are left out.
    """
    span = find_words(article.text, event.quote, event.start)
    if span is None and not find_words(article.title or "", event.quote):
        return None
    start, end = span or (None, None)
    quote = article.text[start:end] if span else event.quote
    moved = replace(event, quote=quote, start=start, end=end)
    figures = (located_figure(figure, moved, article) for figure in event.quantities)
    return replace(moved, quantities=tuple(figure for figure in figures if figure))


def located_figure(figure: Quantity, event: Event, article: Article) -> Quantity | None:
    """Return a figure with the offsets of its words: in the event's sentence, else nearest to it, else in the title."""
    if event.start is not None and (inside := find_words(event.quote, figure.text)):
        start, end = inside[0] + event.start, inside[1] + event.start
    elif span := find_words(article.text, figure.text, event.start):
        start, end = span
    else:
        is_titled = find_words(article.title or "", figure.text)
        return replace(figure, start=None, end=None) if is_titled else None
    return replace(figure, text=article.text[start:end], start=start, end=end)


def find_words(text: str, words: str, near: int | None = None) -> tuple[int, int] | None:
    """Return where words stand, whatever the white space between them: the place nearest to `near`, else the first."""
    pattern = r"\s+".join(map(re.escape, words.split()))
    spans = [match.span() for match in re.finditer(pattern, text)] if pattern else []
    return min(spans, key=lambda span: abs(span[0] - (near or 0)), default=None)
