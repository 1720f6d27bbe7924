"""Corrected articles as annotated documents, in the form of `fixtures/gold`."""

import hashlib
from collections.abc import Iterator
from typing import Any

from rigwire.model import EVENT_ATTRIBUTES, FIGURE_ATTRIBUTES, Company, Event, Extraction
from rigwire.serialize import event_json
from rigwire.store.database import Store
from rigwire.store.stored import stored_extraction

_EVENT = (*EVENT_ATTRIBUTES, "notice", "quote")
_FIGURE = (*FIGURE_ATTRIBUTES, "text")


def gold_documents(store: Store) -> Iterator[dict[str, Any]]:
    """Yield every article with corrections as an annotated document, what was not corrected included.

    Its `id` is made of the article's URL. One of whose corrections lost its words is left out: it waits for a reader.
    """
    rows = store.rows(
        "select id, canonical_url as url from articles where exists"
        " (select 1 from corrections where article_url = canonical_url)"
        " and not exists (select 1 from corrections where article_url = canonical_url and is_lost) order by id"
    )
    for row in rows:
        yield _document(stored_extraction(store, row["id"]), row["url"])


def _document(extraction: Extraction, url: str) -> dict[str, Any]:
    article = extraction.article
    return {
        "id": f"corrected-{hashlib.sha256(url.encode()).hexdigest()[:12]}",
        "url": url,
        "published": article.published,
        "title": article.title,
        "text": article.text,
        "gold": {
            "companies": [_company(company) for company in extraction.companies],
            "jurisdictions": [place.code for place in extraction.jurisdictions],
            "dates": list(dict.fromkeys(date.value for date in extraction.dates)),
            "events": [_event(event) for event in extraction.events],
        },
    }


def _company(company: Company) -> dict[str, Any]:
    aliases = sorted({mention.text for mention in company.mentions} - {company.name})
    return {"name": company.name, "ticker": company.ticker, "aliases": aliases}


def _event(event: Event) -> dict[str, Any]:
    whole = event_json(event)
    figures = [{name: figure[name] for name in _FIGURE if figure[name] is not None} for figure in whole["quantities"]]
    return {name: whole[name] for name in _EVENT if name != "notice" or whole[name]} | {"quantities": figures}
