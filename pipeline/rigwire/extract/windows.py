"""An article as the encoder reads it: windows of whole sentences, each piece marked by what the scanners found."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rigwire.extract.calendar import read_anchor, side_of
from rigwire.extract.guesses import GUESS
from rigwire.extract.wordpieces import END, START, Piece, split_pieces, vocabulary
from rigwire.model import KINDS

if TYPE_CHECKING:
    from rigwire.extract.findings import Findings

LONGEST = 384  # pieces in a window
_TITLE = 20
_BEFORE = 32  # pieces of the sentence before, for context
_LONGEST_SENTENCE = LONGEST - _BEFORE - _TITLE - 3

_OTHER_MARKS = ("firm", "name", "body", "place", "past", "now", "future", "undated", "model", "title", GUESS)
MARKS = {name: number for number, name in enumerate(("none", *KINDS, *_OTHER_MARKS))}
"""What a piece can be part of: a figure by kind or guessed, a firm of the lexicon or another name, a date by side."""


@dataclass
class Window:
    """Pieces by number, their marks, and for the article's own sentences where they stand."""

    ids: list[int] = field(default_factory=list)
    marks: list[int] = field(default_factory=list)

    def add(self, pieces: list[Piece], marks: list[int]) -> int:
        """Append pieces; return the position of the first."""
        first = len(self.ids)
        self.ids += [piece.id for piece in pieces]
        self.marks += marks
        return first


@dataclass(frozen=True)
class Placed:
    """A sentence in its window: pieces from `first` on."""

    window: int
    first: int
    pieces: list[Piece]

    def rows(self, start: int, end: int) -> tuple[int, int]:
        """Return the positions in the window of the pieces that `start:end` touches, the nearest piece if none."""
        inside = [n for n, piece in enumerate(self.pieces) if piece.start < end and piece.end > start]
        if not inside and self.pieces:
            inside = [min(range(len(self.pieces)), key=lambda n: abs(self.pieces[n].start - start))]
        return (self.first + inside[0], self.first + inside[-1] + 1) if inside else (0, 1)


def cut_windows(found: "Findings") -> tuple[list[Window], list[Placed]]:
    """Return the windows of an article, and for each of its sentences where it lies in them."""
    marked = _mark(found)
    sentences = [list(split_pieces(found.text, s.start, s.end))[:_LONGEST_SENTENCE] for s in found.sentences]
    marks = [[marked[piece.start] for piece in pieces] for pieces in sentences]
    windows: list[Window] = []
    placed: list[Placed] = []
    for index, pieces in enumerate(sentences):
        if not windows or len(windows[-1].ids) + len(pieces) > LONGEST - 1:
            windows.append(_open(found.title))
            if index:
                windows[-1].add(sentences[index - 1][-_BEFORE:], marks[index - 1][-_BEFORE:])
        first = windows[-1].add(pieces, marks[index])
        placed.append(Placed(len(windows) - 1, first, pieces))
    for window in windows:
        window.add([Piece(vocabulary()[END], 0, 0)], [0])
    return windows, placed


def _open(title: str) -> Window:
    window = Window()
    window.add([Piece(vocabulary()[START], 0, 0)], [0])
    words = list(split_pieces(title, 0, len(title)))[:_TITLE]
    window.add(words, [MARKS["title"]] * len(words))
    window.add([Piece(vocabulary()[END], 0, 0)], [0])
    return window


def _mark(found: "Findings") -> bytearray:
    """One mark a character; what comes later covers what came before."""
    marked = bytearray(len(found.text) + 1)
    today = read_anchor(found.published).day
    spans = [(d.start, d.end, side_of(d.value, today) or "undated") for d in found.dates]
    spans += [(b.start, b.end, "body") for b in found.bodies]
    spans += [(p.start, p.end, "place") for p in found.places]
    spans += [(start, end, "firm" if c.firm else "name") for c in found.candidates for start, end in c.spans]
    spans += [(m.model_start, m.end, "model") for m in found.models]
    spans += [(m.start, m.end, GUESS if m.noun == GUESS else m.kind) for m in found.measures]
    for start, end, name in spans:
        marked[start:end] = bytes([MARKS[name]]) * (end - start)
    return marked
