"""What a date is read with: the text, the day from which it is seen, its sentence, and the dates before it."""

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field

from rigwire.extract.calendar import DateAnchor, Side
from rigwire.extract.tense import direction_at

Match = re.Match[str]


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in the text, `text[start:end]`, with its value and precision as the codebook writes them."""

    value: str
    precision: str
    text: str
    start: int
    end: int


@dataclass(slots=True)
class Context:
    """The reading of one text, in its order; `before` grows with every date found.

    `anchor` is the day of publication, in a live blog that of the entry. `fiscal` maps a fiscal quarter, as "Q3" or
    "2024-Q3", to the calendar value that the text gives for it.
    """

    text: str
    anchor: DateAnchor
    starts: list[int]
    before: list[FoundDate] = field(default_factory=list)
    fiscal: dict[str, str] = field(default_factory=dict)

    def sentence_start(self, offset: int) -> int:
        """Return where the sentence that holds `offset` starts."""
        index = bisect_right(self.starts, offset)
        return self.starts[index - 1] if index else 0

    def sentence_end(self, offset: int) -> int:
        """Return where the sentence after the one that holds `offset` starts."""
        index = bisect_right(self.starts, offset)
        return self.starts[index] if index < len(self.starts) else len(self.text)

    def direction(self, start: int) -> Side:
        """Return the side of the present on which the words around put a date at `start`."""
        return direction_at(self.text, start, self.sentence_start(start), self.sentence_end(start))

    def year(self, match: Match) -> int | None:
        """Return the year that an expression states: "2024", "FY24", "2024's", "last year", "that year"."""
        groups = match.groupdict()
        printed = groups.get("year") or groups.get("fy") or groups.get("owner")
        if printed:
            return full_year(printed)
        shift = (groups.get("yearshift") or groups.get("yearof") or "").lower()
        if shift == "that":
            return self.last_year()
        if shift and self.anchor.year:
            return self.anchor.year + {"last": -1, "previous": -1, "prior": -1, "this": 0, "next": 1}[shift]
        return None

    def last_year(self) -> int | None:
        """Return the year of the last date before that has one."""
        return next((int(d.value[:4]) for d in reversed(self.before[-6:]) if d.value[:4].isdigit()), None)

    def last_of(self, *precisions: str) -> FoundDate | None:
        """Return the last date before with one of the precisions and a year."""
        return next((d for d in reversed(self.before[-8:]) if d.precision in precisions and d.value[0] != "-"), None)

    def in_sentence(self, offset: int) -> list[FoundDate]:
        """Return the dates found so far in the sentence that holds `offset`."""
        floor = self.sentence_start(offset)
        return [d for d in self.before[-12:] if d.start >= floor]

    def opening_year(self, offset: int) -> int | None:
        """Return the year that leads the sentence: "For 2025 the target goes up, to 56 EH/s by the end of Q2"."""
        years = [d for d in self.in_sentence(offset) if d.precision == "year"]
        opens = years and years[0].start - self.sentence_start(offset) < 8
        return int(years[0].value) if opens else None

    def preceded(self, match: Match, pattern: str, reach: int = 24) -> bool:
        """Tell whether the words right before an expression match a pattern that ends in "$"."""
        return re.search(pattern, self.text[max(0, match.start() - reach) : match.start()], re.IGNORECASE) is not None

    def followed(self, match: Match, pattern: str, reach: int = 32) -> bool:
        """Tell whether the words right after an expression match a pattern."""
        return re.match(pattern, self.text[match.end() : match.end() + reach], re.IGNORECASE) is not None


def number_of(day: str) -> int:
    """Return the number of a day as printed: "24th" is 24, "first" 1."""
    return int(re.sub(r"\D", "", day) or "1")


def full_year(year: str) -> int:
    """Return the number of a year as printed: "FY22" and "’22" are 2022."""
    number = number_of(year)
    return number if number >= 100 else 2000 + number


def found(match: Match, value: str | None, precision: str, group: str | int = 0) -> list[FoundDate]:
    """Return the date that an expression, or a group of it, stands for; none where its value can't be told."""
    if value is None:
        return []
    return [FoundDate(value, precision, match.group(group), match.start(group), match.end(group))]


Reader = Callable[[Match, Context], list[FoundDate]]
