"""Which parts of a page are furniture: what their names say, checked against where the text is."""

from collections import defaultdict
from collections.abc import Iterable

from lxml.html import HtmlElement

from rigwire.parse.blocks import Block
from rigwire.parse.cues import cue_of
from rigwire.parse.dom import ancestors

_HOLDS_ARTICLE = 0.4
# Readers can write more than the author: these are furniture however large they are.
_OF_ANY_SIZE = frozenset(("comments",))


class Furniture:
    """Answers for each element of a page what kind of furniture it is part of, "" for none.

    A name such as "related" on an element that holds the headline or much of the article is no cue: templates put
    such names on the whole page too.
    """

    def __init__(self, weighted: Iterable[tuple[Block, int]], headline: Block | None) -> None:
        self.total = 0
        self.held: defaultdict[HtmlElement, int] = defaultdict(int)
        for block, weight in weighted:
            self.total += weight
            for element in (block.element, *ancestors(block.element)):
                self.held[element] += weight
        self._above_headline = set() if headline is None else {headline.element, *ancestors(headline.element)}
        self._kinds: dict[HtmlElement, str] = {}

    def kind_of(self, element: HtmlElement) -> str:
        """Return the kind of the outermost furniture around `element`, itself included."""
        chain = [element, *ancestors(element)]
        kind = ""
        for part in reversed(chain):
            if part not in self._kinds:
                self._kinds[part] = kind or self._own_kind(part)
            kind = self._kinds[part]
        return kind

    def _own_kind(self, element: HtmlElement) -> str:
        kind = cue_of(element)
        if not kind or element in self._above_headline:
            return ""
        large = self.held[element] > _HOLDS_ARTICLE * self.total if self.total else False
        return "" if large and kind not in _OF_ANY_SIZE else kind

    def share_of(self, element: HtmlElement) -> float:
        """Return the share of the weight that an element holds."""
        return self.held[element] / self.total if self.total else 0.0

    def deepest_holding(self, share: float) -> HtmlElement | None:
        """Return the innermost element that holds at least `share` of the weight."""
        wanted = share * self.total
        fitting = [element for element, weight in self.held.items() if weight >= wanted > 0]
        return max(fitting, key=lambda element: sum(1 for _ in ancestors(element)), default=None)
