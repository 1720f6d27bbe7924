"""What a run did, counted."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from rigwire.run.silence import Silence

COUNTS = (
    "sources", "feeds", "feeds_unchanged", "feeds_failed", "items", "new", "revised", "unchanged",
    "other_language", "no_article", "failed", "postponed", "events", "alerts_sent", "alerts_failed",
)  # fmt: skip
_STORED = ("new", "revised", "unchanged")
_OPTIONAL = {"other_language": "not English", "no_article": "no article", "postponed": "postponed"}


@dataclass(frozen=True, slots=True)
class RunReport:
    """The outcome of a run. `counts` has the keys `COUNTS`, `failing` the ids of sources whose feeds failed.

    `silent`, by id, are sources that have brought nothing new for longer than is their habit. `is_second`: another run
    holds the lock, this one did nothing.
    """

    counts: dict[str, int]
    failing: tuple[str, ...] = ()
    silent: Mapping[str, Silence] = field(default_factory=dict)
    is_second: bool = False

    @property
    def exit_code(self) -> int:
        """Return 1 where a source, a document or an alert failed, else 0."""
        return 1 if self.failing or self.counts["failed"] or self.counts["alerts_failed"] else 0

    def closing_line(self) -> str:
        """Return the one line for people."""
        if self.is_second:
            return "another run is at work on this database; nothing done"
        n = self.counts
        feeds = f"{n['sources']} sources, {n['feeds']} feeds due ({n['feeds_unchanged']} unchanged)"
        parts = [feeds, articles_line(n)]
        if n["alerts_sent"] or n["alerts_failed"]:
            waiting = f", {n['alerts_failed']} wait" if n["alerts_failed"] else ""
            parts.append(f"alerts: {n['alerts_sent']} sent{waiting}")
        if self.failing:
            parts.append(f"failing: {', '.join(self.failing)}")
        if self.silent:
            parts.append("silent: " + ", ".join(f"{name} ({silence})" for name, silence in self.silent.items()))
        return "; ".join(parts)


def articles_line(counts: Mapping[str, int]) -> str:
    """Return what became of articles, in words."""
    parts = [
        f"articles: {', '.join(f'{counts[name]} {name}' for name in _STORED)}",
        f"{counts['failed']} failed",
        f"{counts['events']} events",
        *(f"{counts[name]} {words}" for name, words in _OPTIONAL.items() if counts[name]),
    ]
    return "; ".join(parts)


@dataclass(slots=True)
class Tally:
    """The counts of a run that is under way."""

    counts: Counter[str] = field(default_factory=Counter)
    failing: dict[str, None] = field(default_factory=dict)
    silent: dict[str, Silence] = field(default_factory=dict)

    def report(self) -> RunReport:
        """Return the counts as they stand."""
        return RunReport({name: self.counts[name] for name in COUNTS}, tuple(self.failing), self.silent)
