"""What the dependency tree says of a figure: the acts above it, who does them, and what hangs below."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rigwire.extract.syntax import Tree
from rigwire.extract.view import View

if TYPE_CHECKING:
    from spacy.tokens import Token

_LEVELS = 5
_SUBJECTS = ("nsubj", "nsubjpass", "agent", "csubj")
_PRONOUNS = frozenset(("it", "they", "we", "he", "she", "which", "that", "who"))


def frame_features(view: View, start: int, end: int, kind: str) -> Iterable[str]:
    """Return features of the tree around `start:end`: classes of meaning and kinds of actors, by their relation."""
    tree = view.trees.get(view.sentence_at(start))
    root = tree.root_of(start, end) if tree is not None else None
    if tree is None or root is None:
        yield "no_tree"
        return
    yield f"dep:{root.dep_}|{kind}"
    yield f"head:{root.head.lower_}"
    below = root
    for level, above in enumerate(list(root.ancestors)[:_LEVELS]):
        yield f"adep{level}:{below.dep_}|{above.pos_}"
        for name in _classes(view, tree, above):
            yield f"a{min(level, 2)}:{name}"
            yield f"a:{name}|{kind}"
            yield f"a:{name}|{below.dep_}"
        if above.pos_ in ("VERB", "AUX"):
            yield from _verb(view, tree, above, below, kind)
        below = above
    yield from _below(view, tree, root)


def _classes(view: View, tree: Tree, token: "Token") -> list[str]:
    offset = tree.offset + token.idx
    near = view.classes_between(max(0, offset - 25), offset + 1)
    return [name for found in near if found.start <= offset < found.end for name in found.types]


def _actor(view: View, tree: Tree, token: "Token") -> str | None:
    """The kind of actor that a word names: a firm by its kind, an unnamed body, a place, a pronoun."""
    offset = tree.offset + token.idx
    for company in view.companies:
        if any(start <= offset < end for start, end in company.spans):
            return f"firm:{company.kind}"
    for body in view.bodies:
        if body.start <= offset < body.end:
            return f"body:{body.kind}"
    if any(place.start <= offset < place.end for place in view.places):
        return "place"
    return "pronoun" if token.lower_ in _PRONOUNS else None


def _verb(view: View, tree: Tree, verb: "Token", below: "Token", kind: str) -> Iterable[str]:
    """Who does it, to what, with which helpers."""
    acts = _classes(view, tree, verb)
    passive = any(child.dep_ == "auxpass" for child in verb.children)
    yield f"passive:{passive}|{below.dep_}"
    for child in verb.children:
        if child.dep_ in _SUBJECTS:
            actor = _actor(view, tree, child) or next(iter(_classes(view, tree, child)), None)
            if actor:
                yield f"subject:{child.dep_}:{actor}"
                yield f"subject:{actor}|{kind}"
                yield from (f"does:{actor}|{act}" for act in acts)
        elif child.dep_ in ("aux", "auxpass", "neg", "prt"):
            yield f"helper:{child.lower_}"
        elif child.dep_ in ("dobj", "attr") and child != below:
            yield from (f"object:{name}" for name in _classes(view, tree, child))
        elif child.dep_ == "prep":
            yield f"verb_prep:{child.lower_}"
            for inner in child.children:
                yield from (f"verb_prep:{child.lower_}:{name}" for name in _classes(view, tree, inner))


def _below(view: View, tree: Tree, root: "Token") -> Iterable[str]:
    """What modifies the figure's own word."""
    for child in root.children:
        yield from (f"below:{child.dep_}:{name}" for name in _classes(view, tree, child))
        if child.dep_ == "prep":
            yield f"prep:{child.lower_}"
            for inner in child.children:
                yield from (f"prep:{child.lower_}:{name}" for name in _classes(view, tree, inner))
                actor = _actor(view, tree, inner)
                if actor:
                    yield f"prep:{child.lower_}:{actor}"
