"""Names gathered into candidates: lexicon firms, other names, and the short forms that stand for them."""

import re
from dataclasses import dataclass, field, replace
from functools import cache

from rigwire.extract.firms import FirmMention, find_firms
from rigwire.extract.gazetteer import names_place, names_wide_area
from rigwire.extract.names import Name, cue_sets, name_words, strip_legal
from rigwire.extract.place_context import is_located
from rigwire.extract.sentences import Sentence
from rigwire.firms import Firm
from rigwire.knowledge import read_table

_ALIAS = re.compile(
    r"[\s,]*(?:\([^()]{0,60}\)[\s,]*)*\((?:[^()“”\"]{0,60}[,;]\s*)?(?:(?:hereinafter|collectively|together|the|or|and)[\s,]*)*[\"“”‘'](?P<alias>[^\"“”’']{2,40})[\"“”’']"
)
_OFFICE = re.compile(r"\b(?:[Cc]hair\w*|President|Officer|CEO|CFO|Founder|Director)(?:,|\sof)\s$")
_BRACKET_ALIAS = re.compile(r"\s*\((?P<alias>[A-ZÀ-Þ][\w&-]{1,12}(?:\s[A-Z][\w]+)?)\)")


@dataclass(slots=True)
class NameCandidate:
    """A name of the article with all the places that use it; `forms` are its spellings, the fullest first."""

    forms: list[str]
    spans: list[tuple[int, int]] = field(default_factory=list)
    firm: Firm | None = None
    legal: bool = False
    ticker: str | None = None
    exchange: str | None = None
    opens: int = 0


@cache
def _ticker() -> re.Pattern[str]:
    """ "(Nasdaq: RIOT)", by models/lexicon/exchange_labels.csv, whose labels are regular expressions."""
    exchanges = "|".join(row["label"] for row in read_table("lexicon/exchange_labels.csv"))
    return re.compile(rf"[\s,]*\(?\s*(?:\(?(?P<exchange>{exchanges})\s*:\s*)(?P<ticker>[A-Z0-9.]{{1,7}})\b")


def gather(text: str, sentences: list[Sentence], names: list[Name], avoid: bytearray) -> list[NameCandidate]:
    """Return the candidates of `text`: lexicon firms and other names, aliases folded into their fullest form.

    `names` are its capitalised names, `avoid` marks characters of dates and machine models.
    """
    mentions = [m for m in find_firms(text) if not avoid[m.start]]
    cores = {name.core for name in names} | {text[m.start : m.end] for m in mentions}
    names = [_freed(text, name, cores) for name in names]
    groups: dict[str, NameCandidate] = {}
    covered = _lexicon_groups(text, mentions, names, groups)
    rest = [name for name in names if (name.start, name.end) not in covered]
    firms = {form: group for group in reversed(groups.values()) for form in group.forms}
    for name in sorted(rest, key=lambda n: (n.heading, n.start)):
        if not name.heading or _key(strip_legal(name.core)) in groups or _names_firm(text, name, groups):
            _join_group(text, name, groups, firms)
    _unglue(groups)
    _fold_aliases(text, groups)
    for group in groups.values():
        _name_as_of_now(text, group)
    return [candidate for candidate in groups.values() if candidate.spans]


def _name_as_of_now(text: str, group: NameCandidate) -> None:
    """Put a firm's present name before its former ones, where the article uses it as much; "Hut 8 Mining" is fuller.

    A ticker is no name.
    """
    firm = group.firm
    if firm is None or firm.name not in group.forms or firm.name == firm.ticker:
        return
    past = [form for form in group.forms if form in firm.former and not form.startswith(firm.name)]
    used = [text.startswith(firm.name, start) - text.startswith(tuple(past), start) for start, _ in group.spans]
    if sum(used) >= 0:
        group.forms.sort(key=past.__contains__)


def _freed(text: str, name: Name, cores: set[str]) -> Name:
    """Return the name without the "'s" of "remain Acme's." or the country of "In Zambia Acme has".

    `cores` are the names of the article, as printed and as the lexicon has them; one must be the name without these.
    """
    owner = re.fullmatch(r"(.+)[’']s", name.core)
    if owner and any(core == owner[1] or core.startswith(f"{owner[1]} ") for core in cores):
        return replace(name, core=owner[1], end=name.start + len(owner[1]))
    if text[max(0, name.start - 3) : name.start] != "In ":
        return name
    words = name.core.split()
    for size in range(1, len(words)):
        place, rest = " ".join(words[:size]), " ".join(words[size:])
        if rest in cores and names_wide_area(place):
            return replace(name, core=rest, start=name.start + len(place) + 1)
    return name


