"""Where a delivery comes from: the place that its sentence says the machines leave."""

import re

from rigwire.model import Event, Extraction

# What stands before the name of the place: "from", and at most a few words without a figure, such as "a site in".
_LEAVING = re.compile(r"\b(?:from|out of)\s+(?:[^\W\d][\w'’-]*,?\s+){0,3}$", re.IGNORECASE)
_NEAR = 60


def origin_of(event: Event, extraction: Extraction) -> str | None:
    """Return the code of the place that a delivery leaves, other than its destination; None where none is stated.

    A destination comes after "to": what is between "from" and "to" is the origin ("from Sichuan to Kazakhstan").
    """
    if event.type != "delivery" or event.start is None or event.end is None:
        return None
    for place in extraction.jurisdictions:
        for mention in place.mentions:
            if place.code == event.jurisdiction or not event.start <= mention.start < event.end:
                continue
            before = extraction.article.text[max(event.start, mention.start - _NEAR) : mention.start]
            words = _LEAVING.search(before)
            if words and " to " not in words[0].lower():
                return place.code
    return None
