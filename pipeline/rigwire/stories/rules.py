"""The weights, windows and word lists of models/stories.toml."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from rigwire.knowledge import read_toml


@dataclass(frozen=True, slots=True)
class Rules:
    """The file as it stands: scores without unit, windows in days."""

    link: float
    mean: float
    weights: Mapping[str, float]
    window: Mapping[str, int]
    families: Mapping[str, list[str]]
    types: Mapping[str, list[str]]
    edges: Mapping[str, list[str]]
    scopes: Mapping[str, list[str]]


@cache
def rules() -> Rules:
    """Return the rules that ship with rigwire."""
    return Rules(**read_toml("stories.toml"))


@cache
def kin(one: str, other: str) -> bool:
    """Tell whether two types can be the same event."""
    return one == other or any(one in family and other in family for family in rules().families.values())
