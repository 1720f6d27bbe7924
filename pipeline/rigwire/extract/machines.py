"""Names of machine models: "Antminer S19j Pro", "Whatsminers M50S++", "S21s". The numbers in them are no quantities."""

import re
from dataclasses import dataclass
from functools import cache

from rigwire.extract.unit_tables import opening
from rigwire.knowledge import read_table, split_list

_TAIL_WORDS = r"Pro|XP|Hydro|Hyd\.?|Plus|Immersion|Imm\.?|Mini|SE|Max|Ultra|k Pro|j Pro|Exp\.?|Air|Server|Rack|II"
_TAIL = rf"(?:[\s-]?(?:{_TAIL_WORDS}))*\+*"
_CODE = r"[A-Z]{1,3}[\s-]?\d{1,4}[A-Za-z]{0,2}\+*"


@dataclass(frozen=True, slots=True)
class ModelName:
    """A model named in the text; `plural` where the name itself counts machines ("24 Antminer S19j Pros")."""

    name: str
    start: int
    end: int
    model_start: int  # where the maker's name, if any, has ended
    plural: bool


@cache
def _pattern() -> re.Pattern[str]:
    rows = list(read_table("lexicon/machines.csv"))
    makers = {row["maker"] for row in rows if row["maker"]}
    families = {row["family"] for row in read_table("lexicon/machine_families.csv")}
    bare = {form for row in rows for form in (row["model"], *split_list(row["aliases"])) if re.search(r"\d", form)}
    named = "|".join(re.escape(form) for form in sorted(bare, key=len, reverse=True))
    maker = "|".join(re.escape(m) for m in sorted(makers, key=len, reverse=True))
    family = "|".join(re.escape(f) for f in sorted(families, key=len, reverse=True))
    return re.compile(
        rf"{opening((*makers, *families, *bare))}(?<![\w$€£])"
        rf"(?P<name>(?P<maker>(?:{maker})(?:['’]s)?\s+(?:\w+\s+)?)?(?:(?:(?:{family})(?:er)?s?\s+)+(?:{_CODE}|{named}){_TAIL}"
        rf"|(?:{named}){_TAIL}(?:\s+(?:{family})(?P<family_plural>s)?)?))(?P<plural>(?:['’]?s)?)(?![\w])"
    )


def find_models(text: str) -> list[ModelName]:
    """Return the machine models that `text` names, in order."""
    return [
        ModelName(
            name=match.group("name").strip(),
            start=match.start(),
            end=match.end(),
            model_start=match.end("maker") if match.group("maker") else match.start(),
            plural=bool(match.group("plural") or match.group("family_plural")),
        )
        for match in _pattern().finditer(text)
    ]
