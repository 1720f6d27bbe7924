"""The raw pages, compressed: one row a URL and body, so that extraction can be redone without fetching."""

import hashlib
import json
import zlib
from collections.abc import Mapping
from typing import Any

from rigwire.model import Page
from rigwire.store.database import Store
from rigwire.store.times import from_text, to_text


def save_page(store: Store, page: Page) -> int:
    """Store a page, or renew the metadata of the row with the same URL and body; return its id."""
    row = {
        "url": page.url,
        "final_url": page.final_url,
        "status": page.status,
        "headers": json.dumps(page.headers, ensure_ascii=False, sort_keys=True),
        "body": zlib.compress(page.body),
        "sha256": hashlib.sha256(page.body).hexdigest(),
        "fetched_at": to_text(page.fetched_at),
    }
    saved = store.rows(
        "insert into pages (url, final_url, status, headers, body, sha256, fetched_at)"
        " values (:url, :final_url, :status, :headers, :body, :sha256, :fetched_at)"
        " on conflict (url, sha256) do update set final_url = excluded.final_url, status = excluded.status,"
        " headers = excluded.headers, fetched_at = excluded.fetched_at returning id",
        row,
    )
    return int(saved[0]["id"])


def drop_stale_pages(store: Store, url: str, newest: int) -> None:
    """Delete the older pages of a URL that no version of an article stands on."""
    store.db.execute(
        "delete from pages where url = ? and id <> ?"
        " and not exists (select 1 from articles where page_id = pages.id)"
        " and not exists (select 1 from article_revisions where page_id = pages.id)",
        [url, newest],
    )


def last_page(store: Store, url: str) -> Page | None:
    """Return the page that was fetched last from a URL, for a conditional request; None without one."""
    rows = store.rows("select * from pages where url = ? order by fetched_at desc, id desc limit 1", [url])
    return _page(rows[0]) if rows else None


def stored_page(store: Store, page_id: int) -> Page:
    """Return a stored page. Raises `KeyError` where there is none."""
    rows = store.rows("select * from pages where id = ?", [page_id])
    if not rows:
        raise KeyError(page_id)
    return _page(rows[0])


def _page(row: Mapping[str, Any]) -> Page:
    return Page(
        url=row["url"],
        final_url=row["final_url"],
        status=row["status"],
        headers=json.loads(row["headers"]),
        body=zlib.decompress(row["body"]),
        fetched_at=from_text(row["fetched_at"]),
    )
