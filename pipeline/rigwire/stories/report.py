"""What one article says of one event, as plain data: the input of everything here."""

from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from rigwire.model import Notice

# The article's URL and the event's id inside it: the same whenever the article arrives.
Key: TypeAlias = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Period:
    """A date of the codebook: its first and last day, None without a year; `words` are those that state it."""

    value: str
    start: date | None
    end: date | None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity in the unit of its kind. `id` is the caller's own; `scope` is `total`, `more` or None."""

    id: int
    kind: str
    value: float
    unit: str
    low: float | None = None
    high: float | None = None
    qualifier: str = "exact"
    currency: str | None = None
    model: str | None = None
    metric: str | None = None
    words: str = ""
    scope: str | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """A firm or body. `is_named` tells a firm by its canonical name from the words for an unnamed body.

    `owners` are the firms that it belongs to, the nearest first.
    """

    name: str
    is_named: bool
    owners: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """An event of an article. `outlet` is who published it, `copies` what articles with nearly its text share.

    `dates` has the periods of `date`, `notified`, `effective` and `until` as far as they are stated, `words` the
    content words of the quote. `is_checked` marks what a person has corrected.
    """

    key: Key
    anchor: str
    outlet: str
    copies: str
    published: date | None
    type: str
    status: str
    company: Party | None
    counterparty: Party | None
    jurisdiction: str | None
    site: str | None
    dates: dict[str, Period]
    figures: tuple[Figure, ...]
    notice: Notice | None
    confidence: float
    quote: str
    words: frozenset[str] = field(default=frozenset())
    is_checked: bool = False

    @property
    def article(self) -> str:
        """The URL of the article."""
        return self.key[0]
