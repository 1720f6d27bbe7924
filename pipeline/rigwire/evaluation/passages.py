"""The words of an article around a span or a spelling, for people who look at what went wrong."""

import re
from collections.abc import Iterable

from rigwire.extract.sentences import split_sentences

_LONGEST = 240


class Passages:
    """The sentences of one text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._sentences = split_sentences(text)

    def at(self, start: int | None, end: int | None) -> str | None:
        """Return the sentences of a span in one line, the span in brackets where it is not all of them.

        None where there is no span.
        """
        if start is None or end is None:
            return None
        around = [s for s in self._sentences if s.start < end and start < s.end]
        if not around:
            return None
        left = max(around[0].start, start - _LONGEST // 2)
        right = min(around[-1].end, max(end, left + _LONGEST))
        before, words, after = (
            _line(self._text[slice(*ends)]) for ends in ((left, start), (start, end), (end, right))
        )
        marked = f"{before}[{words}]{after}" if before or after else words
        cut = ("… " if left > around[0].start else "", " …" if right < around[-1].end else "")
        return f"{cut[0]}{marked}{cut[1]}"

    def holding(self, spellings: Iterable[str | None], within: str | None = None) -> str | None:
        """Return the sentence with the first of the spellings that the text has, best inside `within`."""
        known = [spelling for spelling in spellings if spelling]
        start = self._text.find(within) if within else -1
        ranges = [(start, start + len(within or ""))] if start >= 0 else []
        for left, right in [*ranges, (0, len(self._text))]:
            for spelling in known:
                # A spelling stands alone: "19" is neither in "2019" nor in "19.5" nor in "19,500".
                alone = rf"(?<!\w)(?<!\d[.,]){re.escape(spelling)}(?![.,]?\d)(?!\w)"
                if match := re.compile(alone, re.IGNORECASE).search(self._text, left, right):
                    return self.at(*match.span())
        return None


def _line(text: str) -> str:
    return re.sub(r"\s+", " ", text)
