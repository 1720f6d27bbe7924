"""The shapes of dates: one pattern a kind of expression, in the order in which they claim their words.

What each means is read by the function of the same name in date_readers.py. In the shapes a blank stands for any run of
blanks, `~` for one that may be missing, neither over the end of a line or of a cell; `<NAME>` for one of the pieces
below. Between name and shape stand its cues: where the shape fits, the line in lower case holds one of them.
"""

import re
from collections.abc import Iterator
from functools import cache

from rigwire.knowledge import read_table, split_list

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_CAPITALISED = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
_PIECES = {
    "WEEKDAY": rf"(?:{_CAPITALISED}|{_CAPITALISED.upper()}|(?:Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun)\.(?=,?\s[A-Z\d]))",
    "DAY": r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?!\d|\.\d|,\d{3}(?!\d)|:\d)",
    "YEAR": r"(?:(?:19|20)\d\d)(?!\d|[,.]\d)",
    "ORDINAL": r"(?:first|second|third|fourth|final|last|1st|2nd|3rd|4th)",
    "PART": r"""(?:(?:very )?(?:early|mid|late
        |the (?:very )?(?:beginning|start|middle|end|rest|course|month|turn|close) of
        |(?:beginning|start|middle|end)[ -]of|end)[\s-]+(?:in )?)?""",
    "SHIFT": r"(?:(?P<shift>(?i:last|past|this|next|coming|following|that|same)) )?",
    "FISCAL": r"""(?:(?:company[’']s|its|our|their|(?:(?P<yearof>last|this|next) year|(?P<owner><YEAR>))[’']s) )?
        (?P<fiscal>fiscal |financial )?(?:calendar )?""",
    "FY": r"FY~[’']?",
    "OF_YEAR": r"""(?:(?:,? |,)(?:(?:of|in) )?(?:(?:the )?(?:fiscal |calendar |financial )?(?:year )?(?P<year><YEAR>)
        |<FY>(?P<fy><YEAR>|\d\d)|(?P<yearshift>last|this|next|that) year|(?P<sameyear>the (?:same )?year)))?""",
    "DAYS": r"~(?:-|–|to|through|until|till|and|or|/|&)~(?:the )?",
    "JOIN": r"~(?P<join>to|and|through|until|till|-|–|—)~",
}
_MONTH_CUES = "jan feb mar apr may jun jul aug sep oct nov dec"
_SHAPES = [
    ("stamp", "20", r"""(?<![\d-])(?P<y>20\d\d)-(?P<m>0[1-9]|1[0-2])-(?P<d>0[1-9]|[12]\d|3[01])
        (?:[T ](?P<time>[0-2]\d:[0-5]\d)(?::[0-5]\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?(?!\d)"""),
    ("stamp", "/", r"(?<![\d/])(?P<y>20\d\d)/(?P<m>0[1-9]|1[0-2])/(?P<d>0[1-9]|[12]\d|3[01])(?P<time>)(?!\d)"),
    ("numeric", "19 20", r"(?<![\d./-])(\d{1,2})[./](\d{1,2})[./]((?:19|20)\d\d)(?![\d/])"),
    ("period_ended", "quarter half month year", r"""(?i)(?<!\bby\s)\b
        (?P<what>(?:(?:fiscal )?(?:first|second|third|fourth) )?
        (?:fiscal )?quarter|(?P<months>three|six|nine|twelve|3|6|9|12)[ -]months?(?: period)?|half[ -]year|half
        |(?:(?:fiscal |financial )?years?|month)(?= end(?:ed|ing)\b))
        (?: of (?:fiscal )?(?:year )?<YEAR>)?,? (?:which |that )?(?P<how>ended|ending|ends|to|through) (?:on )?
        (?:the end of )?(?P<end>(?:(?P<first><DAY>)(?: of)? )?(?P<month><MONTH>)(?: (?P<day><DAY>))?<OF_YEAR>)
        (?![\w])"""),
    ("week_of_day", "week", r"""(?i)\b(?:the )?week (?:that )?(?P<how>of|ended|ending|beginning|starting|commencing
        |(?<=the\sweek\s)to)(?: on)? (?:the )?(?:<WEEKDAY>,? )?(?P<end>(?:(?P<first><DAY>)(?: of)? )?(?P<month><MONTH>)
        (?(first)| (?P<day><DAY>))<OF_YEAR>)(?!\w|<DAYS>(?:\d|<MONTH>))"""),
    ("days", _MONTH_CUES, r"""\b(?:the )?(?P<day><DAY>)(?:<DAYS>(?P<day2><DAY>))?(?: of)?
         (?P<month><MONTH>)<OF_YEAR>(?![\w])"""),
    ("days", _MONTH_CUES, r"\bthe (?P<day>first)(?P<day2>(?!))? of (?P<month><MONTH>)<OF_YEAR>(?![\w])"),
    ("days", _MONTH_CUES, r"""\b(?P<month><MONTH>) (?:the )?(?P<day><DAY>)
        (?:<DAYS>(?P<day2><DAY>)(?!~(?:<MONTH>|MW|%|of\b|[ap]\.?m\b)))?<OF_YEAR>(?![\w%])"""),
    ("month_span", _MONTH_CUES, r"""\b(?P<from>(?:from|between) )?(?P<m1><MONTH>)(?:,? (?P<year1><YEAR>))?<JOIN>
        (?P<m2><MONTH>)<OF_YEAR>(?![\w])"""),
    ("year_span", "19 20", r"""\b(?P<from>(?:from|between) )?(?P<y1><YEAR>)~(?P<join>to|and|-|–|—|through)~
        (?P<y2><YEAR>)\b"""),
    ("year_span", "19 20", r"\b(?P<from>)(?P<y1><YEAR>)(?P<join>[/–-])(?P<y2>\d\d)\b(?!\d|-)"),
    ("part_before", "1q 2q 3q 4q 1h 2h 3h 4h", r"\b(?P<n>[1-4])(?P<part>[QH])[\s’']?(?P<short><YEAR>|\d\d)\b"),
    ("part", "q1 q2 q3 q4 h1 h2", r"""(?<![\w/.,–-])(?<![QH]\d\s)(?P<short>(?:<FY>)?<YEAR>|<FY>\d\d)~[/-]?~
        (?P<part>Q(?=[1-4])|H(?=[12]))(?P<n>\d)(?P<word>)(?P<short2>)(?P<dashed>)(?P<sameyear>)(?!\w|~(?:<YEAR>|[’']\d\d))"""),
    ("part", "q1 q2 q3 q4 h1 h2 h3 h4", r"""\b<PART>(?:the )?<FISCAL>(?:(?P<part>Q|H)(?P<n>[1-4])
        (?:[\s-]?[’'](?P<short>\d\d)|~(?:<FY>|/)(?P<short2><YEAR>|\d\d)|-(?P<dashed><YEAR>))?(?P<word>))<OF_YEAR>(?![\w])"""),
    ("part", "quarter half", r"""(?i)\b<PART>(?:the )?<FISCAL>(?P<word><ORDINAL>)[\s-]+(?:fiscal |calendar )?
        (?P<part>quarter|half)(?P<n>)(?P<short>)(?P<short2>)(?P<dashed>)(?:ly)?<OF_YEAR>(?![\w])"""),
    ("month_quarter", "quarter", r"\b(?:the )?(?P<month><MONTH>)(?: (?P<year><YEAR>))? quarter\b"),
    ("part_alone", "first second third fourth", r"""\bin the (?P<word>first|second|third|fourth)
        (?=[.,;)\n]| (?:and|to|but|after)\b|$)"""),
    ("first_months", "months", r"(?i)\b(?:the )?(?:first|last|final) (?P<months>\w+) months<OF_YEAR>\b"),
    ("last_day", "last first", r"\bthe (?P<which>last|first) day of (?P<month><MONTH>)<OF_YEAR>(?![\w])"),
    ("month", _MONTH_CUES, r"\b<PART><SHIFT>(?P<month><MONTH>)<OF_YEAR>(?![\w])"),
    ("year_end", "year", r"""(?i)\b(?:the )?(?:end|close|turn) of
         (?:(?P<yearshift>last|this|next|that) year|the (?:calendar )?year)\b
        |\b(?:the )?(?:calendar )?year(?:[’']s)?[\s-]+end\b(?: (?P<year><YEAR>))?"""),
    ("weekday_of_week", "week", r"\b(?P<weekday><WEEKDAY>) of (?P<shift>last|this|next) week\b"),
    ("nth", "", r"""\b(?:on|by|from|until|till|since|before|after|of|and|to) (?P<words>the (?P<day>\d{1,2})
        (?:st|nd|rd|th)(?: of (?P<unit>this|last|next|the) month)?)
        (?=[.,;:)—–\n]| (?:and|of|at|in|it|they|when|the|a|but|with|for|to|after|because|everywhere|most|that|which|who
        |he|she|we|I|you|there|this|these|those|an|is|are|was|were|has|had|will|would|by|from|on|as|so|if|while|until
        |before|since|no|not|only|both|its|their|his|her|our|one|two|three|all|some|another|about|around|over|under)\b
        |$)"""),
    ("same_unit", "same corresponding", r"""(?i)\b(?:same|corresponding) (?P<unit>month|quarter|period|half)
         (?:(?:of|in) )?(?:(?P<year><YEAR>)
        |(?:the )?(?P<yearshift>last|previous|prior) year|a year (?P<earlier>earlier|ago|before))"""),
    ("relative", "week month quarter year", r"""(?i)\b(?:the )?(?:(?P<shift>last|past|this|current|next|coming)
         (?P<unit>week|month|quarter|year)|(?P<before>previous|prior) month)\b(?![’'-]| (?:of|and a half)\b)"""),
    ("relative", "week month quarter year", r"""(?i)\b(?P<shift>last|this|next)
         (?P<unit>week|month|quarter|year)(?=[’']s?\b)(?P<before>)"""),
    ("part_of_month", "month", r"""(?i)\b(?:the )?(?:very )?(?:beginning|start|middle|end|close|rest) of the month\b
        (?!-| (?:of|in which|after|following)\b)|\b(?:the )?month[ -]end\b"""),
    ("near_day", "today yesterday tomorrow tonight night morning afternoon evening", r"""(?i)\b(today|yesterday|tomorrow
        |tonight|this (?:morning|afternoon|evening)|last night)\b"""),
    ("weekday", "mon tue wed thu fri sat sun", r"\b<SHIFT>(?P<weekday><WEEKDAY>)(?![\w])"),
    ("neighbour", "day night evening afternoon morning", r"""(?i)\b(?P<words>(?:a|one) day
         (?:earlier|later|before|after)|(?:the )?(?:day before|day after|next day|following day
        |previous day|same day)|that (?:day|evening|night|afternoon|morning))\b(?! than\b)"""),
    ("year_alone", "19 20", r"""(?<![\w.,$€£/-])<PART>(?:the )?(?:(?:fiscal|financial|calendar) (?:year )?|FY\s?)?
        (?P<year><YEAR>)(?![\w/-])"""),
]  # fmt: skip
_LINE = re.compile(r"[^\n]+")


