"""Which names are firms: the lexicon, names learnt from the article itself, and aliases folded into the fullest name."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

from rigwire.extract.firms import Firm, FirmMention, find_firms, weak_names
from rigwire.extract.linear import load_model
from rigwire.extract.names import Name, cue_sets, find_names, strip_legal
from rigwire.extract.sentences import Sentence

_THRESHOLD = 0.45
_TICKER = re.compile(
    r"[\s,]*\(?\s*(?:\(?(?P<exchange>N(?:asdaq|ASDAQ)(?:\s?(?:GS|CM|GM|CMX))?|NYSE(?:[\s-](?:American|Arca|AMERICAN|MKT))?|TSX[-.\s]?V|TSXV|TSX(?:[\s-]Venture)?|OTC(?:QB|QX|MKTS| Markets| Pink)?"
    r"|AIM|LSE|ASX|HKEX|SEHK|HK|SZSE|SSE|CSE|FSE|Frankfurt|AQSE|NEO|Oslo(?:\s?Børs)?|Euronext[\w ]*|KOSDAQ|SGX|Cboe(?: CA| Canada)?|US OTC|SIX)\s*:\s*)(?P<ticker>[A-Z0-9.]{1,7})\b"
)
_ALIAS = re.compile(
    r"[\s,]*(?:\([^()]{0,60}\)[\s,]*)*\((?:[^()“”\"]{0,60}[,;]\s*)?(?:(?:hereinafter|collectively|together|the|or|and)[\s,]*)*[\"“”‘'](?P<alias>[^\"“”’']{2,40})[\"“”’']"
)
_BRACKET_ALIAS = re.compile(r"\s*\((?P<alias>[A-ZÀ-Þ][\w&-]{1,12}(?:\s[A-Z][\w]+)?)\)")
_BRANCH_WORDS = {
    "technologies",
    "technology",
    "group",
    "holdings",
    "holding",
    "limited",
    "the",
    "company",
    "corporation",
    "delaware",
}
_GENERIC_ALIAS = re.compile(
    r"^(?:the\s+)?(?:company|corporation|group|issuer|parent|firm|seller|buyer|purchaser|bank|agent|fund|utility)$",
    re.I,
)


@dataclass(slots=True)
class Candidate:
    """A name of the article with all the places that use it; `forms` are its spellings, the fullest first."""

    forms: list[str]
    spans: list[tuple[int, int]] = field(default_factory=list)
    firm: Firm | None = None
    legal: bool = False
    ticker: str | None = None
    exchange: str | None = None
    opens: int = 0


@dataclass(frozen=True, slots=True)
class FoundCompany:
    """A firm of the article: its fullest name there, what the lexicon or the text tells of it, and where it is named."""

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
    avoid: bytearray,
    places: Mapping[tuple[int, int], str],
    figures: Iterable[int] = (),
) -> list[FoundCompany]:
    """Return the firms that `text` names, in the order of their first mention.

    `avoid` marks characters of dates and machine models; `places` are the spans of places with their codes; `figures`
    are the offsets of counts of machines, hashrates, loads and coins: who stands beside them is likely a firm.
    """
    candidates = gather(text, sentences, avoid)
    surroundings = Surroundings(
        text, [s.start for s in sentences], [s.end for s in sentences], places, sorted(figures)
    )
    model = load_model("company_name")
    found = []
    for candidate in candidates:
        probability = model.probability(features(surroundings, candidate))
        if probability >= _THRESHOLD:
            found.append(_company(candidate, probability))
    return sorted(found, key=lambda company: company.spans[0])


def _company(candidate: Candidate, probability: float) -> FoundCompany:
    firm = candidate.firm
    return FoundCompany(
        name=candidate.forms[0],
        kind=firm.kind if firm else _kind_of(candidate.forms[0]),
        ticker=candidate.ticker or (firm.ticker if firm else None),
        exchange=candidate.exchange or (firm.exchange if firm else None),
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


def gather(text: str, sentences: list[Sentence], avoid: bytearray) -> list[Candidate]:
    """Return the candidates of `text`: lexicon firms and other names, aliases folded into their fullest form."""
    mentions = [m for m in find_firms(text) if not avoid[m.start]]
    names = find_names(text, sentences, avoid)
    groups: dict[str, Candidate] = {}
    covered = _lexicon_groups(text, mentions, names, groups)
    rest = [name for name in names if (name.start, name.end) not in covered]
    for name in sorted(rest, key=lambda n: (n.heading, n.start)):
        if not name.heading or _key(strip_legal(name.core)) in groups:
            _join_group(text, name, groups)
    _unglue(groups)
    _fold_aliases(text, groups)
    return [candidate for candidate in groups.values() if candidate.spans]


def _lexicon_groups(
    text: str, mentions: list[FirmMention], names: list[Name], groups: dict[str, Candidate]
) -> set[tuple[int, int]]:
    """Group lexicon mentions by firm; a longer name around a mention stays a candidate of its own."""
    covered: set[tuple[int, int]] = set()
    for mention in mentions:
        around = next((n for n in names if n.start <= mention.start and mention.end <= n.end), None)
        surface, start, end = text[mention.start : mention.end], mention.start, mention.end
        if around is not None and _same_firm(around, mention, text):
            surface, start, end = strip_legal(around.core), around.start, around.end
            covered.add((around.start, around.end))
        elif around is not None and around.opens and around.end == mention.end:
            covered.add((around.start, around.end))
        elif around is not None and (around.start, around.end) != (start, end):
            continue
        group = groups.setdefault(f"firm:{mention.firm.name}", Candidate(forms=[], firm=mention.firm))
        _add(text, group, surface, start, end, around)
    return covered


def _unglue(groups: dict[str, Candidate]) -> None:
    """Give "SummaryZT Mining", where a heading ran into the text, to "ZT Mining"."""
    for key, candidate in list(groups.items()):
        if candidate.firm or not candidate.forms or not re.search(r"[a-z][A-Z]", candidate.forms[0]):
            continue
        glued = candidate.forms[0]
        for other, group in groups.items():
            form = group.forms[0]
            if other != key and len(form) > 3 and glued.endswith(form) and glued[-len(form) - 1].islower():
                group.spans.extend((end - len(form), end) for _, end in candidate.spans)
                del groups[key]
                break


def _same_firm(name: Name, mention: FirmMention, text: str) -> bool:
    """The name is the mention, but for a legal form, the branch of a maker, or an article."""
    core = strip_legal(name.core)
    alias = text[mention.start : mention.end]
    known = {
        word.lower() for form in (*mention.firm.strong, *mention.firm.weak) for word in form.split()
    } | _BRANCH_WORDS
    return core == alias or all(word.lower() in known for word in core.split())


def _join_group(text: str, name: Name, groups: dict[str, Candidate]) -> None:
    core = strip_legal(name.core)
    if core:
        group = groups.setdefault(_key(core), Candidate(forms=[]))
        _add(text, group, core, name.start, name.end, name)


def _key(name: str) -> str:
    return re.sub(r"\W+", " ", name).strip().lower()


def _add(text: str, group: Candidate, surface: str, start: int, end: int, name: Name | None) -> None:
    if surface not in group.forms:
        group.forms.append(surface)
        group.forms.sort(key=lambda form: (-len(form.split()), -len(form)))
    group.spans.append((start, end))
    group.legal = group.legal or bool(name and name.legal)
    group.opens += bool(name and name.opens)
    ticker = _TICKER.match(text, end)
    if ticker and group.ticker is None:
        group.ticker, group.exchange = ticker.group("ticker"), ticker.group("exchange").strip()


def _fold_aliases(text: str, groups: dict[str, Candidate]) -> None:
    """Fold short forms into the name they stand for: stated aliases, initials in brackets, first words."""
    for key in list(groups):
        candidate = groups.get(key)
        if candidate is None or not candidate.spans:
            continue
        for alias in _stated_aliases(text, candidate):
            _merge(groups, key, _key(alias))
    by_length = sorted(groups, key=lambda k: -len(groups[k].forms[0].split()) if groups[k].forms else 0)
    for key in by_length:
        candidate = groups.get(key)
        if candidate is None or not candidate.spans or len(candidate.forms[0].split()) < 2:
            continue
        words = candidate.forms[0].split()
        for size in range(len(words) - 1, 0, -1):
            short = _key(" ".join(words[:size]))
            if (
                short in groups
                and short != key
                and not groups[short].firm
                and _may_stand_for(groups, short, key)
            ):
                _merge(groups, key, short)


def _may_stand_for(groups: dict[str, Candidate], short: str, key: str) -> bool:
    """A short form stands for one longer name only, and not before that has been seen (the title apart)."""
    longer = [
        k
        for k, c in groups.items()
        if k != short and c.spans and c.forms and _key(c.forms[0]).startswith(short + " ")
    ]
    return longer == [key]


def _stated_aliases(text: str, candidate: Candidate) -> list[str]:
    stated = []
    for _, end in candidate.spans:
        match = _ALIAS.match(text, end) or _ALIAS.match(text, end + 1)
        if match and not _GENERIC_ALIAS.match(match.group("alias")):
            stated.append(match.group("alias"))
        bracket = _BRACKET_ALIAS.match(text, end)
        if bracket and _is_initials(bracket.group("alias"), candidate.forms[0]):
            stated.append(bracket.group("alias"))
    return stated


def _is_initials(short: str, name: str) -> bool:
    letters = [c.lower() for c in short if c.isalpha()]
    initials = [w[0].lower() for w in re.findall(r"\w+", name)]
    return len(letters) >= 2 and (
        letters == initials or (letters[0] == initials[0] and set(letters) <= set(name.lower()))
    )


def _merge(groups: dict[str, Candidate], key: str, other: str) -> None:
    if other == key or other not in groups:
        return
    group, folded = groups[key], groups.pop(other)
    group.spans.extend(folded.spans)
    group.forms.extend(form for form in folded.forms if form not in group.forms)
    group.ticker, group.exchange = group.ticker or folded.ticker, group.exchange or folded.exchange
    group.opens += folded.opens


@cache
def _cues(name: str) -> frozenset[str]:
    return cue_sets()[name]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around the names of a text: its sentences, places and the offsets of its core figures."""

    text: str
    starts: list[int]
    ends: list[int]
    places: Mapping[tuple[int, int], str]
    figures: list[int]

    def sentence(self, offset: int) -> tuple[int, int]:
        """Return the span of the sentence that holds `offset`."""
        index = max(0, bisect_right(self.starts, offset) - 1)
        return self.starts[index], self.ends[index]

    def next_figure(self, offset: int, end: int) -> int | None:
        """Return the first core figure in `offset:end`."""
        index = bisect_left(self.figures, offset)
        return self.figures[index] if index < len(self.figures) and self.figures[index] < end else None


