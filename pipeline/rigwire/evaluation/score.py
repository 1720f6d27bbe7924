"""What is counted: hits, calibration samples and slips; scores add up from parts to documents to corpora."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

HEADLINE = ("companies", "jurisdictions", "dates", "core quantities", "core facts", "notices")


@dataclass(frozen=True, slots=True)
class Tally:
    """How many were wanted, how many found, and how many of those are right."""

    hit: int = 0
    gold: int = 0
    found: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.hit + other.hit, self.gold + other.gold, self.found + other.found)

    @property
    def precision(self) -> float:
        """The share of the found that is right; 1 where nothing was found."""
        return self.hit / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """The share of the wanted that was found; 1 where nothing was wanted."""
        return self.hit / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both; 1 where nothing was wanted or found."""
        return 2 * self.hit / (self.gold + self.found) if self.gold + self.found else 1.0


@dataclass(frozen=True, slots=True)
class Judgement:
    """A confidence that was given (to a `fact` or an `event`), and whether type, status and company are right."""

    of: str
    confidence: float
    right: bool


@dataclass(frozen=True, slots=True)
class Slip:
    """One thing that was missed or is wrong. `words` is the sentence of the article, the words in brackets."""

    document: str
    part: str
    problem: str
    what: str
    words: str | None


@dataclass(frozen=True)
class Score:
    """Everything counted over a part, a document or a corpus.

    `tallies` goes by the name of the part (`companies`, `quantity:power`, `event:order`), `counts` by a pair
    such as `("link", "type")`.
    """

    tallies: Mapping[str, Tally] = field(default_factory=dict)
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    judgements: tuple[Judgement, ...] = ()
    slips: tuple[Slip, ...] = ()

    def tally(self, part: str) -> Tally:
        """Return the tally of a part, an empty one where nothing was counted."""
        return self.tallies.get(part, Tally())

    @property
    def headline(self) -> float:
        """The mean F1 of the parts that the documents have anything of; 1 where they have nothing."""
        shares = [self.tally(part).f1 for part in HEADLINE if self.tally(part).gold]
        return sum(shares) / len(shares) if shares else 1.0


def total(scores: Iterable[Score]) -> Score:
    """Return the sum of scores."""
    tallies: dict[str, Tally] = {}
    counts: Counter[tuple[str, str]] = Counter()
    judgements: list[Judgement] = []
    slips: list[Slip] = []
    for score in scores:
        for part, tally in score.tallies.items():
            tallies[part] = tallies.get(part, Tally()) + tally
        counts.update(score.counts)
        judgements += score.judgements
        slips += score.slips
    return Score(tallies, counts, tuple(judgements), tuple(slips))
