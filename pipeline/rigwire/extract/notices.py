"""The slots of a power notice: what is done to whom, who says so, when it was told, when it starts and ends."""

from rigwire.extract import features, roles
from rigwire.extract.linear import load_model
from rigwire.extract.roles import Anchor
from rigwire.extract.view import View
from rigwire.model import Notice


def fill_notice(view: View, anchor: Anchor, issuer: str | None, effective: str | None) -> Notice:
    """Return the notice that stands at an anchor; its issuer and effective time are the event's counterparty and date."""
    shares = load_model("action").distribution(features.anchor_features(view, anchor.start, anchor.end, "notice"))
    action = max(shares.items(), key=lambda pair: pair[1])[0]
    recipient, _ = roles.choose(view, anchor, "recipient")
    notified, _ = roles.choose(view, anchor, "notified")
    until, _ = roles.choose(view, anchor, "until")
    return Notice(action=action, issuer=issuer, recipient=recipient, notified=notified, effective=effective, until=until if until != effective else None)
