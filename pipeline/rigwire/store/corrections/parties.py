"""The firms and places that corrected events name beside those that the extractor found."""

import re
from collections.abc import Iterator
from dataclasses import replace

from rigwire.firms import find_firm
from rigwire.jurisdictions import place_name
from rigwire.model import Company, Event, Extraction, Jurisdiction, Mention


def with_parties(extraction: Extraction) -> Extraction:
    """Return an extraction that lists every firm and place of its events.

    A name that begins with a capital or a digit is a firm's, any other the words for an unnamed body.
    """
    names, codes = {c.name for c in extraction.companies}, {j.code for j in extraction.jurisdictions}
    parties = dict.fromkeys(name for event in extraction.events for name in _named(event) if name not in names)
    places = dict.fromkeys(e.jurisdiction for e in extraction.events if e.jurisdiction and e.jurisdiction not in codes)
    return replace(
        extraction,
        companies=extraction.companies + tuple(_company(name, extraction.article.text) for name in parties),
        jurisdictions=extraction.jurisdictions
        + tuple(Jurisdiction(code, place_name(code) or code, ()) for code in places),
    )


def is_name(party: str) -> bool:
    """Tell the name of a firm from the words for an unnamed body."""
    return party[:1].isupper() or party[:1].isdigit()


def _named(event: Event) -> Iterator[str]:
    return (party for party in (event.company, event.counterparty) if party and is_name(party))


def _company(name: str, text: str) -> Company:
    firm = find_firm(name)
    found = re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text)
    return Company(
        name,
        firm.ticker if firm else None,
        firm.exchange if firm else None,
        firm.kind if firm else "other",
        tuple(Mention(match[0], *match.span()) for match in found),
    )
