"""Search: articles by their words, companies by name."""

from typing import Any

from markupsafe import Markup

from rigwire.page import escape
from rigwire.store import Store, search_articles
from rigwire.web.asking import Asked, Shown

LISTED = 40
# Characters that no page holds stand around the words that were found, until the rest has been escaped.
_MARKS = ("\ue000", "\ue001")
_LATEST = """
select
    articles.id as article_id, articles.title, articles.published_day, coalesce(sources.name, articles.site) as source,
    '' as snippet
from articles left join sources on sources.id = articles.source_id
where articles.kind = 'article' order by articles.published_day desc, articles.id desc limit :limit
"""
_COMPANIES = """
select companies.id, companies.name, group_concat(alias, ', ') as aliases
from companies join company_aliases on company_aliases.company_id = companies.id
where companies.id in (select company_id from company_aliases where alias like :start || '%')
group by companies.id order by companies.name limit 12
"""


def search_page(store: Store, asked: Asked) -> Shown:
    """Return the articles that hold all words of `q`, quotes holding a phrase together; without words the latest."""
    words = asked.text("q")
    values: dict[str, Any] = {"q": words, "companies": [], "limit": LISTED}
    if words:
        articles = search_articles(store, words, LISTED, _MARKS)
        values["companies"] = store.rows(_COMPANIES, {"start": words})
    else:
        articles = store.rows(_LATEST, {"limit": LISTED})
    values["articles"] = [row | {"snippet": marked(row["snippet"])} for row in articles]
    return Shown("search.html", values)


def marked(snippet: str) -> Markup:
    """Return a snippet as HTML in which the words that were found are marked."""
    return Markup(escape(snippet).replace(_MARKS[0], "<mark>").replace(_MARKS[1], "</mark>"))
