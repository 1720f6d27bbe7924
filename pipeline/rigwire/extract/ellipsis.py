"""Figures whose unit or noun is left out: "4,100 had been energised, of which 2,600 in Kearney"; "up from 9.3"."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from rigwire.extract.changes import change_role
from rigwire.extract.machines import ModelName
from rigwire.extract.numbers import Number
from rigwire.extract.qualifiers import qualifier
from rigwire.extract.quantities import Measure, scaled
from rigwire.extract.tables import Cell
from rigwire.extract.unit_tables import alternatives
from rigwire.knowledge import read_table, split_list

_REACH = 600
_LOOK_BACK = 8
_COUNTS = ("machines", "sites")
_LEVELS = ("hashrate", "power", "efficiency", "energy_price", "coins")
_PLAIN_LEVEL = 1000
_LIKE, _LIKE_COINS = 12.0, 120.0  # how many times another level may be larger
LIKE_MACHINES = 100  # how many times another number of machines may be larger
_DIFFERENCE = re.compile(r"\s(?:more|fewer|less)\sthan\b", re.IGNORECASE)
_FEWEST = {True: 20, False: 90}  # a bare count in the sentence of its noun, and in the next one
_SMALLEST_SUM = 1e5
_MOST_SITES = 1000
_SENTENCE_END = re.compile(r"(?<!\bvs)(?<!\bU\.S)[.!?]\s+(?=[A-Z\"“])|\n")
_MODEL_BETWEEN = re.compile(
    r"\s+(?:of (?:the|its|their)\s+)?(?:(?!of\b|for\b|in\b|with\b|and\b|by\b|to\b|at\b|on\b)[\w’'-]+\s+){0,3}"
)
_AGO = r"(?:a|one|two|three|four|six|nine|twelve|\d+)\s(?:day|week|month|quarter|year)s?\s(?:ago|earlier|before|later)"
_LABELS_LISTED = r"(?:\d{1,3}[A-Za-z]?(?:,\s(?:and\s|or\s)?|\s(?:and|or|to)\s|\s?[-–&]\s?)){1,6}"
_SIGN_BEFORE = re.compile(r"[$€£¥#№/+-]\s?$|\w\($")


@dataclass(frozen=True, slots=True)
class _Cues:
    part: re.Pattern[str]
    before: re.Pattern[str]
    label: re.Pattern[str]
    unit_after: re.Pattern[str]
    more_after: re.Pattern[str]
    coin: re.Pattern[str]
    mined: re.Pattern[str]
    after: re.Pattern[str]


@cache
def cue_forms() -> dict[str, list[str]]:
    """Return the forms of models/lexicon/ellipsis_cues.csv by cue."""
    return {row["cue"]: split_list(row["forms"]) for row in read_table("lexicon/ellipsis_cues.csv")}


@cache
def _cues() -> _Cues:
    forms = cue_forms()
    ends = rf"(?:\s(?:{alternatives(forms['end_after'])}|{_AGO})(?!\w)|[^\S\n]*(?:[,.;:)—–”\"?!]|-\s|$|\n))"
    before = alternatives([*forms["part_before"], *forms["level_before"], *forms["verb_before"]])
    return _Cues(
        part=re.compile(rf"(?<!\w)(?:{alternatives(forms['part_before'])})\s(?:\w+\s)?$", re.IGNORECASE),
        before=re.compile(
            rf"(?:(?<!\w)(?:{before})\s(?:(?:about|some|a|an|the|another|nearly|its|around|roughly|almost|just|only|roughly)\s)?|[,;:(—–]\s?|^|\n)[“\"]?$",
            re.IGNORECASE,
        ),
        label=re.compile(rf"(?<!\w)(?:{alternatives(forms['label_before'])})s?\s(?:{_LABELS_LISTED})?$", re.IGNORECASE),
        unit_after=re.compile(rf"[”\"]?\s(?:or so\s)?(?:{alternatives(forms['unit_after'])})(?!\w)", re.IGNORECASE),
        coin=re.compile(rf"(?<!\w)(?:{alternatives(forms['coin_verb'])})\s(?:\w+\s){{0,2}}$|,\s$", re.IGNORECASE),
        mined=re.compile(rf"(?<!\w)(?:{alternatives(forms['mined_before'])})\s(?:\w+\s)?$", re.IGNORECASE),
        more_after=re.compile(rf"\s(?:more|others|each|apiece){ends}", re.IGNORECASE),
        after=re.compile(rf"[”\"]?(?:\sor so)?(?:\s(?:more|others|again|additional|further))?{ends}", re.IGNORECASE),
    )


def elliptical_measures(
    text: str, bare: list[Number], measures: list[Measure], cells: Sequence[Cell] = ()
) -> list[Measure]:
    """Return figures read out of `bare` numbers that follow one of their kind nearby; none in the `cells` of tables."""
    known = known_figures(text, measures)
    starts = [m.start for m in known]
    found: list[Measure] = []
    for number in outside_tables(bare, cells):
        index = bisect_right(starts, number.start)
        near = known[max(0, index - _LOOK_BACK) : index]
        measure = _read(text, number, near)
        if measure is not None:
            found.append(measure)
            known.insert(index, measure)
            starts.insert(index, measure.start)
    return found


def known_figures(text: str, measures: Sequence[Measure]) -> list[Measure]:
    """Return in order what a bare number can follow: figures, and things named without a number."""
    return sorted([*measures, *_things_without_number(text, measures)], key=lambda m: m.start)


def outside_tables(bare: Sequence[Number], cells: Sequence[Cell]) -> list[Number]:
    """Return the numbers that stand in no cell of a table."""
    tabled = {index for cell in cells for index in range(cell.start, cell.end)}
    return [number for number in bare if number.start not in tabled]


def _things_without_number(text: str, measures: Sequence[Measure]) -> Iterator[Measure]:
    """Yield what can be counted and is named without a number ("the rigs, about 47,000") as figures of the value 0."""
    taken = {index for m in measures for index in range(m.start, m.end)}
    for match in _things().finditer(text):
        if match.start() not in taken:
            kind = match.lastgroup or ""
            unit = "BTC" if kind == "coins" else kind
            noun = "BTC" if kind == "coins" else f"weak:{kind}"
            yield Measure(
                kind, 0.0, unit, "exact", match.group(), match.start(), match.end(), noun=noun, explicit=False
            )


@cache
def _things() -> re.Pattern[str]:
    forms = cue_forms()
    named = "|".join(
        f"(?P<{kind}>{alternatives([*forms[cue], *(form[0].upper() + form[1:] for form in forms[cue])])})"
        for kind, cue in (("coins", "coin_thing"), ("machines", "machine_thing"), ("sites", "site_thing"))
    )
    return re.compile(rf"(?<![\w-])(?:{named})(?![\w-]|\s(?:min|farm|rig))")


def _read(text: str, number: Number, known: list[Measure]) -> Measure | None:
    if number.year_like or not _stands_alone(text, number):
        return None
    mined = is_mined(text, number)
    for antecedent in _antecedents(text, number, known):
        value = _value(text, number, antecedent, mined)
        if value is not None:
            return replace(taken_over(text, number, antecedent, value), change=change_role(text, number.start))
    return None


def taken_over(text: str, number: Number, antecedent: Measure, value: float) -> Measure:
    """Return the figure that a number is with the kind and unit of one before it."""
    return replace(
        antecedent, value=value, qualifier=qualifier(text, number.start, number.end),
        text=text[number.start : number.end], start=number.start, end=number.end,
        low=None, high=None, per=None, change=None, explicit=False,
    )  # fmt: skip


def _precedes(pattern: re.Pattern[str], text: str, number: Number, reach: int = 30) -> bool:
    """Tell whether a pattern that ends in "$" fits the words right before a number."""
    return pattern.search(text, max(0, number.start - reach), number.start) is not None


def _of_them(text: str, number: Number) -> re.Match[str] | None:
    """The words right after a number that make it a part of what was named: "of them", "of the coins"."""
    return _cues().unit_after.match(text, number.end, number.end + 30)


def is_signed(text: str, number: Number) -> bool:
    """Tell whether a sign before a number makes it something else: "$40", "#12", "f(3"."""
    return _precedes(_SIGN_BEFORE, text, number)


def is_labelled(text: str, number: Number) -> bool:
    """Tell whether the word before a number, or before the list that it is in, makes it a name: "halls 3, 4 and 5"."""
    return _precedes(_cues().label, text, number, reach=50)


def is_difference(text: str, number: Number) -> bool:
    """Tell what only compares: "17,000 more than a year ago"."""
    return _DIFFERENCE.match(text, number.end) is not None


def is_mined(text: str, number: Number) -> bool:
    """Tell whether the word before a number says that it counts coins: "mined 312 in the quarter"."""
    return _precedes(_cues().mined, text, number)


def _stands_alone(text: str, number: Number) -> bool:
    """Whether no noun of its own follows the number, and nothing before it makes it a name or a label."""
    cues = _cues()
    if number.value < 10 and text[number.start - 1 : number.start] == "(" and text[number.end : number.end + 1] == ")":
        return False
    if is_signed(text, number) or is_labelled(text, number) or is_difference(text, number):
        return False
    if _of_them(text, number) or cues.more_after.match(text, number.end, number.end + 40):
        return True
    return bool(_precedes(cues.before, text, number) and cues.after.match(text, number.end, number.end + 30))


def _antecedents(text: str, number: Number, known: list[Measure]) -> Iterator[Measure]:
    """The figures before the number, nearest first, none further back than the paragraph before its own."""
    for measure in reversed([m for m in known if m.end <= number.start]):
        between = text[measure.end : number.start]
        if measure.start < number.start - _REACH or between.count("\n\n") > 1:
            return
        yield measure


def _value(text: str, number: Number, antecedent: Measure, mined: bool) -> float | None:
    """The value of the number as one of the antecedent's kind, None where it can't be one."""
    same_sentence = not _SENTENCE_END.search(text, antecedent.end, number.start)
    if not _named_kind(text, number, antecedent.kind) or (mined and antecedent.kind != "coins"):
        return None
    if antecedent.kind == "money":
        return number.value if number.scaled and antecedent.value >= _SMALLEST_SUM else None
    if number.scaled and number.value >= _SMALLEST_SUM:
        return None
    if antecedent.kind == "sites" and antecedent.value == 0:
        return _part_of_sites(text, number)
    if (
        antecedent.value == 0
        and not same_sentence
        and not mined
        and not (antecedent.kind == "machines" and _of_them(text, number))
    ):
        return None
    if antecedent.kind in _COUNTS:
        return _count(text, number, antecedent, same_sentence)
    if antecedent.kind not in _LEVELS or number.spelled or antecedent.factor == 0:
        return None
    if antecedent.kind == "coins" and antecedent.value == 0:
        held = _precedes(_cues().coin, text, number)
        return number.value if held and number.integer else None
    if (
        number.integer
        and not same_sentence
        and antecedent.kind != "coins"
        and (antecedent.kind in ("energy_price", "efficiency") or number.value >= _PLAIN_LEVEL)
    ):
        return None
    return scaled(number.value, antecedent.factor) if is_alike(number, antecedent) else None


def _named_kind(text: str, number: Number, kind: str) -> bool:
    """Whether "of the coins" or "of the rigs", if it follows, names the antecedent's kind."""
    named = _of_them(text, number)
    if named is None or named.group().endswith(("them", "these", "those", "same", "own")):
        return True
    return (kind == "coins") == named.group().endswith(("coins", "bitcoin"))


