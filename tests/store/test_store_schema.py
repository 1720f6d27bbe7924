"""The rules of the schema: the closed lists of the model, spans, and nothing stored in part."""

from dataclasses import replace
from typing import Any

import pytest
from store_builders import (
    CHILDREN,
    TEXT,
    article,
    company,
    counts,
    enqueue_one,
    event,
    extraction,
    item_states,
    machines,
    mention,
    one,
    page,
    save,
)

from rigwire.model import (
    ACTIONS,
    ARTICLE_KINDS,
    COMPANY_KINDS,
    EVENT_TYPES,
    KINDS,
    METRICS,
    PRECISIONS,
    QUALIFIERS,
    STATUSES,
    DateMention,
    Extraction,
    Notice,
)
from rigwire.store import (
    RejectedError,
    Store,
)

BROKEN = {
    "status": lambda e: replace(e, status="rumoured"),
    "type": lambda e: replace(e, type="party"),
    "confidence": lambda e: replace(e, confidence=1.2),
    "empty span": lambda e: replace(e, start=5, end=5),
    "half a span": lambda e: replace(e, start=5, end=None),
    "place that the article does not name": lambda e: replace(e, jurisdiction="XX"),
    "kind": lambda e: replace(e, quantities=(replace(e.quantities[0], kind="hope"),)),
    "qualifier": lambda e: replace(e, quantities=(replace(e.quantities[0], qualifier="maybe"),)),
    "range": lambda e: replace(e, quantities=(replace(e.quantities[0], low=9.0, high=3.0),)),
    "no number": lambda e: replace(e, quantities=(replace(e.quantities[0], value=float("nan")),)),
    "half a character": lambda e: replace(e, quote="\ud83d"),
}


@pytest.mark.parametrize("change", BROKEN.values(), ids=BROKEN.keys())
def test_extraction_against_the_schema_leaves_no_trace(store: Store, change: Any) -> None:
    item_id = enqueue_one(store)
    broken = replace(
        extraction(), events=(*extraction().events, change(replace(extraction().events[0], id="e9")))
    )
    with pytest.raises(RejectedError):
        save(store, article(), broken, page=page(), source_id="halcyon", item_id=item_id)
    assert counts(store, "articles", "pages", "companies", "events") == {
        "articles": 0, "pages": 0, "companies": 0, "events": 0,
    }  # fmt: skip
    assert item_states(store) == {"pending": 1}


def test_rejected_edit_keeps_the_old_version(store: Store) -> None:
    save(store, article(), extraction())
    edited = article(text=TEXT + " More.")
    broken = replace(extraction(edited), events=(event("delivery", status="rumoured"),))
    with pytest.raises(RejectedError):
        save(store, edited, broken)
    assert one(store, "select revision from articles") == 1
    assert counts(store, "events", "article_revisions") == {"events": 3, "article_revisions": 0}


def test_every_value_of_the_closed_lists_is_accepted(store: Store) -> None:
    """The CHECKs of the schema and the lists of the model are the same lists."""
    words = mention("Iceland")
    quantities = [replace(machines(1), kind=kind) for kind in KINDS]
    quantities += [replace(machines(1), qualifier=name) for name in QUALIFIERS]
    quantities += [replace(machines(1), metric=name) for name in METRICS]
    events = [event(kind, *quantities) for kind in EVENT_TYPES]
    events += [event("order", status=status) for status in STATUSES]
    events += [
        event("power_notice", notice=Notice(action, None, None, None, None, None)) for action in ACTIONS
    ]
    found = Extraction(
        article(),
        tuple(company(f"Firm {kind}", kind) for kind in COMPANY_KINDS),
        (),
        tuple(DateMention("2021", precision, words.text, words.start, words.end) for precision in PRECISIONS),
        tuple(replace(item, id=f"e{n}") for n, item in enumerate(events)),
    )
    assert save(store, article(), found).events == len(events)
    for kind in ARTICLE_KINDS:
        save(store, article(kind=kind, url=None, canonical_url=f"urn:{kind}", text=kind), None)
    assert one(store, "select count(distinct kind) from articles") == len(ARTICLE_KINDS)


def test_deleting_an_article_takes_its_children_along(store: Store) -> None:
    save(store, article(), extraction())
    save(store, article(text=TEXT + " More."), extraction(), page=page())
    store.db.execute("delete from articles")
    empty = dict.fromkeys(("article_urls", "article_revisions", *CHILDREN), 0)
    assert counts(store, *empty) == empty
    assert store.rows("select rowid from articles_fts where articles_fts match 'curtail'") == []
