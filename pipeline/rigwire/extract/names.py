"""Capitalised names in the text, and what stands around them. Whether a name is a firm is decided in companies.py."""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache

from rigwire.extract.sentences import Sentence
from rigwire.knowledge import read_table, split_list

_TOKEN = re.compile(r"[A-ZÀ-ÞА-Я0-9][\w&+’'ʼ.-]*|[a-zà-ÿ]+[A-Z]\w*(?:\.\w+)?|\w[\w’'-]*")
_JOINERS = {"of", "de", "del", "do", "da", "la", "du", "des", "van", "der", "und", "et", "y"}
_OF_AFTER = frozenset(
    "Bank Bureau Department Ministry University City State Republic Office Commission Board Authority House Centre"
    " Center Institute"
    " County Port Kingdom Government Council Court".split()
)
_LEGAL = re.compile(
    r"(?:,?\s+(?:Inc|Incorporated|Ltd|Limited|LLC|L\.L\.C|LP|L\.P|LLP|Corp|Corporation|Co|Company|PLC|plc|AG|SA|S\.A|GmbH|OY|Oyj|AB|AS|ASA|NV"
    r"|N\.V|BV|B\.V|Srl|SpA|S\.p\.A|PJSC|OJSC|JSC|OOO|LLP|Pte|Pty|Sdn|Bhd|Berhad|Co\.,? Ltd|KG|SE|SARL|Kft|d\.o\.o"
    r"|TOO|TOV|AO|PAO|ehf|hf|Sp\. z o\.o|S\.A\.S|SAS|S\.R\.L)\b\.?)+(?!\w)"
)
_ATTRIBUTE = re.compile(
    r"-(?:based|listed|registered|owned|backed|traded|headquartered|controlled|funded|born|made|run|led)$"
)
_OFFICES = frozenset(
    "CEO CFO COO CTO Chairman Chairwoman President Chief Founder Co-Founder Co-founder"
    " Director Executive Officer VP".split()
)
_HEADLINE_WORDS = frozenset(
    "The On In And Of For To With At By From Into As Is Are How Why What That Its Their Amid After Before Over".split()
)
_CALENDAR = frozenset(
    "January February March April June July August September October November December"
    " Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec "
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday Q1 Q2 Q3 Q4 H1 H2".split()
)


@dataclass(frozen=True, slots=True)
class Name:
    """A run of capitalised words: `text[start:end]`, legal form excluded from `core`."""

    core: str
    start: int
    end: int
    legal: bool
    opens: bool  # stands first in its sentence
    heading: bool  # stands in a line where most words have capitals


def find_names(text: str, sentences: list[Sentence], avoid: bytearray) -> list[Name]:
    """Return the capitalised names of `text` in order. `avoid` marks characters of dates, models and quantities."""
    common = _lower_words(text)
    return [name for sentence in sentences for name in _in_sentence(text, sentence, avoid, common)]


def _lower_words(text: str) -> frozenset[str]:
    counts = Counter(re.findall(r"(?<![\w’'])[a-z]{2,}(?![\w’'])", text))
    return frozenset(counts)


def _in_sentence(text: str, sentence: Sentence, avoid: bytearray, common: frozenset[str]) -> list[Name]:
    names: list[Name] = []
    run: list[re.Match[str]] = []
    heading = _is_heading(text[sentence.start : sentence.end])
    for token in _TOKEN.finditer(text, sentence.start, sentence.end):
        gap = text[run[-1].end() : token.start()] if run else ""
        if run and not re.fullmatch(r"[ \u00a0]|[ \u00a0]?&[ \u00a0]?|-", gap):
            _close(names, text, run, sentence, common, heading)
            run = []
        capital_function = bool(run) and token.group() in _HEADLINE_WORDS
        if avoid[token.start()] or capital_function:
            _close(names, text, run, sentence, common, heading)
            run = []
        elif _is_capital(token.group()) or (run and _joins(run[-1].group(), token.group())):
            run.append(token)
            if re.search(r"[’']s$|s[’']$", token.group()):
                _close(names, text, run, sentence, common, heading)
                run = []
        else:
            _close(names, text, run, sentence, common, heading)
            run = []
    _close(names, text, run, sentence, common, heading)
    return names


def _is_heading(words: str) -> bool:
    """A title-case line: no full stop, more than three long words, nearly all of them capitalised."""
    long = [word for word in re.findall(r"[A-Za-z][\w’'-]*", words) if len(word) > 3]
    return words[-1] not in '.:;,”"' and len(long) > 3 and sum(w[0].isupper() for w in long) >= 0.75 * len(long)


def _joins(left: str, token: str) -> bool:
    return token in _JOINERS and (token != "of" or left in _OF_AFTER)


def _is_capital(token: str) -> bool:
    if token in _CALENDAR or token in _OFFICES or _ATTRIBUTE.search(token):
        return False
    return bool(
        re.match(r"[A-ZÀ-ÞА-Я]", token) or re.match(r"[a-z]+[A-Z]", token) or re.fullmatch(r"\d+[A-Za-z]+\w*", token)
    )


def _close(
    names: list[Name], text: str, run: list[re.Match[str]], sentence: Sentence, common: frozenset[str], heading: bool
) -> None:
    """Trim a run of capitalised tokens to a name and add it."""
    while run and run[-1].group() in _JOINERS:
        run = run[:-1]
    while run and (run[0].group() in _JOINERS or _is_plain_opening(run[0], sentence, common, len(run))):
        run = run[1:]
    if not run:
        return
    start, end = run[0].start(), run[-1].end()
    words = text[start:end]
    words = re.sub(r"[’']s?$|[.,’'-]+$", "", words) if not re.search(r"\b(?:Inc|Ltd|Corp|Co)\.$", words) else words
    end = start + len(words)
    legal = _LEGAL.search(text, max(start, end - 14), min(len(text), end + 24))
    core = words
    if legal and legal.start() <= end <= legal.end():
        core, end = text[start : legal.start()], legal.end()
    if core and not core.isdigit() and len(core) > 1 and len(core) < 90:
        names.append(
            Name(
                core.strip(" ,."),
                start,
                end,
                legal is not None and end == legal.end(),
                start <= sentence.start + 1,
                heading,
            )
        )


@cache
def _function_words() -> frozenset[str]:
    return frozenset(row["form"] for row in read_table("lexicon/function_words.csv"))


def _is_plain_opening(token: re.Match[str], sentence: Sentence, common: frozenset[str], length: int) -> bool:
    """A capital at the start of a sentence, or of a function word, makes no name."""
    word = re.sub(r"[’']s?$", "", token.group())
    if word.lower() in _function_words():
        return True
    return token.start() <= sentence.start + 2 and word.lower() in common and word[1:].islower() and length == 1


@cache
def cue_sets() -> dict[str, frozenset[str]]:
    """Return the word lists of models/lexicon/name_cues.csv by cue."""
    return {row["cue"]: frozenset(split_list(row["forms"])) for row in read_table("lexicon/name_cues.csv")}


def strip_legal(name: str) -> str:
    """Return a firm's name without its legal form: "Acme Mining Corp." gives "Acme Mining"."""
    return re.sub(r"^[Tt]he\s+", "", _LEGAL.sub("", name)).strip(" ,.")
