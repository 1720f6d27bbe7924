"""Where the knowledge lies: the tables, word lists and trained parts of the `models` folder."""

import csv
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any


@cache
def models_dir() -> Path:
    """Return the folder of knowledge: inside the installed package, or at the root of a checkout."""
    installed = Path(__file__).parent / "models"
    return installed if installed.is_dir() else Path(__file__).parents[2] / "models"


def read_table(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a CSV table, `name` relative to the models folder, as dicts of stripped strings."""
    with (models_dir() / name).open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            yield {key: (value or "").strip() for key, value in row.items()}


def read_toml(name: str) -> dict[str, Any]:
    """Return the TOML file `name`, relative to the models folder, as a dict."""
    return tomllib.loads((models_dir() / name).read_text(encoding="utf-8"))


def split_list(cell: str) -> list[str]:
    """Return the members of a cell that holds a `|`-separated list."""
    return [part.strip() for part in cell.split("|") if part.strip()]
