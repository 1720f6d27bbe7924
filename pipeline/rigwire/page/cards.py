"""An event as a card beside the article."""

from collections.abc import Mapping, Sequence

from rigwire.model import Event, Notice, Quantity
from rigwire.page.markup import escape, tag

_QUALIFIERS = {"about": "about ", "at_least": "at least ", "at_most": "at most "}


def event_card(
    event: Event,
    name: str,
    anchors: Mapping[tuple[int, int] | None, str],
    title: str,
    links: Sequence[tuple[str, str]] = (),
) -> str:
    """Return the list item of an event; `name` is its id in the extraction, `event.id` that of the element.

    `anchors` names the elements of its figures by their spans, and of its sentence under None; what only the
    title states leads to the element `title`. `links` are words with addresses of the same site.
    """
    place = " / ".join(part for part in (event.jurisdiction, event.site) if part)
    rows = [
        ("company", event.company),
        ("counterparty", event.counterparty),
        ("place", place),
        ("date", event.date),
        *(_notice_rows(event.notice) if event.notice else ()),
    ]
    head = (
        tag("a", escape(event.type.replace("_", " ")), class_="type", href=f"#{anchors.get(None, title)}")
        + f" {tag('span', escape(event.status), class_=f'status {event.status}')}"
        + tag("span", f"{escape(name)} · {event.confidence:.2f}", class_="confidence", title="id and confidence")
    )
    figures = "".join(tag("li", _figure(quantity, anchors, title)) for quantity in event.quantities)
    values = "".join(f"<dt>{name}</dt>{tag('dd', escape(value), dir='auto')}" for name, value in rows if value)
    content = tag("h2", head)
    content += tag("ul", figures) if figures else ""
    content += tag("dl", values) if values else ""
    content += tag("p", " · ".join(tag("a", escape(words), href=url) for words, url in links)) if links else ""
    return tag("li", content, id=event.id, class_="event", tabindex="0")


def _figure(quantity: Quantity, anchors: Mapping[tuple[int, int] | None, str], title: str) -> str:
    """Return a figure as a link to its words."""
    number = f"{_QUALIFIERS.get(quantity.qualifier, '')}{quantity.value:,.10g}"
    if quantity.low is not None and quantity.high is not None:
        number = f"{quantity.low:,.10g} to {quantity.high:,.10g}"
    details = " ".join(f"({detail})" for detail in (quantity.model, quantity.metric) if detail)
    span = None if quantity.start is None or quantity.end is None else (quantity.start, quantity.end)
    target = anchors.get(span, title) if span else title
    return tag("a", escape(f"{number} {quantity.unit} {details}".strip()), href=f"#{target}")


def _notice_rows(notice: Notice) -> list[tuple[str, str | None]]:
    return [
        ("action", notice.action),
        ("issuer", notice.issuer),
        ("recipient", notice.recipient),
        ("notified", notice.notified),
        ("effective", notice.effective),
        ("until", notice.until),
    ]
