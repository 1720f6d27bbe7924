"""What is not the article among its paragraphs: biographies, disclaimers, offers, contacts, leftovers of templates."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from rigwire.knowledge import read_table, split_list
from rigwire.parse.blocks import Block
from rigwire.parse.dom import text_of

_LONGEST = 6_000
_FRAGMENT = 60
_HEADING = 110
_GAP = re.compile(r"\n[ \t\u3000\xa0]*\n\s*")
_SENTENCE_END = re.compile(r"[.!?…:;,][”\"’»)\]]*$")
_HEADING_MARK = re.compile(r"^#{1,6}\s+")
_NO_HEADING = re.compile(r"^[-*•]|\n|\S@\S|https?:|\d[\d .()-]{7,}$")
_ABOUT = re.compile(r"(?i:about) (?!the author|us\b)\S.{1,80}")
_NAME = re.compile(r"[^\W\d_][\w'’-]+")


@dataclass(frozen=True, slots=True)
class _Shape:
    """A line that is not the article; one with `cues` holds one of them in lower case."""

    kind: str
    pattern: re.Pattern[str]
    cues: tuple[str, ...]


def clean_text(text: str, title: str | None = None) -> str:
    """Return flat text without what is not the article, paragraphs joined by a blank line.

    Only whole lines go; no character of the rest changes, white space aside.
    """
    lines = [part for paragraph in split_paragraphs(text) for part in _article_lines(paragraph, title)]
    kept = keep_article([line for line, _ in lines], [is_heading(line) for line, _ in lines])
    out: list[str] = []
    for (line, first), keep in zip(lines, kept, strict=True):
        if keep:
            out += ["\n\n" if first or not out else "\n", line]
    return "".join(out[1:])


def split_paragraphs(text: str) -> list[str]:
    """Return the paragraphs of flat text; the lines of a paragraph stay, without white space at their ends."""
    paragraphs = ("\n".join(line.strip() for line in part.split("\n") if line.strip()) for part in _GAP.split(text))
    return [paragraph for paragraph in paragraphs if paragraph]


def _article_lines(paragraph: str, title: str | None) -> list[tuple[str, bool]]:
    """Return the lines of a paragraph that are not the title, and whether each begins the paragraph."""
    lines = [line for line in paragraph.split("\n") if not _is_title(line, title)]
    return [(line, i == 0) for i, line in enumerate(lines)]


def clean_blocks(blocks: list[Block]) -> list[Block]:
    """Return those blocks of a page's article that are none of these, sections and biographies included."""
    blocks = [block for block in blocks if not _kind(block.text, "page")]
    kept = keep_article([block.text for block in blocks], [_heads(block) for block in blocks])
    _drop_bare_headings([block.heading or _is_bold(block) for block in blocks], kept)
    return [block for block, keep in zip(blocks, kept, strict=True) if keep]


def keep_article(lines: Sequence[str], headings: Sequence[bool]) -> list[bool]:
    """Return for each line of a document whether it belongs to the article.

    Dropped are the lines and sections of `models/parse/boilerplate.csv`, and what trails after the article.
    """
    keep = [not _kind(line, "line") for line in lines]
    _drop_sections(lines, headings, keep)
    _drop_after_end(lines, headings, keep)
    _drop_tail(lines, keep)
    return keep


def boilerplate_kind(line: str) -> str:
    """Return what kind of boilerplate a whole line is by `models/parse/boilerplate.csv`, "" for none."""
    return _kind(line, "line")


def _kind(line: str, scope: str) -> str:
    """Return the kind of the first pattern of `scope` that the whole line fits, "" for none."""
    if len(line) > _LONGEST or not _fits_any(line, scope):
        return ""
    return next((shape.kind for shape in _shapes(scope) if shape.pattern.fullmatch(line)), "")


def _fits_any(line: str, scope: str) -> bool:
    """Most lines fit no pattern: one look at all at once, but for those whose cues tell that they are worth a look."""
    if any(pattern.fullmatch(line) for pattern in _any_of(scope)):
        return True
    lower = line.lower()
    return any(any(cue in lower for cue in shape.cues) and shape.pattern.fullmatch(line) for shape in _hinted(scope))


