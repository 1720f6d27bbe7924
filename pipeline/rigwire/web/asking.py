"""What a page is asked, and what it answers: the values between the pages and the server."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from rigwire.errors import RigwireError
from rigwire.store import Store


class NoSuchPageError(RigwireError):
    """An address that leads to nothing in the database."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request: the parts of its path, its query by name, and the day. `may_correct`: it came with the token."""

    parts: Mapping[str, str]
    query: Mapping[str, Sequence[str]]
    today: date
    may_correct: bool = False

    def text(self, name: str) -> str:
        """Return a value of the query without the blanks around it, '' where it is missing."""
        # SQLite's full-text search stops reading at a NUL.
        return (self.query.get(name) or [""])[0].replace("\0", "").strip()

    def one_of(self, name: str, known: Sequence[str]) -> str:
        """Return a value that is one of `known`, else the first of these."""
        value = self.text(name)
        return value if value in known else known[0]

    def number(self, name: str, default: int, most: int) -> int:
        """Return a whole number from 1 to `most`; `default` where it is none."""
        value = self.text(name)
        return min(max(int(value), 1), most) if value.isdecimal() and len(value) < 10 else default

    def day(self, name: str) -> str:
        """Return an ISO 8601 day, '' where it is none."""
        try:
            return date.fromisoformat(self.text(name)).isoformat()
        except ValueError:
            return ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A page: its template with the values for it, or the address to go to instead."""

    template: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    location: str = ""


PageFunction = Callable[[Store, Asked], Shown]
