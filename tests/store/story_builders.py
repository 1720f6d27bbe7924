"""Articles of several outlets about the same events, and what the database makes of them."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from store_builders import article, company, place, save

from rigwire.model import DateMention, Event, Extraction
from rigwire.store import Store


def tell(store: Store, outlet: str, number: int, day: str | None, *events: Event, text: str = "") -> int:
    """Save an article of an outlet with these events; return its id. Capitalised names are named firms."""
    url = f"https://{outlet}.example/{number}"
    text = text or f"Article {number} of {outlet}."
    document = article(
        id=url, url=url, canonical_url=url, site=outlet, title=f"{outlet} {number}", published=day, text=text
    )
    names = {name for item in events for name in (item.company, item.counterparty) if name and name[0].isupper()}
    codes = {item.jurisdiction for item in events if item.jurisdiction}
    found = Extraction(
        document,
        tuple(company(name, text=text) for name in sorted(names)),
        tuple(place(code, code) for code in sorted(codes)),
        tuple(_dates(text, events)),
        tuple(replace(item, id=f"e{n}") for n, item in enumerate(events, 1)),
    )
    return save(store, document, found).article_id


def _dates(text: str, events: Iterable[Event]) -> Iterable[DateMention]:
    """Yield a mention of each event's date that stands in the text as it is: `before 2021-07-01`."""
    for value in sorted({item.date for item in events if item.date}):
        if (start := text.find(value)) >= 0:
            yield DateMention(value, "day", value, start, start + len(value))


def stories(store: Store) -> list[list[str]]:
    """Return the stories as lists of `outlet/number/event`, all in order."""
    rows = store.rows(
        "select story_id, substr(url, 9) as url, local_id from story_reports join events on id = event_id"
    )
    groups: dict[int, list[str]] = {}
    for row in rows:
        name = f"{row['url'].replace('.example', '')}/{row['local_id']}"
        groups.setdefault(row["story_id"], []).append(name)
    return sorted(sorted(group) for group in groups.values())


def shared(store: Store) -> list[list[str]]:
    """Return the stories with several reports."""
    return [group for group in stories(store) if len(group) > 1]


def picture(store: Store) -> list[Any]:
    """Return all that stories say, in words that don't depend on when an article came."""
    members = _by_story(
        store, "select story_id, canonical_url, local_id from story_members join events on events.id = event_id"
        " join articles on articles.id = article_id"
    )  # fmt: skip
    figures = _by_story(
        store, "select story_id, canonical_url, local_id, quantities.kind, value, quantities.text, sources"
        " from story_figures join quantities on quantities.id = quantity_id join events on events.id = event_id"
        " join articles on articles.id = article_id"
    )  # fmt: skip
    values = _by_story(
        store, "select story_id, canonical_url, local_id, slot, value, number, words, is_best, agrees from story_values"
        " join events on events.id = event_id join articles on articles.id = article_id"
    )  # fmt: skip
    conflicts = _by_story(store, "select * from story_conflicts")
    hidden = ("story_id", "company_id", "counterparty_id", "lead_event_id")
    told = []
    for row in store.rows("select * from stories"):
        story = row["story_id"]
        parts = [sorted(part.get(story, []), key=repr) for part in (members, figures, values, conflicts)]
        told.append([parts, {name: value for name, value in row.items() if name not in hidden}])
    return sorted(told, key=repr)


def _by_story(store: Store, sql: str) -> dict[int, list[tuple[Any, ...]]]:
    rows: dict[int, list[tuple[Any, ...]]] = {}
    for row in store.rows(sql):
        rows.setdefault(row.pop("story_id"), []).append(tuple(row.values()))
    return rows
