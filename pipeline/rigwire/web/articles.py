"""An article with the words marked and linked to their rows, and the way from an event to its words."""

from rigwire.page import legend, render_article
from rigwire.store import Store, stored_extraction
from rigwire.web.asking import Asked, NoSuchPageError, Shown
from rigwire.web.words import address

PREFIX = "a"
_EVENTS = """
select events.id, events.local_id, events.key, events.by_hand, story_members.story_id
from events left join story_members on story_members.event_id = events.id
where events.article_id = ? order by events.id
"""


def article_page(store: Store, asked: Asked) -> Shown:
    """Return an article with its events beside it. Raises `NoSuchPageError`."""
    number = int(asked.parts["article"])
    try:
        extraction = stored_extraction(store, number)
    except KeyError:
        raise NoSuchPageError(f"There is no article {number}.") from None
    links, url = {}, extraction.article.canonical_url
    for row in store.rows(_EVENTS, [number]):
        shown = [("row", f"/rigwire/events/{row['id']}")]
        shown += [("story", f"/stories/{row['story_id']}")] if row["story_id"] else []
        shown += [("by hand", address("/rigwire/corrections", article_url=url))] if row["by_hand"] else []
        shown += [("correct", f"/correct/{row['key']}")] if asked.may_correct else []
        links[row["local_id"]] = shown
    title, content = render_article(extraction, PREFIX, links)
    values = {"title": title, "content": content, "legend": legend(), "extraction": extraction, "article": number}
    return Shown("article.html", values)


def event_page(store: Store, asked: Asked) -> Shown:
    """Lead from an event to its words in the article. Raises `NoSuchPageError`."""
    number = int(asked.parts["event"])
    rows = store.rows(
        "select article_id, (select count(*) from events as before where before.article_id = events.article_id"
        " and before.id <= events.id) as place from events where id = ?",
        [number],
    )
    if not rows:
        raise NoSuchPageError(f"There is no event {number}; its article may have been read again since.")
    return Shown(location=f"/articles/{rows[0]['article_id']}#{PREFIX}-e{rows[0]['place']}")
