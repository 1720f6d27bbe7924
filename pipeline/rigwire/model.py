"""The values that pass between the stages: Page -> Article -> Extraction. All are frozen."""

from dataclasses import dataclass, field, fields
from datetime import datetime

SCHEMA_VERSION = 1

EVENT_TYPES = (
    "order", "delivery", "deployment", "fleet", "shutdown", "power_notice", "power_deal", "site", "production",
    "treasury", "sale", "financing", "acquisition", "results", "regulation", "enforcement", "bankruptcy", "network",
)  # fmt: skip
STATUSES = ("actual", "planned", "proposed", "cancelled")
KINDS = (
    "machines", "hashrate", "power", "sites", "money", "coins", "share", "energy", "energy_price", "efficiency",
)  # fmt: skip
CORE_KINDS = ("machines", "hashrate", "power", "sites")
# By kind, docs/codebook.md, section 4; the others are in a currency or coin.
UNITS = {
    "machines": "machines", "hashrate": "PH/s", "power": "MW", "sites": "sites", "share": "%", "energy": "MWh",
    "efficiency": "J/TH",
}  # fmt: skip
QUALIFIERS = ("exact", "about", "at_least", "at_most", "range")
PRECISIONS = ("year", "half", "quarter", "month", "week", "day", "minute", "span")
ACTIONS = ("cut", "curtail", "restore", "refuse", "tariff")
COMPANY_KINDS = ("miner", "pool", "manufacturer", "host", "utility", "investor", "exchange", "other")
METRICS = ("revenue", "cost", "net_income", "net_loss", "ebitda", "cash", "capex", "margin", "other")
ARTICLE_KINDS = ("article", "paywall", "consent", "js_shell", "not_found", "links", "empty")
_ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class Page:
    """One response as it came: `url` as asked for, `final_url` after redirects, `body` decoded from transfer only.

    `headers` has lower-case names. `fetched_at` is UTC.
    """

    url: str
    final_url: str
    status: int
    headers: dict[str, str]
    body: bytes
    fetched_at: datetime


SELECTOR_KEYS = ("body", "title", "published", "modified", "authors", "remove")
"""The parts of a page that a source may say where to find; what `remove` finds is no part of the body."""


@dataclass(frozen=True, slots=True)
class Hints:
    """What the place where a document was found says of it: a feed item, a JSONL line, an option.

    `selectors` are CSS by keys of `SELECTOR_KEYS`.
    """

    id: str | None = None
    url: str | None = None
    title: str | None = None
    published: str | None = None
    authors: tuple[str, ...] = ()
    site: str | None = None
    language: str | None = None
    timezone: str | None = None
    selectors: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Article:
    """The article alone: title, true text (paragraphs joined by blank lines), metadata.

    `published` and `modified` are ISO 8601 (a day, or a moment with its zone where stated) or None. `kind` is one of
    `ARTICLE_KINDS`. `origins` names where each piece of metadata came from, such as `{"published": "json-ld"}`.
    """

    id: str
    source: str
    url: str | None
    canonical_url: str | None
    site: str | None
    title: str | None
    authors: tuple[str, ...]
    published: str | None
    modified: str | None
    language: str | None
    text: str
    kind: str = "article"
    origins: dict[str, str] = field(default_factory=dict)


def is_extractable(article: Article) -> bool:
    """Tell whether there are facts to be looked for: an article, in English or in no known language."""
    language = (article.language or _ENGLISH).lower().split("-")[0]
    return article.kind == "article" and language == _ENGLISH


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of the article: `text == article.text[start:end]`."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Company:
    """A named firm with every place where the article names it. `kind` is one of `COMPANY_KINDS`."""

    name: str
    ticker: str | None
    exchange: str | None
    kind: str
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """A country or first-level subdivision by ISO 3166 code."""

    code: str
    name: str
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class DateMention:
    """An expression that pins to the calendar. `precision` is one of `PRECISIONS`."""

    value: str
    precision: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its meaning, in the unit of its kind (PH/s, MW, MWh, %, J/TH, currency units, coins).

    Offsets are None where only the title states it. `low` and `high` are set where `qualifier` is `range`.
    """

    kind: str
    value: float
    unit: str
    low: float | None
    high: float | None
    qualifier: str
    currency: str | None
    model: str | None
    metric: str | None
    text: str
    start: int | None
    end: int | None


@dataclass(frozen=True, slots=True)
class Notice:
    """The slots of a power notice. `action` is one of `ACTIONS`; times are in the article's local time."""

    action: str
    issuer: str | None
    recipient: str | None
    notified: str | None
    effective: str | None
    until: str | None


@dataclass(frozen=True, slots=True)
class Event:
    """What one act did, by whom, to whom, where, when, and the sentence that says so.

    `trace` says which rule or component gave each attribute; it is no part of the JSON.
    """

    id: str
    type: str
    status: str
    company: str | None
    counterparty: str | None
    jurisdiction: str | None
    site: str | None
    date: str | None
    quantities: tuple[Quantity, ...]
    notice: Notice | None
    confidence: float
    quote: str
    start: int | None
    end: int | None
    trace: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that an article states, in the order of the text."""

    article: Article
    companies: tuple[Company, ...] = ()
    jurisdictions: tuple[Jurisdiction, ...] = ()
    dates: tuple[DateMention, ...] = ()
    events: tuple[Event, ...] = ()


# What can be right or wrong of an event, a notice and a figure: all but where it stands and how sure it is.
EVENT_ATTRIBUTES = ("type", "status", "company", "counterparty", "jurisdiction", "site", "date")
NOTICE_ATTRIBUTES = tuple(slot.name for slot in fields(Notice))
FIGURE_ATTRIBUTES = tuple(slot.name for slot in fields(Quantity) if slot.name not in ("text", "start", "end"))
