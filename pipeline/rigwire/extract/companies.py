"""Which names are firms: the lexicon and the article itself decide together."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rigwire.extract.aliases import Candidate, gather
from rigwire.extract.firm_features import Surroundings, features
from rigwire.extract.linear import load_model
from rigwire.extract.names import Name, cue_sets
from rigwire.extract.sentences import Sentence

_THRESHOLD = 0.45


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


def find_companies(
    text: str,
    sentences: list[Sentence],
    names: list[Name],
    avoid: bytearray,
    places: Mapping[tuple[int, int], str],
    figures: Iterable[int] = (),
) -> list[FoundCompany]:
    """Return the firms that `text` names, in the order of their first mention.

    `names` are its capitalised names; `avoid` marks characters of dates and machine models; `places` are the spans of
    places with their codes; `figures` are the offsets of counts of machines, hashrates, loads and coins: who stands
    beside them is likely a firm.
    """
    candidates = gather(text, sentences, avoid, names)
    surroundings = Surroundings(text, [s.start for s in sentences], [s.end for s in sentences], places, sorted(figures))
    model = load_model("company_name")
    found = []
    for candidate in candidates:
        if _is_place(candidate, places):
            continue
        probability = model.probability(features(surroundings, candidate))
        if probability >= _THRESHOLD:
            found.append(_company(candidate, probability))
    return sorted(found, key=lambda company: company.spans[0])


def _is_place(candidate: Candidate, places: Mapping[tuple[int, int], str]) -> bool:
    """A name that is a place wherever it stands, and that nothing else marks as a firm."""
    marked = candidate.firm or candidate.legal or candidate.ticker
    return not marked and all(span in places for span in candidate.spans)


def _company(candidate: Candidate, probability: float) -> FoundCompany:
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
