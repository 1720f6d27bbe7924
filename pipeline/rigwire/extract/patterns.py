"""Regular expressions of long lists of words: shared beginnings are tried once, not once a word."""

import re
from collections.abc import Iterable
from typing import Any

_END = ""


def any_of(forms: Iterable[str]) -> str:
    """Return a regular expression for any of `forms`, the longest that fits, without a group."""
    trie: dict[str, Any] = {}
    for form in forms:
        node = trie
        for char in form:
            node = node.setdefault(char, {})
        node[_END] = {}
    return _branch(trie)


def _branch(node: dict[str, Any]) -> str:
    """Return the expression of a node of the trie: its children, then the word that ends there."""
    children = [re.escape(char) + _branch(child) for char, child in sorted(node.items()) if char != _END]
    if not children:
        return ""
    if len(children) == 1 and _END not in node:
        return children[0]
    return f"(?:{'|'.join(children)}){'?' if _END in node else ''}"