def _names_firm(text: str, name: Name, groups: dict[str, NameCandidate]) -> bool:
    """Tell the full name of a firm in a heading: the text has it shorter, or it is where someone signs for it."""
    words = name.core.split()
    if len(words) < 2 or words[-1] not in cue_sets()["head_firm"]:
        return False
    shorter = any(_key(" ".join(words[:size])) in groups for size in range(1, len(words)))
    return shorter or _OFFICE.search(text, max(0, name.start - 30), name.start) is not None


def _lexicon_groups(
    text: str, mentions: list[FirmMention], names: list[Name], groups: dict[str, NameCandidate]
) -> set[tuple[int, int]]:
    """Group lexicon mentions by firm; a longer name around a mention stays a candidate of its own."""
    covered: set[tuple[int, int]] = set()
    cores = {name.core for name in names}
    around_each = [next((n for n in names if n.start <= m.start and m.end <= n.end), None) for m in mentions]
    alone = {m.firm.name for m, n in zip(mentions, around_each, strict=True) if n and n.core == text[m.start : m.end]}
    for mention, around in zip(mentions, around_each, strict=True):
        surface, start, end = text[mention.start : mention.end], mention.start, mention.end
        is_alone = mention.firm.name in alone
        if around is not None and _same_firm(around, mention, text):
            surface, start, end = strip_legal(around.core), around.start, around.end
            covered.add((around.start, around.end))
        elif around is not None and _closes(around, mention, text, is_alone, cores):
            covered.add((around.start, around.end))
            end = around.end
        elif around is not None and is_alone and _opens(around, mention, text):
            covered.add((around.start, around.end))
        elif around is not None and (around.start, around.end) != (start, end):
            continue
        elif around is None:  # the capitals of "Hut 8" are no name of their own
            covered.update((n.start, n.end) for n in names if start <= n.start and n.end <= end)
        group = groups.setdefault(f"firm:{mention.firm.name}", NameCandidate(forms=[], firm=mention.firm))
        _add(text, group, surface, start, end, around)
    return covered


def _closes(name: Name, mention: FirmMention, text: str, is_alone: bool, cores: set[str]) -> bool:
    """A name that ends with the firm's, after words of a sentence's opening or of a heading that ran into the text.

    `is_alone` tells that the article also names the firm without them; "Argent Peak Mining" that is also called "Argent
    Peak", one of its `cores`, is no "Peak Mining".
    """
    words = name.core.split()
    own = len(text[name.start : mention.start].split())
    if any(" ".join(words[:size]) in cores for size in range(own + 1, len(words))):
        return False
    at_end = name.start + len(name.core) == mention.end
    whole = " " in text[mention.start : mention.end] or _ticker().match(text, name.end) is not None
    return at_end and (name.opens or whole or is_alone)


def _opens(name: Name, mention: FirmMention, text: str) -> bool:
    """A name that starts with the firm's and goes on with words of a heading: "Bitdeer Gears Up"."""
    rest = text[mention.end : name.end].split()
    cues = cue_sets()
    firms = cues["head_firm"] | cues["head_money"] | cues["head_power"] | name_words("branch")
    return name.start == mention.start and not name.legal and bool(rest) and firms.isdisjoint(rest)


def _unglue(groups: dict[str, NameCandidate]) -> None:
    """Give "SummaryZT Mining", where a heading ran into the text, to "ZT Mining"."""
    for key, candidate in list(groups.items()):
        if candidate.firm or not candidate.forms or not re.search(r"[a-z][A-Z]", candidate.forms[0]):
            continue
        glued = candidate.forms[0]
        for group in groups.values():
            form = group.forms[0]
            is_tail = 3 < len(form) < len(glued) and glued.endswith(form) and glued[-len(form) - 1].islower()
            if is_tail and not names_place(form):
                group.spans.extend((end - len(form), end) for _, end in candidate.spans)
                del groups[key]
                break


def _same_firm(name: Name, mention: FirmMention, text: str) -> bool:
    """The name is the mention, but for a legal form, the branch of a maker, or an article."""
    core = strip_legal(name.core)
    alias = text[mention.start : mention.end]
    known = {
        word.lower() for form in (*mention.firm.strong, *mention.firm.weak) for word in form.split()
    } | name_words("branch")
    return core == alias or all(word.lower() in known for word in core.split())


def _join_group(text: str, name: Name, groups: dict[str, NameCandidate], firms: dict[str, NameCandidate]) -> None:
    """Add a name to its group; `firms` are the groups of the lexicon's firms by the forms that the text has."""
    core = strip_legal(name.core)
    if core:
        group = firms.get(core) or groups.setdefault(_key(core), NameCandidate(forms=[]))
        _add(text, group, core, name.start, name.end, name)


