"""An event in the making, between the words that state it and the event that is told."""

from dataclasses import dataclass, field

from rigwire.extract.positions import Anchor
from rigwire.extract.quantities import Measure
from rigwire.model import Notice

LIKELY = 0.5
"""The share from which an opinion is likelier than all others together."""


@dataclass(slots=True)
class Draft:
    """An event in the making: its anchor words, attributes, figures, and how sure each step was (0..1).

    `rules` names the rule by which a step went before the models, where one did.
    """

    anchor: Anchor
    measures: list[Measure]
    sure: dict[str, float]
    counterparty: str | None = None
    jurisdiction: str | None = None
    date: str | None = None
    notice: Notice | None = None
    rules: dict[str, str] = field(default_factory=dict)

    @property
    def sureness(self) -> float:
        """How sure the type, status and company are together, before calibration."""
        return self.sure["type"] * self.sure["status"] * self.sure.get("company", 1.0)