def features(around: Surroundings, candidate: Candidate) -> list[str]:
    """Return the named features by which the model tells firms from other names."""
    found = {"bias", *_form_features(candidate)}
    for start, end in candidate.spans[:12]:
        found |= _context_features(around.text, start, end)
        found |= _figure_features(around, start, end)
        if (start, end) in around.places:
            found.add("is_place")
    count = len(candidate.spans)
    found.add(f"count:{min(count, 4)}")
    if candidate.opens == count:
        found.add("only_opens")
    return sorted(found)


def _figure_features(around: Surroundings, start: int, end: int) -> set[str]:
    """Whether the name leads a sentence with a count of machines, a hashrate, a load or coins."""
    left, right = around.sentence(start)
    figure = around.next_figure(end, right)
    if figure is None:
        return set()
    found = {"figure_after"}
    if start - left < 4:
        found.add("opens_with_figure")
    if figure - end < 60:
        found.add("figure_near")
    if not re.search(r"[A-ZÀ-Þ]\w", around.text[end:figure]):
        found.add("figure_next")
    return found


def _form_features(candidate: Candidate) -> set[str]:
    name = candidate.forms[0]
    words = name.split()
    found = {f"words:{min(len(words), 4)}", f"last:{words[-1]}", f"first:{words[0]}"}
    found |= {
        f"{side}:{part}"
        for word in words
        if len(word) > 5
        for side, part in (("pre", word[:4].lower()), ("suf", word[-4:].lower()))
    }
    if candidate.firm:
        found |= {"lexicon", f"lexicon:{candidate.firm.kind}"}
    if candidate.legal:
        found.add("legal")
    if candidate.ticker:
        found.add("ticker")
    for cue in ("head_firm", "head_power", "head_money", "head_public", "head_lobby", "head_press"):
        if words[-1] in _cues(cue) or " ".join(words[-2:]) in _cues(cue):
            found.add(cue)
        if any(word in _cues(cue) for word in words[:-1]):
            found.add(f"inner_{cue}")
    if not candidate.firm and name in weak_names():
        found.add("weak_lexicon")
    for cue in ("press", "listing", "coin", "public"):
        if any(form in _cues(cue) for form in candidate.forms):
            found.add(f"is_{cue}")
    if name.isupper():
        found.add(f"upper:{min(len(name), 6)}")
    if re.search(r"[a-z][A-Z]", name):
        found.add("camel")
    if re.search(r"\d", name):
        found.add("digit")
    if re.search(r"\.(?:io|com|ai|org|net)$", name):
        found.add("domain")
    if (
        len(words) in (2, 3)
        and all(re.fullmatch(r"[A-ZÀ-Þ][a-zà-ÿ’'-]+", w) for w in words)
        and not found & {"head_firm", "head_power", "head_money", "lexicon"}
    ):
        found.add("person_shape")
    return found


