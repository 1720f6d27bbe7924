"""Corrections made, listed and taken back: each rewrites its article in one short transaction."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from rigwire import __version__
from rigwire.errors import UsageError
from rigwire.model import EVENT_ATTRIBUTES, NOTICE_ATTRIBUTES, Event, Notice, Quantity
from rigwire.serialize import event_json
from rigwire.store.corrections.applying import apply_corrections, new_figure
from rigwire.store.corrections.locating import find_words, located_event
from rigwire.store.corrections.model import Action
from rigwire.store.corrections.values import event_changes, figure_changes
from rigwire.store.database import Store
from rigwire.store.extractions import corrections_of, replace_extraction, uncorrected
from rigwire.store.rows import Origin
from rigwire.store.state import begin_run, finish_run
from rigwire.store.stories import update_stories
from rigwire.store.times import to_text

COMMAND = "correct"


@dataclass(frozen=True, slots=True)
class Author:
    """Who decided, why, and when (UTC)."""

    now: datetime
    name: str | None = None
    reason: str | None = None


def change_event(
    store: Store, key: str, changes: Mapping[str, Any], author: Author, *, figure: str | None = None
) -> int:
    """Change attributes of an event, or of its quantity with the words `figure`; return the correction's id.

    Attributes are those of the codebook by name (`company`, `status`, `effective` …; of a quantity `value`, `kind` …);
    a value is text or a number, None or '' empties it. Words that are no quantity of the event yet become one, where
    kind and value are given. Raises `UsageError` for an unknown event, attribute or value, `DatabaseError`.
    """
    checked = event_changes(changes) if figure is None else figure_changes(changes)
    with store.transaction():
        found = find_event(store, key)
        if figure is not None:
            _check_figure(found, figure, checked, store)
        return _make(store, found.url, "change", found.target, author, figure=figure, changes=checked)


def strike_event(store: Store, key: str, author: Author, *, figure: str | None = None) -> int:
    """Strike an event that the article does not state, or its quantity with the words `figure`; as `change_event`."""
    with store.transaction():
        found = find_event(store, key)
        if figure is not None and figure not in _figures(found.event):
            raise UsageError(f"event {key} has no quantity {figure!r}; it has {_listed(found.event)}")
        return _make(store, found.url, "strike", found.target, author, figure=figure)


def add_event(
    store: Store,
    url: str,
    quote: str,
    attributes: Mapping[str, Any],
    author: Author,
    *,
    figures: Sequence[Mapping[str, Any]] = (),
) -> int:
    """Add an event that the extractor did not find to the article with that URL; return the correction's id.

    `quote` are the words of the article, or of its title, that state it; `attributes` need `type` and `status`; each
    of `figures` has its `text`, the words as printed, with `kind` and `value`. Raises as `change_event`.
    """
    event = _new_event(quote, event_changes(attributes), figures)
    with store.transaction():
        rows = store.rows(
            "select articles.id, canonical_url as url from article_urls join articles on articles.id = article_id"
            " where article_urls.url = ?",
            [url],
        )
        if not rows:
            raise UsageError(f"no article with the URL {url} is stored")
        located = located_event(event, uncorrected(store, rows[0]["id"]).article)
        if located is None:
            raise UsageError(f"the article does not have the words {quote!r}; a quote is copied from it")
        if len(located.quantities) < len(event.quantities):
            raise UsageError(f"the article does not have the words of each figure: {_listed(event)}")
        return _make(store, rows[0]["url"], "add", _json(located), author)


def undo_correction(store: Store, correction_id: int, now: datetime) -> None:
    """Take a correction back: the article is again as the others leave it. Raises `UsageError` for an unknown one."""
    with store.transaction():
        rows = store.rows("delete from corrections where id = ? returning article_url", [correction_id])
        if not rows:
            raise UsageError(f"there is no correction {correction_id}; `rigwire correct list` shows all")
        _rewrite(store, rows[0]["article_url"], now)


def list_corrections(store: Store) -> list[dict[str, Any]]:
    """Return all corrections, the latest first: what each is about, what it changes, who made it and why."""
    return store.rows(
        "select id, made_at, author, action, event ->> '$.type' as event_type, event ->> '$.company' as company,"
        " figure, changes, reason, is_lost, event ->> '$.quote' as quote, article_url as url"
        " from corrections order by id desc"
    )


@dataclass(frozen=True, slots=True)
class FoundEvent:
    """A stored event: its article, the event as it is now, and the target that a correction of it gets."""

    url: str
    article_id: int
    event: Event
    target: str


def find_event(store: Store, key: str) -> FoundEvent:
    """Return the event with that key, or with the only key that begins so. Raises `UsageError`."""
    rows = store.rows(
        "select canonical_url as url, article_id, local_id from events join articles on articles.id = article_id"
        " where key >= :key and key < :key || 'g' limit 2",
        {"key": key.lower()},
    )
    if len(rows) != 1 or not key:
        problem = "several events have keys that begin with" if rows else "there is no event"
        raise UsageError(f"{problem} {key}; `rigwire query latest-events` shows keys")
    row = rows[0]
    corrected = apply_corrections(uncorrected(store, row["article_id"]), corrections_of(store, row["url"]))
    (event,) = (event for event in corrected.extraction.events if event.id == row["local_id"])
    return FoundEvent(row["url"], row["article_id"], event, corrected.targets.get(event.id) or _json(event))


def _make(
    store: Store,
    url: str,
    action: Action,
    target: str,
    author: Author,
    *,
    figure: str | None = None,
    changes: Mapping[str, Any] | None = None,
) -> int:
    row = [url, action, target, figure, _dump(changes or {}), author.name, author.reason, to_text(author.now)]
    made = store.rows(
        "insert into corrections (article_url, action, event, figure, changes, author, reason, made_at)"
        " values (?, ?, ?, ?, ?, ?, ?, ?) returning id",
        row,
    )
    _rewrite(store, url, author.now)
    return int(made[0]["id"])


def _rewrite(store: Store, url: str, now: datetime) -> None:
    """Store an article anew as its corrections have it."""
    (article,) = store.rows("select id, extractor_version from articles where canonical_url = ?", [url])
    run_id = begin_run(store, COMMAND, __version__, now)
    origin = Origin(article["id"], run_id, article["extractor_version"] or "by hand")
    events = replace_extraction(store, uncorrected(store, article["id"]), origin)
    update_stories(store)
    finish_run(store, run_id, "done", {"events": events}, now)


def _new_event(quote: str, attributes: Mapping[str, Any], figures: Sequence[Mapping[str, Any]]) -> Event:
    for name in ("type", "status"):
        if name not in attributes:
            raise UsageError(f"an event needs its {name}")
    slots: dict[str, Any] = {name: attributes.get(name) for name in NOTICE_ATTRIBUTES}
    own: dict[str, Any] = {name: attributes.get(name) for name in EVENT_ATTRIBUTES}
    return Event(
        id="",
        **own,
        quantities=tuple(_new_figure(figure) for figure in figures),
        notice=Notice(**slots) if attributes["type"] == "power_notice" and slots["action"] else None,
        confidence=1.0,
        quote=quote,
        start=None,
        end=None,
    )


def _new_figure(given: Mapping[str, Any]) -> Quantity:
    words = given.get("text") or ""
    changes = figure_changes({name: value for name, value in given.items() if name != "text"})
    _check_new(words, changes)
    return replace(new_figure(words), **changes)


def _check_figure(found: FoundEvent, words: str, changes: Mapping[str, Any], store: Store) -> None:
    """Raise `UsageError` for words that are no quantity of the event and can't become one."""
    if words in _figures(found.event):
        return
    article = uncorrected(store, found.article_id).article
    if not any(find_words(text, words) for text in (article.text, article.title or "")):
        raise UsageError(f"the article does not have the words {words!r}; the event has {_listed(found.event)}")
    _check_new(words, changes)


def _check_new(words: str, changes: Mapping[str, Any]) -> None:
    missing = [name for name in ("kind", "value", "unit") if name not in changes]
    if missing or not words.strip():
        raise UsageError(f"a new quantity {words!r} needs its words, kind and value, and its currency or unit")


def _figures(event: Event) -> list[str]:
    return [quantity.text for quantity in event.quantities]


def _listed(event: Event) -> str:
    return ", ".join(map(repr, _figures(event))) or "none"


def _json(event: Event) -> str:
    return _dump(event_json(event))


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
