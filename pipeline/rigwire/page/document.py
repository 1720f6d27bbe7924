"""The page: articles with their words marked, each beside its events."""

import hashlib
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from string import Template

from rigwire.model import Event, Extraction
from rigwire.page.cards import event_card
from rigwire.page.marks import KINDS, Mark, Piece, cut, find_marks
from rigwire.page.markup import escape, link, tag

STATIC = Path(__file__).parent / "static"
_NAMES = dict(zip(KINDS, ("companies", "places", "dates", "quantities"), strict=True))


def render_page(extractions: Iterable[Extraction]) -> str:
    """Return one HTML document of what the articles state. It needs nothing but itself, and loads nothing.

    The page forbids every script and style but its own two, by their hashes; article text is only ever text.
    """
    sections = [render_article(extraction, f"a{number}") for number, extraction in enumerate(extractions, 1)]
    style, script = _file("article.css") + _file("page.css"), _file("page.js")
    titles = [title for title, _ in sections]
    return Template(_file("page.html")).substitute(
        style=style,
        script=script,
        policy=f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'",
        title=escape(titles[0] if len(titles) == 1 else f"{len(titles)} articles"),
        legend=legend(),
        articles="\n".join(section for _, section in sections),
    )


def _file(name: str) -> str:
    return (STATIC / name).read_text(encoding="utf-8")


def _hash(content: str) -> str:
    return f"sha256-{b64encode(hashlib.sha256(content.encode()).digest()).decode()}"


def legend() -> str:
    """Return the boxes that switch the marks of each kind on and off, as HTML."""
    return "".join(
        f'<label><input type="checkbox" checked data-kind="{kind}"><mark class="{kind}">{name}</mark></label>'
        for kind, name in _NAMES.items()
    )


def render_article(
    extraction: Extraction, prefix: str, links: Mapping[str, Sequence[tuple[str, str]]] | None = None
) -> tuple[str, str]:
    """Return the title and the HTML of one article. Its ids begin with `prefix`, so that no two are the same.

    `links` has words and addresses to stand below each event, by the id of the event in the extraction. The n-th
    event is the element `{prefix}-e{n}`.
    """
    article = extraction.article
    # The ids of elements hold no words of anybody's: they are separated by spaces in attributes.
    events = [replace(event, id=f"{prefix}-e{number}") for number, event in enumerate(extraction.events, 1)]
    marks = find_marks(replace(extraction, events=tuple(events)))
    title = article.title or article.source
    facts = [article.site, article.published, ", ".join(article.authors), article.source]
    about = " · ".join(escape(fact) for fact in facts if fact)
    heading = tag("h1", escape(title), id=f"{prefix}-title", dir="auto")
    if article.url and article.url != article.source:
        about += f" · {link(article.url)}"
    body, anchors = _body(article.text, marks, events, prefix)
    cards = "".join(
        event_card(
            event, original.id, anchors.get(event.id, {}), f"{prefix}-title", (links or {}).get(original.id, ())
        )
        for event, original in zip(events, extraction.events, strict=True)
    )
    column = f'<ol class="events" aria-label="events">{cards}</ol>' if cards else "<p>no events</p>"
    text = f'<div class="text">{heading}<p class="about">{about}</p>{body}</div>'
    return title, f'<article class="document">{text}<aside>{column}</aside></article>'


def _body(
    text: str, marks: Sequence[Mark], events: Sequence[Event], prefix: str
) -> tuple[str, dict[str, dict[tuple[int, int] | None, str]]]:
    """Return the paragraphs, and for each event the element of each of its figures; of its sentence under None."""
    anchors: dict[str, dict[tuple[int, int] | None, str]] = {}
    paragraphs: list[str] = []
    for start, end in _paragraphs(text):
        written = []
        for piece in cut(marks, events, start, end):
            id_ = f"{prefix}-{piece.start}"
            _note_anchors(anchors, piece, id_)
            written.append(_piece(piece, text[piece.start : piece.end], id_))
        paragraphs.append(tag("p", "".join(written), dir="auto"))
    return "\n".join(paragraphs), anchors


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for paragraph in text.split("\n\n"):
        yield start, start + len(paragraph)
        start += len(paragraph) + 2


def _note_anchors(anchors: dict[str, dict[tuple[int, int] | None, str]], piece: Piece, id_: str) -> None:
    for event in piece.quoted_by:
        anchors.setdefault(event, {}).setdefault(None, id_)
    for mark in piece.marks:
        for event in mark.events if mark.kind == "quantity" else ():
            anchors.setdefault(event, {}).setdefault((mark.start, mark.end), id_)


def _piece(piece: Piece, text: str, id_: str) -> str:
    """Return a stretch of text as what it is: bare, part of an event's sentence, marked, or linked to its event."""
    events = list(dict.fromkeys(event for mark in piece.marks for event in mark.events))
    quoted = " ".join(piece.quoted_by)
    if not piece.marks:
        return tag("span", escape(text), id=id_, data_in=quoted) if quoted else escape(text)
    kinds = [kind for kind in KINDS if any(mark.kind == kind for mark in piece.marks)]
    label = " · ".join(dict.fromkeys(f"{mark.kind}: {mark.label}" for mark in piece.marks))
    inner = tag("a", escape(text), href=f"#{events[0]}") if events else escape(text)
    return tag(
        "mark", inner, id=id_, class_=" ".join(kinds), title=label, data_of=" ".join(events), data_in=quoted
    )