@cache
def _any_of(scope: str) -> tuple[re.Pattern[str], ...]:
    """Return patterns that fit whatever some pattern of `scope` without cues fits."""
    by_flags: dict[re.RegexFlag, list[str]] = {}
    for row in _rows(scope):
        if not row["cues"]:
            by_flags.setdefault(_flags(row), []).append(f"(?:{row['pattern']})")
    return tuple(re.compile("|".join(patterns), flags) for flags, patterns in by_flags.items())


@cache
def _hinted(scope: str) -> tuple[_Shape, ...]:
    return tuple(shape for shape in _shapes(scope) if shape.cues)


@cache
def _shapes(scope: str) -> tuple[_Shape, ...]:
    """Return the boilerplate of a scope."""
    return tuple(
        _Shape(row["kind"], re.compile(row["pattern"], _flags(row)), tuple(split_list(row["cues"])))
        for row in _rows(scope)
    )


def _rows(scope: str) -> list[dict[str, str]]:
    return [row for row in read_table("parse/boilerplate.csv") if row["scope"] == scope]


def _flags(row: dict[str, str]) -> re.RegexFlag:
    """Return how a pattern is read: in patterns of names (column `case`) capitals count."""
    return re.S if row["case"] else re.I | re.S


def _is_title(line: str, title: str | None) -> bool:
    return bool(title) and " ".join(_HEADING_MARK.sub("", line).split()) == " ".join((title or "").split())


def is_heading(line: str) -> bool:
    """Tell a heading: a short line that does not end like a sentence and is no address."""
    return len(line) < _HEADING and not _SENTENCE_END.search(line) and not _NO_HEADING.search(line)


def _drop_sections(lines: Sequence[str], headings: Sequence[bool], keep: list[bool]) -> None:
    """Drop safe-harbour and similar sections: from their heading to the next heading that is the article's."""
    dropping = False
    for i, line in enumerate(lines):
        if headings[i] or _ABOUT.fullmatch(line):
            dropping = bool(_kind(line, "section"))
        keep[i] = keep[i] and not dropping


def _drop_after_end(lines: Sequence[str], headings: Sequence[bool], keep: list[bool]) -> None:
    """Drop everything from a heading such as "Comments" or "Older news", where less follows than precedes."""
    whole = sum(len(line) for line in lines)
    before = 0
    for i, line in enumerate(lines):
        if headings[i] and 2 * before > whole and _kind(line, "end"):
            keep[i:] = [False] * (len(keep) - i)
            return
        before += len(line)


def _drop_tail(lines: Sequence[str], keep: list[bool]) -> None:
    """Drop, from the end, biographies and the short leftovers that follow other boilerplate."""
    for i in range(len(lines) - 1, 1, -1):
        if not keep[i]:
            continue
        if not (_is_leftover(lines, i) or _is_biography(lines, i, keep)):
            return
        keep[i] = False


def _is_leftover(lines: Sequence[str], place: int) -> bool:
    """Tell a fragment below contacts or a copyright line, such as a name or the agency that built the site."""
    fragment = len(lines[place]) < _FRAGMENT and not _SENTENCE_END.search(lines[place])
    above = lines[place - 1]
    return fragment and (_kind(above, "line") in ("contact", "copyright", "wire") or bool(_kind(above, "section")))


def _is_biography(lines: Sequence[str], place: int, keep: Sequence[bool]) -> bool:
    """Tell a biography from a paragraph about somebody in the article, whose name stands above it too."""
    kind = _kind(lines[place], "tail")
    if not kind and place + 1 < len(lines) and not any(keep[place + 1 :]):
        kind = _kind(lines[place], "trail")
    if kind != "biography":
        return bool(kind)
    names = _NAME.findall(lines[place])[:2]
    return not any(names[-1] in line for line in lines[:place])


def _heads(block: Block) -> bool:
    return block.heading or (is_heading(block.text) and not block.item and not block.row)


def _is_bold(block: Block) -> bool:
    """Tell whether all words of a block are in bold: how press releases set their headings."""
    bold = next(block.element.iter("b", "strong"), None)
    return bold is not None and len(block.text) < _HEADING and text_of(bold) == block.text


def _drop_bare_headings(headings: Sequence[bool], keep: list[bool]) -> None:
    """Drop headings of which every line up to the next heading, at least one, has been dropped."""
    lost = False
    left = 0
    for i in range(len(keep) - 1, -1, -1):
        if not headings[i]:
            left += keep[i]
            lost = lost or not keep[i]
        else:
            if lost and not left:
                keep[i] = False
            lost, left = False, 0