def _context_features(text: str, start: int, end: int) -> set[str]:
    found: set[str] = set()
    before = re.findall(r"[\w’'.-]+|[,(“\"—–:;]", text[max(0, start - 60) : start])[-3:]
    after_text = text[end : end + 60]
    if before:
        found.add(f"before:{before[-1].lower()}")
        for cue in ("role_before", "title_before", "place_before"):
            if (
                before[-1] in _cues(cue)
                or " ".join(before[-2:]) in _cues(cue)
                or " ".join(before) in _cues(cue)
            ):
                found.add(cue)
    possessive = re.match(r"[’']s?\s+", after_text)
    rest = after_text[possessive.end() :] if possessive else after_text
    word = re.match(r"\s*([\w’'-]+)", rest)
    if possessive:
        found.add("possessive")
        if word and (word.group(1) in _cues("noun_after")):
            found.add("possessive_firm_noun")
    elif word and rest[:1] == " ":
        found.add(f"after:{word.group(1).lower()}")
        if re.fullmatch(r"[a-z]{2,}(?:s|ed)", word.group(1)):
            found.add("verbish_after")
        if word.group(1) in _cues("verb_after"):
            found.add("verb_after")
        if word.group(1) in _cues("noun_after"):
            found.add("noun_after")
    if rest.startswith(","):
        clause = rest[1:].lstrip()
        if any(clause.startswith(cue) for cue in _cues("role_after")):
            found.add("apposition")
        if re.match(
            r"(?:(?:co-)?founder|chief|CEO|president|chairman|director|spokes|head|an analyst|a spokes|who|\d\d,|its chief|the company[’']s)",
            clause,
        ):
            found.add("person_apposition")
    if rest.lstrip().startswith("("):
        found.add("bracket_after")
    if re.search(
        r"[”\"]\s*(?:said|says)\s+$|\b(?:said|says|according to)\s+$", text[max(0, start - 20) : start]
    ):
        found.add("said_before")
    return found