def is_alike(number: Number, antecedent: Measure) -> bool:
    """Tell whether a number is of the size of the antecedent as printed; held coins may be many times those mined."""
    printed = antecedent.value / antecedent.factor
    like = _LIKE_COINS if antecedent.kind == "coins" else _LIKE
    return printed > 0 and 1 / like <= number.value / printed <= like


def _count(text: str, number: Number, antecedent: Measure, same_sentence: bool) -> float | None:
    value = number.grouped if number.grouped is not None else number.value
    if value != int(value):
        return None
    fewest = _FEWEST[same_sentence and antecedent.value > 0]
    part = _of_them(text, number) or _precedes(_cues().part, text, number)
    if part or antecedent.kind == "sites":
        fewest = 2 if value < antecedent.value * 3 or (part and same_sentence and antecedent.value == 0) else fewest
    if antecedent.kind == "sites" and value > _LIKE * antecedent.value:
        return None
    if antecedent.kind == "machines" and 0 < antecedent.value * LIKE_MACHINES < value:
        return None
    return value if value >= fewest and (same_sentence or part or not number.spelled) else None


def _part_of_sites(text: str, number: Number) -> float | None:
    """The value where "of them" follows, so that farms may be meant that were named without a number."""
    value = number.grouped if number.grouped is not None else number.value
    return value if _of_them(text, number) and number.integer and 2 <= value <= _MOST_SITES else None


def model_counts(text: str, bare: list[Number], models: list[ModelName]) -> list[Measure]:
    """Return counts whose noun is a model's name: "24 Antminer S19j Pros", "1,440 of the older Avalon A1466"."""
    found = []
    starts = [m.start for m in models]
    for number in bare:
        value = number.grouped if number.grouped is not None else number.value
        index = bisect_right(starts, number.end)
        if index == len(models) or models[index].start > number.end + 40 or value != int(value) or number.year_like:
            continue
        model = models[index]
        if not _MODEL_BETWEEN.fullmatch(text, number.end, model.start):
            continue
        words = text[number.start : model.end]
        grade = qualifier(text, number.start, number.end)
        found.append(Measure("machines", value, "machines", grade, words, number.start, model.end, noun="strong:model"))
    return found
