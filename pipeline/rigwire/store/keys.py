"""The keys of events: what an event is called outside of the database, whatever its row."""

import hashlib
from collections.abc import Iterable, Sequence

from rigwire.model import Event
from rigwire.resemblance import split_words
from rigwire.store.corrections.matching import pair_events

_LENGTH = 16


def event_keys(url: str, events: Sequence[Event], before: Sequence[tuple[str | None, Event]]) -> dict[str, str]:
    """Return the keys of the events of an article by their ids.

    An event that the article had `before`, by its words, keeps its key. The key of another is made of the article's
    URL, its type, its sentence and its figures, so that another database gives it the same.
    """
    pairs = pair_events([event for _, event in before], events)
    kept = {events[new].id: key for old, new in pairs.items() if (key := before[old][0])}
    taken = set(kept.values())
    keys = {}
    for event in events:
        keys[event.id] = key = kept.get(event.id) or next(key for key in _candidates(url, event) if key not in taken)
        taken.add(key)
    return keys


def _candidates(url: str, event: Event) -> Iterable[str]:
    figures = sorted(" ".join(quantity.text.split()) for quantity in event.quantities)
    words = " ".join(split_words(event.quote))
    for number in range(1_000_000):
        text = "\n".join([url, event.type, words, *figures, str(number)])
        yield hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:_LENGTH]
