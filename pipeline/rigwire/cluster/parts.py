"""What is handed to workers, and how it is known to be done: one part a file, one mark a finished part."""

import glob
import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rigwire.documents import SUFFIXES, suffix_of
from rigwire.errors import SourceError

MARKS = "done"


@dataclass(frozen=True, slots=True)
class Part:
    """A file that one worker reads. `id` names it in the output."""

    file: str
    id: str


def find_parts(files: Sequence[str]) -> list[Part]:
    """Return a part for each file, for each that a pattern matches and for each inside a folder, by name.

    Raises SourceError for what names no file.
    """
    found: set[str] = set()
    for given in files:
        matches = sorted(glob.glob(given, recursive=True))
        if not matches:
            raise SourceError(f"{given}: no such file; check the path or pattern")
        for match in matches:
            found |= _inside(Path(match)) if Path(match).is_dir() else {match}
    return [Part(file, _id(Path(file))) for file in sorted(found)]


def _inside(folder: Path) -> set[str]:
    return {str(path) for path in folder.rglob("*") if path.is_file() and suffix_of(path) in SUFFIXES}


def _id(path: Path) -> str:
    """A part is known by its path, size and time of change: an archive that was replaced is read again."""
    state = path.stat()
    seen = f"{path.resolve()}|{state.st_size}|{state.st_mtime_ns}"
    return hashlib.sha256(seen.encode(errors="surrogatepass")).hexdigest()[:16]


def is_done(part: Part, out: Path, version: str) -> bool:
    """Tell whether this version of the extractor has finished a part."""
    try:
        mark = json.loads(_mark(part, out).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return bool(mark.get("version") == version)


def mark_done(part: Part, out: Path, version: str, counts: dict[str, int]) -> None:
    """Note that all of a part is written; the mark is there whole or not at all."""
    mark = {"file": part.file, "version": version} | counts
    write_whole(_mark(part, out), json.dumps(mark).encode())


def done_ids(out: Path) -> set[str]:
    """Return the ids of the finished parts: what unfinished ones have written does not count."""
    return {path.stem for path in (out / MARKS).glob("*.json")}


def _mark(part: Part, out: Path) -> Path:
    return out / MARKS / f"{part.id}.json"


def write_whole(path: Path, content: bytes) -> None:
    """Write a file that nobody ever sees half-written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    unfinished.write_bytes(content)
    unfinished.replace(path)
