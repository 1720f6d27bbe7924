"""Capitalised names in the text, and what stands around them. Whether a name is a firm is decided in companies.py."""

import re
from dataclasses import dataclass
from functools import cache

from rigwire.extract.gazetteer import is_short_subdivision
from rigwire.extract.sentences import Sentence
from rigwire.knowledge import read_table, split_list

_TOKEN = re.compile(r"[A-ZÀ-ÞА-Я0-9][\w&+’'ʼ.-]*|[a-zà-ÿ]+[A-Z]\w*(?:\.\w+)?|\w[\w’'-]*")
_LOWER_WORD = re.compile(r"(?<![\w’'])[a-z]{2,}(?![\w’'])")
_CAPITAL = re.compile(r"[A-ZÀ-ÞА-Я]|[a-z]+[A-Z]|\d+[A-Za-z]+\w*$")
_GAP = re.compile(r"[ \u00a0]|[ \u00a0]?&[ \u00a0]?|-")
_POSSESSIVE = re.compile(r"[’']s$|s[’']$")
_LONGEST = 90

Token = re.Match[str]


@dataclass(frozen=True, slots=True)
class Name:
    """A run of capitalised words: `text[start:end]`, legal form excluded from `core`."""

    core: str
    start: int
    end: int
    legal: bool
    opens: bool  # stands first in its sentence
    heading: bool  # stands in a line where most words have capitals


@cache
def name_words(role: str) -> frozenset[str]:
    """Return the words of models/lexicon/name_words.csv that play `role`."""
    rows = (row for row in read_table("lexicon/name_words.csv") if row["role"] == role)
    return frozenset(form for row in rows for form in split_list(row["forms"]))


@cache
def _products() -> frozenset[str]:
    """Families of machines whose names are no part of a firm's: of "Bitmain Antminer" Bitmain is the firm."""
    return frozenset(row["family"] for row in read_table("lexicon/machine_families.csv") if row["product"])


@cache
def _legal_forms() -> frozenset[str]:
    """The legal forms, longer ones also as houses of style and headlines write them: "Plc", "INC"."""
    forms = {row["form"] for row in read_table("lexicon/legal_forms.csv")}
    return frozenset(spelling for f in forms for spelling in ((f, f.upper(), f.capitalize()) if len(f) > 2 else (f,)))


@cache
def _legal() -> re.Pattern[str]:
    forms = sorted(_legal_forms(), key=len, reverse=True)
    return re.compile(rf"(?<!&)(?:,?\s+(?:{'|'.join(map(re.escape, forms))})\b\.?)+(?!\w|(?<=Co)-)")


@cache
def _attribute() -> re.Pattern[str]:
    return re.compile(rf"-(?:{'|'.join(sorted(name_words('attribute')))})$")


def find_names(text: str, sentences: list[Sentence], avoid: bytearray) -> list[Name]:
    """Return the capitalised names of `text` in order. `avoid` marks characters of dates, models and quantities."""
    common = frozenset(_LOWER_WORD.findall(text))
    return [name for sentence in sentences for name in _in_sentence(text, sentence, avoid, common)]


def _in_sentence(text: str, sentence: Sentence, avoid: bytearray, common: frozenset[str]) -> list[Name]:
    heading = _is_heading(text[sentence.start : sentence.end])
    runs = _runs(text, sentence, avoid)
    names = (_name(text, run, sentence, common, heading) for run in runs)
    return [name for name in names if name is not None]


def _runs(text: str, sentence: Sentence, avoid: bytearray) -> list[list[Token]]:
    """Return the runs of tokens that may be names: capitals, and small words that join them."""
    runs: list[list[Token]] = []
    run: list[Token] = []
    for token in _TOKEN.finditer(text, sentence.start, sentence.end):
        if not run and not _CAPITAL.match(token.group()):
            continue  # most words
        if run and (not _GAP.fullmatch(text, run[-1].end(), token.start()) or _ends_firm(run[-1], token)):
            runs.append(run)
            run = []
        function_word = bool(run) and token.group() in name_words("headline")
        joins = bool(run) and _joins(text, run[-1], token.group())
        product = token.group().removesuffix("s") in _products()
        if avoid[token.start()] or function_word or product or not (joins or _is_capital(token.group())):
            runs.append(run)
            run = []
            continue
        run.append(token)
        if _POSSESSIVE.search(token.group()) or _ends_town(text, runs, run):
            runs.append(run)
            run = []
    runs.append(run)
    return [run for run in runs if run]