def _key(name: str) -> str:
    return re.sub(r"\W+", " ", name).strip().lower()


def _add(text: str, group: NameCandidate, surface: str, start: int, end: int, name: Name | None) -> None:
    if surface not in group.forms:
        group.forms.append(surface)
        group.forms.sort(key=lambda form: (-len(form.split()), -len(form)))
    group.spans.append((start, end))
    group.legal = group.legal or bool(name and name.legal)
    group.opens += bool(name and name.opens)
    ticker = _ticker().match(text, end)
    if ticker and group.ticker is None:
        group.ticker, group.exchange = ticker.group("ticker"), ticker.group("exchange").strip()


def _fold_aliases(text: str, groups: dict[str, NameCandidate]) -> None:
    """Fold short forms into the name they stand for: stated aliases, initials in brackets, tickers, first words, and
    last words by which utilities are known at home ("the PUD").
    """
    for key in list(groups):
        candidate = groups.get(key)
        if candidate is None or not candidate.spans:
            continue
        for alias in _stated_aliases(text, candidate):
            _merge(groups, key, _key(alias))
        ticker = candidate.ticker or (candidate.firm.ticker if candidate.firm else None)
        if ticker and ticker in groups.get(_key(ticker), NameCandidate([])).forms:
            _merge(groups, key, _key(ticker))
    by_length = sorted(groups, key=lambda k: -len(groups[k].forms[0].split()) if groups[k].forms else 0)
    for key in by_length:
        candidate = groups.get(key)
        if candidate is None or not candidate.spans or len(candidate.forms[0].split()) < 2:
            continue
        words = candidate.forms[0].split()
        for size in range(len(words) - 1, 0, -1):
            short = _key(" ".join(words[:size]))
            if short in groups and short != key and not groups[short].firm and _may_stand_for(text, groups, short, key):
                _merge(groups, key, short)
    for tail in sorted(groups.keys() & set(map(_key, name_words("tail")))):
        longer = [k for k, c in groups.items() if c.spans and _key(c.forms[0]).endswith(f" {tail}")]
        if len(longer) == 1:
            _merge(groups, longer[0], tail)


def _may_stand_for(text: str, groups: dict[str, NameCandidate], short: str, key: str) -> bool:
    """A short form stands for one longer name only, and not before that has been seen (the title apart).

    "Kentucky" beside "Kentucky Power" is the state, unless the lexicon has it as the firm's alias; so is "Plattsburgh"
    beside "Plattsburgh BTC" the city where the article says "in Plattsburgh".
    """
    firm = groups[key].firm
    known = firm is not None and not {*firm.strong, *firm.weak}.isdisjoint(groups[short].forms)
    if not known and _is_place(text, groups[short]):
        return False
    longer = [
        k for k, c in groups.items() if k != short and c.spans and c.forms and _key(c.forms[0]).startswith(short + " ")
    ]
    return longer == [key]


def _is_place(text: str, candidate: NameCandidate) -> bool:
    return any(map(names_wide_area, candidate.forms)) or (
        any(map(names_place, candidate.forms)) and any(is_located(text, *span) for span in candidate.spans)
    )


def _stated_aliases(text: str, candidate: NameCandidate) -> list[str]:
    stated = []
    for _, end in candidate.spans:
        match = _ALIAS.match(text, end) or _ALIAS.match(text, end + 1)
        if match and not _is_generic(match.group("alias")):
            stated.append(match.group("alias"))
        bracket = _BRACKET_ALIAS.match(text, end)
        if bracket and _is_initials(bracket.group("alias"), candidate.forms[0]):
            stated.append(bracket.group("alias"))
    return stated


def _is_generic(alias: str) -> bool:
    """ "The Company" stands for whoever speaks."""
    return alias.lower().removeprefix("the ").strip() in name_words("generic")


def _is_initials(short: str, name: str) -> bool:
    letters = [c.lower() for c in short if c.isalpha()]
    initials = [w[0].lower() for w in re.findall(r"\w+", name)]
    return len(letters) >= 2 and (
        letters == initials or (letters[0] == initials[0] and set(letters) <= set(name.lower()))
    )


def _merge(groups: dict[str, NameCandidate], key: str, other: str) -> None:
    if other == key or other not in groups:
        return
    group, folded = groups[key], groups.pop(other)
    group.spans.extend(folded.spans)
    group.forms.extend(form for form in folded.forms if form not in group.forms)
    group.ticker, group.exchange = group.ticker or folded.ticker, group.exchange or folded.exchange
    group.opens += folded.opens
