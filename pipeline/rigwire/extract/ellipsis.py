"""Counts whose noun is left out: "4,100 had been energised, of which 2,600 in Kearney"; "up from 96"."""

import re
from dataclasses import replace

from rigwire.extract.machines import ModelName
from rigwire.extract.numbers import Number
from rigwire.extract.quantities import Measure
from rigwire.extract.units import qualifier

_REACH = 420
_KINDS = ("machines", "sites", "coins", "energy_price")
_AFTER = re.compile(
    r"\s*(?:of (?:them|these|those|which|the (?:machines|rigs|older|oldest|newer|remaining))|(?:or so )?(?:more|others|further|additional|again|already)\b"
    r"|(?:ha[ds]|have|were|was|are|is|will|would|should|could|remain|arrived|went|came|now|have been|had been|ordered|delivered|installed|left|due|to be)\b"
    r"|(?:in|at|on|from|to|by|for|before|after|as of|since|until|with|under|near|a (?:month|year|quarter) (?:ago|earlier|before)|last|this|earlier|later|elsewhere|there|here)\b"
    r"|[,.;:)—–-]|and\b|but\b|$|\n)",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"(?:\b(?:another|further|additional|remaining|other|rest|of which|of those|of these|of them|including|after|from|to|versus|against|than|with|held|holds|for"
    r"|sold|stopped|started|restarted|moved|shipped|only|just|about|some|around|nearly|almost|over|and|while|all|first|last|report that|put|took|seized|received|installed|target of|total of|produced|mined"
    r"|ordered|bought|ship|move|moving|bringing|bring|sell|have|has|had|the|of|at|by|are|plus|approximately|roughly|up to|more than|at least|at)\s*|[,;.:(—–-]\s*|^|\n)$",
    re.IGNORECASE,
)
_NO_COUNT_BEFORE = re.compile(
    r"(?:[$€£¥#№]|\bNo\.|\bphase|\bpage|\btable|\bcase|\broute|\btop|\bchapter|\bsection|\barticle|\bform|\brule|\blevel|\bblock|\bage|\baged"
    r"|\b(?:in|since|until|by|of|during|before|after|from|late|early) (?=(?:19|20)\d\d))\s?$",
    re.IGNORECASE,
)


def elliptical_measures(text: str, bare: list[Number], measures: list[Measure]) -> list[Measure]:
    """Return counts read out of `bare` numbers that follow a count of machines, sites, coins or a price nearby."""
    known = sorted(measures, key=lambda m: m.start)
    found: list[Measure] = []
    for number in bare:
        antecedent = _antecedent(text, number, known + found)
        if antecedent is None or not _reads_as_count(text, number, antecedent):
            continue
        grade, _ = qualifier(text, number.start, number.end)
        words = text[number.start : number.end]
        found.append(
            replace(
                antecedent, value=number.value, qualifier=grade, text=words, start=number.start, end=number.end,
                low=None, high=None, per=None, change=None, explicit=False,
            )
        )  # fmt: skip
    return found


def model_counts(text: str, bare: list[Number], models: list[ModelName]) -> list[Measure]:
    """Return counts whose noun is a model's name: "24 Antminer S19j Pros", "1,440 of the older Avalon A1466"."""
    found = []
    for number in bare:
        model = next((m for m in models if number.end < m.start <= number.end + 40), None)
        if model is None or not number.integer or number.year_like:
            continue
        between = text[number.end : model.start]
        if not re.fullmatch(r"\s+(?:of (?:the|its|their)\s+)?(?:(?!of\b|for\b|in\b|with\b|and\b)[\w’'-]+\s+){0,3}", between):
            continue
        grade, _ = qualifier(text, number.start, number.end)
        words = text[number.start : model.end]
        found.append(
            Measure("machines", number.value, "machines", grade, words, number.start, model.end, noun="strong:model")
        )
    return found


def _antecedent(text: str, number: Number, measures: list[Measure]) -> Measure | None:
    """The nearest count before the number, no further back than its sentence's neighbour and never over a heading."""
    before = [m for m in measures if m.end <= number.start and m.start >= number.start - _REACH and m.kind in _KINDS]
    near = max(before, key=lambda m: m.start, default=None)
    if near is None or text[near.end : number.start].count("\n\n") > 1:
        return None
    return near


def _reads_as_count(text: str, number: Number, antecedent: Measure) -> bool:
    before, between = text[max(0, number.start - 24) : number.start], text[antecedent.end : number.start]
    if number.year_like or _NO_COUNT_BEFORE.search(before) or not _BEFORE.search(before):
        return False
    of_them = re.match(r"\s*of (?:them|these|those)\b", text[number.end :])
    if not (_AFTER.match(text, number.end)):
        return False
    same_sentence = not re.search(r"[.!?]\s|\n", between)
    if antecedent.kind in ("coins", "energy_price"):
        return same_sentence and bool(re.search(r"(?:after|from|compared (?:with|to)|versus|against|to|held|and)\s$", before))
    if not number.integer or number.value < (1 if of_them else 20 if same_sentence else 90):
        return False
    return bool(of_them) or not number.spelled or same_sentence