def _ends_town(text: str, runs: list[list[Token]], run: list[Token]) -> bool:
    """A short state after its town ends a name, and maybe the sentence: "in Rochester, N.Y. Riot moved"."""
    if not run[-1].group().endswith(".") or not runs or not runs[-1]:
        return False
    start = run[0].start()
    follows = text[runs[-1][-1].end() : start] == ", "
    return follows and is_short_subdivision(text[start : run[-1].end()])


def _ends_firm(last: Token, following: Token) -> bool:
    """A name ends with its legal form, and maybe the sentence: "from Halcyon Holdings Inc. Riot moved"."""
    form, dot, _ = last.group().partition(".")
    goes_on = following.group().strip(".") in _legal_forms() or following.group().lower() in name_words("branch")
    return bool(dot) and form in _legal_forms() and not goes_on


def _is_heading(words: str) -> bool:
    """A title-case line: no full stop, more than three long words, nearly all of them capitalised."""
    long = [word for word in re.findall(r"[A-Za-z][\w’'-]*", words) if len(word) > 3]
    return words[-1] not in '.:;,”"' and len(long) > 3 and sum(w[0].isupper() for w in long) >= 0.75 * len(long)


def _joins(text: str, left: Token, token: str) -> bool:
    if token == "and":
        return _couples().match(text, left.start()) is not None
    return token in name_words("joiner") and (token != "of" or left.group() in name_words("of_after"))


@cache
def _couples() -> re.Pattern[str]:
    """ "Power and Light": what utilities sell together is one name, while "and" parts all other names."""
    return re.compile(rf"(?:{'|'.join(sorted(name_words('couple')))})\b")


def _is_capital(token: str) -> bool:
    if token in name_words("calendar") or token in name_words("office") or _attribute().search(token):
        return False
    return _CAPITAL.match(token) is not None


def _name(text: str, run: list[Token], sentence: Sentence, common: frozenset[str], heading: bool) -> Name | None:
    """Trim a run of tokens to a name; None where nothing is left."""
    first, last = 0, len(run)
    while last > first and run[last - 1].group() in name_words("joiner"):
        last -= 1
    while first < last and (
        run[first].group() in name_words("joiner")
        or (_is_plain_opening(run[first], sentence, common, last - first) and not _leads(run[first:last], heading))
        or (last - first > 1 and run[first].group() in name_words("legal_before"))
    ):
        first += 1
    if first == last:
        return None
    start, end = run[first].start(), run[last - 1].end()
    words = text[start:end]
    if not re.search(r"\b(?:Inc|Ltd|Corp|Co)\.$", words):
        words = re.sub(r"[’']s?$|[.,’'-]+$", "", words)
    end = start + len(words)
    legal = _legal().search(text, max(start, end - 14), min(len(text), end + 24))
    core = words
    if legal and legal.start() <= end <= legal.end():
        core, end = text[start : legal.start()], legal.end()
    if not 1 < len(core) < _LONGEST or core.isdigit():
        return None
    closed = legal is not None and end == legal.end()
    return Name(core.strip(" ,."), start, end, closed, start <= sentence.start + 1, heading)


@cache
def _function_words() -> frozenset[str]:
    return frozenset(row["form"] for row in read_table("lexicon/function_words.csv"))


def _leads(run: list[Token], heading: bool) -> bool:
    """Tell whether a run of capitals opens with a word of the trade that belongs to it: "Crypto Hub Balkans".

    "Bitcoin Holdings" and "Blockchain Technology" are things.
    """
    rest = {token.group() for token in run[1:]}
    return not heading and run[0].group() in name_words("leading") and not rest <= cue_sets()["head_firm"]


def _is_plain_opening(token: Token, sentence: Sentence, common: frozenset[str], length: int) -> bool:
    """A capital at the start of a sentence, or of a function word, makes no name."""
    word = re.sub(r"[’']s?$", "", token.group())
    if word.lower() in _function_words():
        return True
    if length > 1 and word in name_words("role_opening") and token.start() <= sentence.start + 2:
        return True
    return token.start() <= sentence.start + 2 and word.lower() in common and word[1:].islower() and length == 1


@cache
def cue_sets() -> dict[str, frozenset[str]]:
    """Return the word lists of models/lexicon/name_cues.csv by cue."""
    return {row["cue"]: frozenset(split_list(row["forms"])) for row in read_table("lexicon/name_cues.csv")}


def strip_legal(name: str) -> str:
    """Return a firm's name without its legal form: "Acme Mining Corp." gives "Acme Mining"."""
    return re.sub(r"^[Tt]he\s+", "", _legal().sub("", name)).strip(" ,.")
