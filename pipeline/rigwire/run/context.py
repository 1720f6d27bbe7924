"""What the parts of a run share."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Protocol

from rigwire.fetch import Fetcher, Source
from rigwire.run.report import Tally
from rigwire.settings import Settings
from rigwire.store import Store, save_robots


class Progress(Protocol):
    """Called after every step: of what, how many are done, how many there are."""

    def __call__(self, what: str, done: int, total: int) -> None: ...


def no_progress(what: str, done: int, total: int) -> None:
    """Show nothing."""


@dataclass(frozen=True, slots=True)
class Context:
    """An open store with the run that writes to it. `clock` gives the present moment in UTC."""

    store: Store
    settings: Settings
    sources: dict[str, Source]
    run_id: int
    clock: Callable[[], datetime]
    force: bool = False
    progress: Progress = no_progress
    tally: Tally = field(default_factory=Tally)

    def keep_robots(self, fetcher: Fetcher) -> None:
        """Store the robots.txt files that were fetched since the last call."""
        for entry in fetcher.new_robots():
            save_robots(self.store, **asdict(entry))
