"""The named queries that ship with rigwire: SQL files whose header says what they answer and what they take.

The header of `models/queries/NAME.sql` is made of comment lines, in this order:

    -- title: Power notices in force on a day
    -- description: One or more lines; a line that starts with two blanks
    --   continues the one before.
    -- param: day day = today: The day to look at.

A parameter has a name, a type (`text`, `integer`, `number`, `day`), perhaps a default, and a description.
Without a default it must be given.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Literal, cast, get_args

from rigwire.errors import UsageError
from rigwire.knowledge import models_dir

ParameterType = Literal["text", "integer", "number", "day"]

_FIELD = re.compile(r"-- (title|description|param): (.*)")
_PARAMETER = re.compile(r"(?P<name>\w+) (?P<type>\w+)(?: = (?P<default>.*?))?: (?P<description>.+)")
_RELATIVE_DAY = re.compile(r"today(?:\s*([+-]\s*\d+))?")
_WANTED = {
    "text": "text",
    "integer": "a whole number",
    "number": "a number",
    "day": "a day such as 2021-06-30, today or today-7",
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a query takes. `default` is None where it must be given."""

    name: str
    type: ParameterType
    default: str | None
    description: str


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A question that ships with its SQL."""

    name: str
    title: str
    description: str
    sql: str
    parameters: tuple[Parameter, ...]

    def bind(self, given: Mapping[str, str], today: date) -> dict[str, Any]:
        """Return the typed values of all parameters; `UsageError` for one unknown, missing or mistyped."""
        names = [parameter.name for parameter in self.parameters]
        if unknown := sorted(set(given) - set(names)):
            raise UsageError(
                f"query {self.name} has no parameter {unknown[0]}; it takes {', '.join(names) or 'none'}"
            )
        values = {}
        for parameter in self.parameters:
            text = given.get(parameter.name, parameter.default)
            if text is None:
                raise UsageError(
                    f"query {self.name} needs the parameter {parameter.name}: {parameter.description}"
                )
            values[parameter.name] = _typed(self.name, parameter, text, today)
        return values


@cache
def named_queries() -> dict[str, NamedQuery]:
    """Return the shipped queries by name, in the order of the names."""
    files = sorted((models_dir() / "queries").glob("*.sql"))
    return {file.stem: read_query(file) for file in files}


def read_query(file: Path) -> NamedQuery:
    """Read one SQL file with its header; raises `ValueError` where the header is not as described above."""
    header: list[tuple[str, str]] = []
    lines = file.read_text(encoding="utf-8").splitlines()
    body_start = next((n for n, line in enumerate(lines) if not line.startswith("--")), len(lines))
    for line in lines[:body_start]:
        if found := _FIELD.fullmatch(line):
            header.append((found[1], found[2].strip()))
        elif line.startswith("--   ") and header:
            header[-1] = (header[-1][0], f"{header[-1][1]} {line[5:].strip()}")
        else:
            raise ValueError(f"{file}: this line has no place in the header of a query: {line}")
    texts = dict(header)
    if "title" not in texts or "description" not in texts:
        raise ValueError(f"{file}: the header lacks a title or a description")
    parameters = tuple(_parameter(file, text) for field, text in header if field == "param")
    sql = "\n".join(lines[body_start:]).strip()
    return NamedQuery(file.stem, texts["title"], texts["description"], sql, parameters)


def _parameter(file: Path, text: str) -> Parameter:
    found = _PARAMETER.fullmatch(text)
    if not found or found["type"] not in get_args(ParameterType):
        raise ValueError(f"{file}: no parameter of the form 'name type = default: description': {text}")
    return Parameter(
        found["name"], cast(ParameterType, found["type"]), found["default"], found["description"]
    )


def _typed(query: str, parameter: Parameter, text: str, today: date) -> str | int | float:
    try:
        match parameter.type:
            case "integer":
                return int(text)
            case "number":
                return float(text)
            case "day":
                return _day(text, today).isoformat()
            case _:
                return text
    except (ValueError, OverflowError) as error:
        raise UsageError(
            f"query {query}: {parameter.name} is {text!r}, but must be {_WANTED[parameter.type]}"
        ) from error


def _day(text: str, today: date) -> date:
    if found := _RELATIVE_DAY.fullmatch(text.strip()):
        return today + timedelta(days=int((found[1] or "0").replace(" ", "")))
    return date.fromisoformat(text.strip())
