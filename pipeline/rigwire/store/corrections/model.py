"""What a correction is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from rigwire.model import Event, Extraction

Action = Literal["change", "strike", "add"]
ByHand = Literal["changed", "added"]


@dataclass(frozen=True, slots=True)
class Correction:
    """What somebody decided about an event of an article.

    `target` is the JSON of the event as it was extracted, or as it is to be added, `event` the same read. `figure`
    has the words of the quantity that is meant, None for the event itself. `changes` are attributes with their values.
    """

    id: int
    action: Action
    target: str
    event: Event
    figure: str | None
    changes: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Corrected:
    """An extraction with its corrections.

    `by_hand` says of events, by their ids, that they were changed or added, `targets` which target they were found by.
    `lost` are the ids of corrections whose words are no longer in the article.
    """

    extraction: Extraction
    by_hand: Mapping[str, ByHand]
    targets: Mapping[str, str]
    lost: frozenset[int]