@cache
def month_numbers() -> dict[str, int]:
    """Return the number of each English month by its names and abbreviations, in lower case."""
    row = next(row for row in read_table("parse/months.csv") if row["language"] == "en")
    return {name: number for number in range(1, 13) for name in split_list(row[str(number)])}


def month_of(name: str) -> int:
    """Return the number of a month as printed."""
    return month_numbers()[name.lower().rstrip(".")]


@cache
def month_pattern() -> str:
    """Return the pattern of a month's name: "June", "JUNE", "Jun", "Jun."; never "june"."""
    names = [name for name in month_numbers() if len(name) > 4 or name in ("may", "june", "july")]
    cut = [name for name in sorted(month_numbers(), key=len, reverse=True) if name not in names]
    full = "|".join([*(name.capitalize() for name in names), *(name.upper() for name in names)])
    short = "|".join([*(name.capitalize() for name in cut), *(name.upper() for name in cut)])
    return rf"(?-i:{full}|(?:{short})\b\.?)"


def date_matches(text: str) -> Iterator[tuple[str, re.Match[str]]]:
    """Yield name and place of what fits a shape, line by line, the shapes that claim their words first ahead."""
    lower = text.lower()  # not always of the same length
    lines = [(line.start(), line.end(), line.group().lower()) for line in _LINE.finditer(text)]
    hopeful: dict[str, list[tuple[int, int, str]]] = {"": lines}
    for name, cues, shape in _SHAPES:
        if cues not in hopeful:
            sought = [cue for cue in cues.split() if cue in lower]
            hopeful[cues] = [line for line in lines if any(cue in line[2] for cue in sought)]
        pattern = _compiled(shape)
        for start, end, _ in hopeful[cues]:
            for match in pattern.finditer(text, start, end):
                yield name, match


@cache
def _compiled(shape: str) -> re.Pattern[str]:
    return re.compile(expand(shape))


def expand(shape: str) -> str:
    """Return the regular expression of a shape: pieces and months put in, blanks made into classes."""
    for _ in range(2):
        for name, piece in _PIECES.items():
            shape = shape.replace(f"<{name}>", piece)
    shape = shape.replace("\n        ", "")
    shape = re.sub(r"(?<!\[)(?<!\[T) (?!-\])", r"[^\\S\\n\\t]+", shape).replace("~", r"[^\S\n\t]*")
    return shape.replace("<MONTH>", month_pattern())
