"""The form that corrects an event, and what is done with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from rigwire.model import (
    ACTIONS,
    EVENT_ATTRIBUTES,
    EVENT_TYPES,
    KINDS,
    NOTICE_ATTRIBUTES,
    QUALIFIERS,
    STATUSES,
    Event,
    Quantity,
)
from rigwire.store import Author, Store, change_event, stored_events, strike_event
from rigwire.web.asking import Asked, NoSuchPageError, Shown

_FIGURE = ("kind", "value", "unit", "qualifier", "model")
_CHOICES = {
    "type": EVENT_TYPES, "status": STATUSES, "action": ACTIONS, "kind": KINDS, "qualifier": QUALIFIERS,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the form: its name there, its label, what it holds, and the values that it may have, if few."""

    name: str
    label: str
    value: str
    choices: Sequence[str] = ()


def correction_page(store: Store, asked: Asked) -> Shown:
    """Return the form with the event as it is. Raises `NoSuchPageError`."""
    key = asked.parts["key"]
    article, event = _find(store, key)
    figures = [(quantity, _figure_fields(number, quantity)) for number, quantity in enumerate(event.quantities)]
    fields = _event_fields(event)
    return Shown("correct.html", {"key": key, "article": article, "event": event, "fields": fields, "figures": figures})


def make_corrections(store: Store, key: str, form: Mapping[str, str], now: datetime) -> Shown:
    """Store what the form changes, in one transaction, and lead back to the event. Raises `UsageError` for a wrong
    value, `NoSuchPageError` where the event has gone, `DatabaseError` where the database can't be written.
    """
    author = Author(now, form.get("author", "").strip() or None, form.get("reason", "").strip() or None)
    with store.transaction():
        article, event = _find(store, key)
        if form.get("strike") == "event":
            strike_event(store, key, author)
            return Shown(location=f"/articles/{article}")
        for number, quantity in enumerate(event.quantities):
            if form.get(f"strike{number}"):
                strike_event(store, key, author, figure=quantity.text)
            elif changes := _changed(_figure_fields(number, quantity), form):
                change_event(store, key, changes, author, figure=quantity.text)
        if changes := _changed(_event_fields(event), form):
            change_event(store, key, changes, author)
    rows = store.rows("select id from events where key = ?", [key])
    return Shown(location=f"/events/{rows[0]['id']}" if rows else f"/articles/{article}")


def _find(store: Store, key: str) -> tuple[int, Event]:
    """Return an event by its whole key, and the id of its article."""
    rows = store.rows("select article_id from events where key = ?", [key])
    if not rows:
        raise NoSuchPageError(f"There is no event {key}; its article may have been corrected or read again since.")
    number: int = rows[0]["article_id"]
    return number, next(event for found, event in stored_events(store, number) if found == key)


def _event_fields(event: Event) -> list[Field]:
    fields = [_field(name, name, getattr(event, name)) for name in EVENT_ATTRIBUTES]
    if event.notice:
        fields += [_field(name, name, getattr(event.notice, name)) for name in NOTICE_ATTRIBUTES]
    return fields


def _figure_fields(number: int, quantity: Quantity) -> list[Field]:
    return [_field(f"{name}{number}", name, getattr(quantity, name)) for name in _FIGURE]


def _field(name: str, label: str, value: Any) -> Field:
    text = f"{value:.15g}" if isinstance(value, float) else str(value or "")
    return Field(name, label, text, _CHOICES.get(label, ()))


def _changed(fields: Sequence[Field], form: Mapping[str, str]) -> dict[str, str]:
    """Return the new values of the fields that were changed, by their labels, which are the names of the codebook."""
    given = {field.label: (field.value, form.get(field.name, field.value).strip()) for field in fields}
    return {label: new for label, (old, new) in given.items() if new != old}
