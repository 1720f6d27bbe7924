"""Archive pages: the URLs that a template stands for, and the links to articles on such a page.

A template has `{year}`, `{month}` and `{day}` for one page a year, month or day, or `{page}` for pages that are
numbered from 1, the newest first: `https://news.example/{year}/{month}/`, `https://news.example/news?page={page}`.
"""

import re
from calendar import monthrange
from datetime import date, timedelta
from string import Formatter
from urllib.parse import urlsplit

from rigwire.fetch.markup import decode_text, find_tags
from rigwire.model import Page
from rigwire.urls import canonical_url, is_web_url, resolve_link, site_host

_PERIODS = ("year", "month", "day")
_FIELDS = {*_PERIODS, "page"}
_SECTION = re.compile(
    r"(?i)/(?:tags?|categor(?:y|ies)|authors?|topics?|pages?|search|feeds?|rss|login|about|contact)(?:/|$)"
)
_DATED = re.compile(r"/(20\d\d)[/-](0[1-9]|1[0-2])(?:[/-](0[1-9]|[12]\d|3[01]))?(?=[/-])")
_FILE = re.compile(r"(?i)\.(?:jpe?g|png|gif|webp|svg|pdf|zip|xml|json|css|js|mp[34]|ico)$")
# A slug of several words, a number, or a page of HTML: what is no article of these is told when it is read.
_ARTICLE = re.compile(r"(?i)(?:[a-z0-9]+-){2,}[a-z0-9]+|\d{3,}|\.html?$")


def archive_complaint(template: str) -> str | None:
    """Return what is wrong with an archive template, or None."""
    try:
        fields = [name for _, name, _, _ in Formatter().parse(template) if name is not None]
        url = template.format(**dict.fromkeys(_FIELDS, 1))
    except (ValueError, LookupError, AttributeError):
        fields, url = ["?"], ""
    if not _FIELDS.issuperset(fields):
        return f"may hold {{year}}, {{month}}, {{day}} or {{page}} only: {template!r}"
    if not is_web_url(url):
        return f"must be an http or https URL: {template!r}"
    if not fields or ("page" in fields and len(set(fields)) > 1) or ("page" not in fields and "year" not in fields):
        return f"needs {{page}} alone, or {{year}} with {{month}} and {{day}} as the site has them: {template!r}"
    return None


def is_numbered(template: str) -> bool:
    """Tell whether the pages of a template are numbered, and not those of a year, month or day."""
    return "{page" in template


def numbered_page(template: str, number: int) -> str:
    """Return the URL of a numbered page."""
    return template.format(page=number)


def period_pages(template: str, since: date, until: date) -> list[str]:
    """Return the URLs of the pages of all years, months or days from `since` to `until`, the newest first.

    Months and days have two digits unless the template says otherwise (`{month:d}`).
    """
    template = re.sub(r"\{(month|day)\}", r"{\1:02d}", template)
    days = (until - timedelta(days=n) for n in range((until - since).days + 1))
    urls = (template.format(year=day.year, month=day.month, day=day.day) for day in days)
    return list(dict.fromkeys(urls))


def stated_day(url: str) -> str | None:
    """Return the last day that the path of a URL allows for (`/2024/05/` is the end of that May), or None."""
    found = _DATED.search(urlsplit(url).path)
    if not found:
        return None
    year, month = int(found[1]), int(found[2])
    day = int(found[3]) if found[3] else monthrange(year, month)[1]
    return f"{year}-{month:02}-{day:02}"


def article_links(page: Page) -> list[str]:
    """Return the URLs of a page's links that may lead to articles of the same site, in their order, each once."""
    tags = list(find_tags(decode_text(page.body, page.headers.get("content-type")), ("a", "base")))
    bases = [attributes.get("href", "") for name, attributes in tags if name == "base"]
    base = (bases and resolve_link(page.final_url, bases[0])) or page.final_url
    links = (resolve_link(base, attributes.get("href", "")) for name, attributes in tags if name == "a")
    found = (link for link in links if link and _may_be_article(link, page.final_url))
    return list({canonical_url(link): link for link in found}.values())


def _may_be_article(link: str, base: str) -> bool:
    parts, own = urlsplit(link), urlsplit(base)
    if site_host(link) != site_host(base) or parts.path == own.path:
        return False
    if _SECTION.search(parts.path) or _FILE.search(parts.path):
        return False
    last = parts.path.rstrip("/").rpartition("/")[2]
    return _ARTICLE.search(last) is not None
