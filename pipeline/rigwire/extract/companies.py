"""Which names are firms: the lexicon and the article itself decide together."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rigwire.extract import heads
from rigwire.extract.aliases import NameCandidate
from rigwire.extract.encoder import Span
from rigwire.extract.firm_features import Surroundings, features
from rigwire.extract.firms import weak_names
from rigwire.extract.linear import load_model, probability
from rigwire.extract.names import cue_sets, name_words
from rigwire.extract.wordpieces import vocabulary

if TYPE_CHECKING:
    from rigwire.extract.findings import Findings

_THRESHOLD = 0.65


@dataclass(frozen=True, slots=True)
class FoundCompany:
    """A firm of the article: its fullest name there, what lexicon and text tell of it, and where it is named."""

    name: str
    kind: str
    ticker: str | None
    exchange: str | None
    country: str | None
    parent: str | None
    aliases: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    probability: float


def find_companies(found: "Findings") -> list[FoundCompany]:
    """Return the firms among the candidates, in the order of their first mention."""
    around = surroundings(found)
    named = []
    for candidate in found.candidates:
        if is_place(candidate, around.places) or is_plain_word(candidate, found.text) or _is_paper(candidate):
            continue
        score = load_model("company_name").scores(features(around, candidate))[0]
        if found.encoding is not None:
            score += heads.company_score(found.encoding, around.starts, candidate.spans)
        if probability(score) >= _THRESHOLD:
            named.append(company_of(candidate, probability(score)))
    return sorted(named, key=lambda company: company.spans[0])


def surroundings(found: "Findings") -> Surroundings:
    """Return what stands around the candidates. Who stands beside a core figure is likely a firm."""
    places = {(p.start, p.end): p.code for p in found.places}
    starts, ends = [s.start for s in found.sentences], [s.end for s in found.sentences]
    return Surroundings(found.text, starts, ends, places, sorted(found.core_figures()))


def is_place(candidate: NameCandidate, places: Mapping[Span, str]) -> bool:
    """A name that is a place wherever it stands, and that nothing else marks as a firm."""
    marked = candidate.firm or candidate.legal or candidate.ticker
    return not marked and all(span in places for span in candidate.spans)


def is_plain_word(candidate: NameCandidate, text: str) -> bool:
    """A common word that has its capital from the one sentence or line that it opens; nothing marks it as a firm."""
    word, [(_, end), *more] = candidate.forms[0], candidate.spans
    known = candidate.firm or word in weak_names()
    if known or candidate.legal or candidate.ticker or more or not candidate.opens:
        return False
    following = re.match(r"\s(\w+)", text[end : end + 30])
    acts = text[end : end + 1] == "," or (following is not None and following[1] in cue_sets()["verb_after"])
    return word.istitle() and word.lower() in vocabulary() and not acts


def _is_paper(candidate: NameCandidate) -> bool:
    """Tell "the Anchorage Loan" and "the Hosting Agreement" from firms."""
    marked = candidate.firm or candidate.legal or candidate.ticker
    return not marked and candidate.forms[0].split()[-1] in name_words("paper")


def company_of(candidate: NameCandidate, probability: float) -> FoundCompany:
    """Return the firm that a candidate is."""
    firm = candidate.firm
    # The lexicon has today's listing: an article that uses a former name may be older than that.
    listed = firm if firm and not set(candidate.forms) & set(firm.former) else None
    return FoundCompany(
        name=candidate.forms[0],
        kind=firm.kind if firm else _kind_of(candidate.forms[0]),
        ticker=candidate.ticker or (listed.ticker if listed else None),
        exchange=candidate.exchange or (listed.exchange if listed else None),
        country=firm.country if firm else None,
        parent=firm.parent if firm else None,
        aliases=tuple(candidate.forms[1:]),
        spans=tuple(sorted(candidate.spans)),
        probability=probability,
    )


def _kind_of(name: str) -> str:
    """Guess the kind of an unknown firm from the last words of its name."""
    cues, words = cue_sets(), set(name.split())
    if words & {"Pool"}:
        return "pool"
    if words & {"Hosting", "Datacenters", "Rack", "Racks", "Centers", "Centres"}:
        return "host"
    if words & {"Mining", "Miners", "Miner", "Hash", "Hashing", "Hashworks", "Hashrate", "Bitcoin"}:
        return "miner"
    if words & cues["head_power"]:
        return "utility"
    return "investor" if words & cues["head_money"] else "other"
