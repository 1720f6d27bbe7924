"""Who takes power under a contract and has no name: "contracts with 25 mining companies for 1,100 MW"."""

import re

from rigwire.extract.positions import Anchor
from rigwire.extract.view import View

_CONTRACT = re.compile(r"\b(?:contract|agreement|deal|lease|sign|agree)(?:s|ed)?\b[^.;]{0,40}\b(?:with|to)\s$")
_FOR = re.compile(
    r"(?:,[^.;]{0,50},)?\s(?:for|over|covering)\s(?:a\s(?:(?:combined\s)?total|further)\s(?:of\s)?)?"
    r"(?:(?:together|some|about|around|up\sto|another|an\sadditional|more\sthan)\s)*"
)
_REACH = 80  # characters from the body to the figure, and from the contract to the body


def client_of(view: View, anchor: Anchor) -> str | None:
    """Return the body, introduced in the article's words, that a contract for the power at the anchor is with."""
    if anchor.type != "power_deal":
        return None
    for body in view.bodies:
        near = 0 <= anchor.start - body.end < _REACH and body.is_new and body.kind in ("user", "party")
        if near and _FOR.fullmatch(view.text, body.end, anchor.start):
            return body.name if _CONTRACT.search(view.text, max(0, body.start - _REACH), body.start) else None
    return None
