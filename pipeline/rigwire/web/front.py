"""The front page: what is new, and what fails."""

from datetime import timedelta
from typing import Any

from rigwire.store import Store, run_named
from rigwire.web.asking import Asked, Shown

DAYS = 7
MOST_DAYS = 3660
LISTED = 12

# The latest articles are enough for a list this short, however many an import has brought at once.
_NEW_STORIES = """
select stories.* from stories
where story_id in (
    select story_id from story_members
    join events on events.id = story_members.event_id
    where events.article_id in (
        select id from articles where changed_at >= :since order by changed_at desc limit 1000
    )
) and {kind}
order by {order} desc, sources desc, story_id desc limit :limit
"""
_COUNTS = """
select
    (select count(*) from articles where extracted <> 'skipped: kind') as articles,
    (select count(*) from articles where changed_at >= :since and extracted <> 'skipped: kind') as new_articles,
    (select count(*) from story_rows) as stories,
    (select count(*) from story_rows where disagreements > 0) as disputed,
    (select count(*) from sources where active) as sources,
    (select max(last_success) from feed_state) as last_success
"""


def front_page(store: Store, asked: Asked) -> Shown:
    """Return what came into the database in the last `days` days: stories, power notices, sources that fail."""
    days = asked.number("days", DAYS, MOST_DAYS)
    since = (asked.today - timedelta(days=days)).isoformat()
    in_force = run_named(store, "notices-in-force", {}, today=asked.today)
    failing = run_named(store, "failing-sources", {}, today=asked.today)
    values: dict[str, Any] = {
        "days": days,
        "today": asked.today.isoformat(),
        "counts": store.rows(_COUNTS, {"since": since})[0],
        "in_force": sum(1 for _ in in_force.rows),
        "stories": _new(store, since, "event_type <> 'power_notice'", "last_reported"),
        "notices": _new(store, since, "event_type = 'power_notice'", "coalesce(effective_day, last_reported)"),
        "failing": [dict(zip(failing.columns, row, strict=True)) for row in failing.rows],
    }
    return Shown("front.html", values)


def _new(store: Store, since: str, kind: str, order: str) -> list[dict[str, Any]]:
    return store.rows(_NEW_STORIES.format(kind=kind, order=order), {"since": since, "limit": LISTED})
