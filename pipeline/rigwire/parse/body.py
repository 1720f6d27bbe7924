"""The article's blocks among all blocks of a page."""

import re
from collections import defaultdict

import trafilatura
from lxml.html import HtmlElement

from rigwire.parse.blocks import Block
from rigwire.parse.cues import cue_of
from rigwire.parse.dom import ancestors, parse_tree, tag_of

_FOLD = re.compile(r"\W+")


def fold(text):
    return _FOLD.sub("", text).lower()


def find_body(html: str, blocks: list[Block], title: str | None) -> str:
    voted = _votes(html, blocks)
    return join_blocks(select(blocks, voted, title))


def join_blocks(blocks: list[Block]) -> str:
    """Return the text of blocks: paragraphs by blank lines, rows of a table and items of a list by one line end."""
    parts: list[str] = []
    previous: Block | None = None
    for block in blocks:
        if previous is not None:
            parts.append("\n" if block.run is not None and block.run is previous.run else "\n\n")
        parts.append(f"- {block.text}" if block.tag == "li" else block.text)
        previous = block
    return "".join(parts)


def _votes(html, blocks):
    text = trafilatura.extract(parse_tree(html), favor_precision=True, fast=True, include_comments=False) or ""
    flat = fold(text)
    return [bool(f := fold(b.text)) and f[:120] in flat for b in blocks]


def select(blocks, voted, title):
    total = sum(len(b.text) for b, v in zip(blocks, voted) if v and len(b.text) > 40)
    held = defaultdict(int)
    chars = defaultdict(int)
    h1 = set()
    for b, v in zip(blocks, voted):
        for e in [b.element, *ancestors(b.element)]:
            if v and len(b.text) > 40:
                held[e] += len(b.text)
            if b.tag == 'h1':
                h1.add(e)
    reasons = {}

    def reason(e):
        if e is None:
            return ""
        if e not in reasons:
            up = reason(e.getparent())
            own = ""
            if not up:
                own = cue_of(e)
                if own and (e in h1 and own != 'newsletter' or held[e] > 0.4 * total and own != 'comments'):
                    own = ""
            reasons[e] = up or own
        return reasons[e]

    best = max((e for e in held if held[e] >= 0.8 * total), key=lambda e: len(list(ancestors(e))), default=None)
    out = []
    ft = fold(title or "")
    inside = None
    started = False
    for b, v in zip(blocks, voted):
        if best is None or (b.element is not best and best not in ancestors(b.element)):
            continue
        if reason(b.element):
            continue
        if b.heading and ft and fold(b.text) == ft or b.tag == 'h1':
            continue
        if not v:
            if b.link_share > 0.5:
                continue
            if not started:
                continue
        started = True
        out.append(b)
    return out
