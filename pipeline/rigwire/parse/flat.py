"""What is not the article among its paragraphs: biographies, disclaimers, offers, contacts, leftovers of templates."""

import re
from dataclasses import dataclass
from functools import cache

from rigwire.knowledge import read_table

_LONGEST = 6_000
_PARAGRAPH = re.compile(r"\n[ \t\u3000]*\n\s*")
_QUOTED = re.compile(r"[“„«\"‘]")
_SENTENCE_END = re.compile(r"[.!?…][”\"’»)]?$")
_ABOUT = re.compile(r"about (?!the authors?\b|us\b)(?:the )?[A-Z0-9].{1,80}", re.I)
_HEADING_MARK = re.compile(r"^#{1,6}\s+")
_SHORT = 60


@dataclass(frozen=True, slots=True)
class _Cue:
    kind: str
    scope: str
    pattern: re.Pattern[str]


def split_paragraphs(text: str) -> list[str]:
    """Return the paragraphs of flat text; the lines of a paragraph stay, without white space at their ends."""
    paragraphs = (
        "\n".join(line.strip() for line in part.split("\n") if line.strip()) for part in _PARAGRAPH.split(text)
    )
    return [paragraph for paragraph in paragraphs if paragraph]


def clean_text(text: str, title: str | None = None) -> str:
    """Return flat text without what is not the article, paragraphs joined by a blank line.

    Only whole lines go; no character of the rest changes, white space aside.
    """
    return "\n\n".join(clean_paragraphs(split_paragraphs(text), title))


def clean_paragraphs(paragraphs: list[str], title: str | None = None) -> list[str]:
    """Return those paragraphs, and lines of paragraphs, that belong to the article."""
    kept = [lines for part in paragraphs if (lines := _article_lines(part, title))]
    kept = _without_sections(kept)
    return _without_tail(kept)


def boilerplate_kind(line: str) -> str:
    """Return what kind of boilerplate a whole line is by `models/parse/boilerplate.csv`, "" for none."""
    return _kind(line, "line")


def _kind(line: str, scope: str) -> str:
    if len(line) > _LONGEST:
        return ""
    return next((cue.kind for cue in _cues() if cue.scope == scope and cue.pattern.fullmatch(line)), "")


@cache
def _cues() -> tuple[_Cue, ...]:
    return tuple(
        _Cue(row["kind"], row["scope"], re.compile(row["pattern"], 0 if row["kind"] in ("author", "byline") and row["scope"] == "tail" or row["kind"] == "byline" else re.I | re.S))
        for row in read_table("parse/boilerplate.csv")
    )


def _article_lines(paragraph: str, title: str | None) -> str:
    lines = [line for line in paragraph.split("\n") if not _is_title(line, title) and not boilerplate_kind(line)]
    return "\n".join(lines)


def _is_title(line: str, title: str | None) -> bool:
    return bool(title) and _HEADING_MARK.sub("", line).strip() == " ".join((title or "").split())


def _without_sections(paragraphs: list[str]) -> list[str]:
    """Drop safe-harbour, contact and similar sections: from their heading to the next one that is the article's."""
    kept: list[str] = []
    dropping = False
    for paragraph in paragraphs:
        if is_heading(paragraph):
            dropping = bool(_kind(paragraph, "section"))
        if not dropping:
            kept.append(paragraph)
    return kept


def is_heading(paragraph: str) -> bool:
    """Tell a heading: one short line that does not end like a sentence."""
    return "\n" not in paragraph and len(paragraph) < 110 and not _SENTENCE_END.search(paragraph)


def _without_tail(paragraphs: list[str]) -> list[str]:
    """Drop biographies at the end; a person of whom the article speaks has none there."""
    kept = list(paragraphs)
    while len(kept) > 2 and _kind(kept[-1], "tail") and not _known_person(kept[-1], kept[:-1]):
        kept.pop()
    return kept


def _known_person(biography: str, article: list[str]) -> bool:
    names = re.findall(r"[A-Z][\w'’-]+", biography)[:2]
    return any(name in paragraph for name in names[1:] for paragraph in article)
