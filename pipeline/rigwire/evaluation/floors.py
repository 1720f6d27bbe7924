"""Floors under the scores, so that no change lowers one silently.

    python -m rigwire.evaluation.floors [--write] [--lower]

Run at the root of a checkout. Without an option it says what is below its floor. `--write` raises the floors to
the present figures, and with `--lower` also lowers them. Where RIGWIRE_GOLD names a folder, its parts count too.
"""

import argparse
import hashlib
import os
import sys
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from rigwire.errors import RigwireError, SourceError
from rigwire.evaluation.corpus import Evaluation, evaluate
from rigwire.evaluation.gold import read_gold
from rigwire.evaluation.report import PARTS

FILE = Path("tests/score_floors.toml")
LEEWAY = 0.005
_OWN = ("fixtures/gold/dev", "fixtures/gold/test", "fixtures/gold/reports")
_OUTSIDE = ("dev", "devb", "prdev")
_HEADER = "# The lowest scores that the tests allow; `make floors` writes this file.\n"


@dataclass(frozen=True, slots=True)
class Floors:
    """The floors of one corpus: F1 by part, and what tells that the corpus has changed since."""

    documents: int
    digest: str
    figures: Mapping[str, float]


def corpora(root: Path, outside: str | None) -> dict[str, Path]:
    """Return the folders with documents by the name that they have in the file of floors."""
    folders = {name: root / name for name in _OWN}
    if outside:
        folders |= {f"RIGWIRE_GOLD/{name}": Path(outside) / name for name in _OUTSIDE}
    return {name: folder for name, folder in folders.items() if any(folder.glob("*.json"))}


def measure(folder: Path) -> Floors:
    """Return the present figures of a corpus. Raises `RigwireError` for a document that can't be read."""
    evaluation = evaluate(read_gold(folder))
    for error in evaluation.failures:
        raise error
    return Floors(len(evaluation.documents), corpus_digest(folder), figures(evaluation))


def figures(evaluation: Evaluation) -> dict[str, float]:
    """Return what has a floor: the headline and the F1 of the parts that the corpus has anything of."""
    whole = evaluation.whole
    shares = {part: whole.tally(part).f1 for part in PARTS if whole.tally(part).gold}
    return {name: round(share, 4) for name, share in ({"headline": whole.headline} | shares).items()}


def corpus_digest(folder: Path) -> str:
    """Return the beginning of a SHA-256 over the names and bytes of the documents."""
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.json")):
        digest.update(f"{path.name}\0{path.stat().st_size}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def shortfalls(floors: Floors, present: Floors) -> list[str]:
    """Return a line for each figure that is below its floor by more than `LEEWAY`."""
    return [
        f"{part} is {present.figures.get(part, 0.0):.4f}, its floor is {floor:.4f}"
        for part, floor in floors.figures.items()
        if present.figures.get(part, 0.0) < floor - LEEWAY
    ]


def moved(old: Floors | None, present: Floors, *, lower: bool) -> Floors:
    """Return the new floors: the present figures, but none below its old floor unless `lower`."""
    if old is None or lower:
        return present
    higher = {part: max(old.figures.get(part, 0.0), figure) for part, figure in present.figures.items()}
    return Floors(present.documents, present.digest, {**old.figures, **higher})


def read_floors(path: Path) -> dict[str, Floors]:
    """Return the floors of each corpus; none where there is no file yet. Raises `SourceError` for a broken one."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        return {name: Floors(table["documents"], table["digest"], table["f1"]) for name, table in tables.items()}
    except (ValueError, KeyError, TypeError) as error:
        raise SourceError(f"{path}: is no file of floors ({error}); remove it and write it anew") from None


def write_floors(path: Path, floors: Mapping[str, Floors]) -> None:
    """Write the floors of all corpora."""
    path.write_text(_HEADER + "".join(_toml(name, floors[name]) for name in sorted(floors)), encoding="utf-8")


def _toml(name: str, floors: Floors) -> str:
    rows = "".join(f'"{part}" = {figure:.4f}\n' for part, figure in floors.figures.items())
    head = f'["{name}"]\ndocuments = {floors.documents}\ndigest = "{floors.digest}"\n'
    return f'\n{head}\n["{name}".f1]\n{rows}'


def main(arguments: Iterable[str] | None = None) -> int:
    """Say what is below its floor, or write the floors. Returns 1 where something is below, or can't be read."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="raise the floors to the present figures")
    parser.add_argument("--lower", action="store_true", help="with --write: lower them too")
    given = parser.parse_args(None if arguments is None else list(arguments))
    try:
        return _check(write=given.write, lower=given.lower)
    except RigwireError as error:
        print(f"floors: {error}", file=sys.stderr)
        return 1


def _check(*, write: bool, lower: bool) -> int:
    known, below = read_floors(FILE), 0
    for name, folder in corpora(Path(), os.environ.get("RIGWIRE_GOLD")).items():
        present = measure(folder)
        if write:
            known[name] = moved(known.get(name), present, lower=lower)
        lines = shortfalls(known[name], present) if name in known else ["has no floors yet"]
        below += len(lines)
        for line in lines or [f"headline {present.figures['headline']:.4f}, nothing is below its floor"]:
            print(f"{name}: {line}")
    if write:
        write_floors(FILE, known)
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main())
