"""What a name looks like and what stands around it: the features that tell firms from other names."""

import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from rigwire.extract.aliases import NameCandidate
from rigwire.extract.firms import weak_names
from rigwire.extract.names import cue_sets
from rigwire.extract.sentences import sentence_at


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
        index = sentence_at(self.starts, offset)
        return self.starts[index], self.ends[index]

    def next_figure(self, offset: int, end: int) -> int | None:
        """Return the first core figure in `offset:end`."""
        index = bisect_left(self.figures, offset)
        return self.figures[index] if index < len(self.figures) and self.figures[index] < end else None


@cache
def _apposition() -> re.Pattern[str]:
    """ "a Norwegian bitcoin miner", "the state utility": a noun phrase that says what kind of firm was named."""
    heads = "|".join(re.escape(head) for head in sorted(cue_sets()["apposition_head"], key=len, reverse=True))
    return re.compile(rf"(?:an?|the|one of the|another)\s(?:[\w’'-]+\s){{0,5}}?(?:{heads})\b", re.IGNORECASE)


def features(around: Surroundings, candidate: NameCandidate) -> list[str]:
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


def _form_features(candidate: NameCandidate) -> set[str]:
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
            if before[-1] in _cues(cue) or " ".join(before[-2:]) in _cues(cue) or " ".join(before) in _cues(cue):
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
        found |= _apposition_features(rest[1:].lstrip())
    if rest.lstrip().startswith("("):
        found.add("bracket_after")
    if re.search(r"[”\"]\s*(?:said|says)\s+$|\b(?:said|says|according to)\s+$", text[max(0, start - 20) : start]):
        found.add("said_before")
    return found


def _apposition_features(clause: str) -> set[str]:
    """What the words after the comma call the name: a firm of some kind, or a person by office."""
    found: set[str] = set()
    if any(clause.startswith(cue) for cue in _cues("role_after")):
        found.add("apposition")
    if _apposition().match(clause):
        found.add("apposition_head")
    if _OFFICE.match(clause):
        found.add("person_apposition")
    return found


_OFFICE = re.compile(
    r"(?:(?:co-)?founder|chief|CEO|president|chairman|director|spokes|head|an analyst|a spokes|who|\d\d,"
    r"|its chief|the company[’']s)"
)
