"""Annotated stories: articles whose events say which story they belong to, and what is known of each story.

A file holds articles that belong together, look-alikes included:

    {"stories": {LABEL: {"sources": 2, "conflicts": ["date"]}},
     "articles": [{"id", "outlet", "published", "title", "text", "companies": [NAME],
                   "events": [{"story": LABEL, "type", "status", "company", …, "quantities", "notice", "quote",
                               "words": {"date": "before 1 July"}}]}]}

Events are written as in the other annotated documents; `words` are those that state a date.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rigwire.errors import SourceError
from rigwire.model import (
    NOTICE_ATTRIBUTES,
    UNITS,
    Article,
    Company,
    DateMention,
    Event,
    Extraction,
    Jurisdiction,
    Mention,
    Notice,
    Quantity,
)


@dataclass(frozen=True, slots=True)
class GoldReport:
    """An article with its annotated events as an extraction; `labels` has the story of each event, by its id."""

    id: str
    article: Article
    extraction: Extraction
    labels: dict[str, str]


@dataclass(frozen=True, slots=True)
class GoldStory:
    """What is known of a story: its independent sources, and the slots on which its reports disagree."""

    label: str
    sources: int
    conflicts: frozenset[str]


@dataclass(frozen=True, slots=True)
class StoryCorpus:
    """The articles of a folder and their stories."""

    name: str
    reports: tuple[GoldReport, ...]
    stories: tuple[GoldStory, ...]


def story_corpora(folder: Path) -> list[StoryCorpus]:
    """Return the annotated stories in a folder and in each of its folders; none where it holds none.

    Raises `SourceError` for a file that is no file of stories beside one that is.
    """
    corpora = []
    for part in (folder, *sorted(path for path in folder.iterdir() if path.is_dir())):
        files = sorted(part.glob("*.json"))
        if files and _has_stories(files[0]):
            corpora.append(_corpus(part.name, files))
    return corpora


def _has_stories(path: Path) -> bool:
    try:
        entry = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(entry, dict) and "articles" in entry


def _corpus(name: str, files: list[Path]) -> StoryCorpus:
    reports: list[GoldReport] = []
    stories: list[GoldStory] = []
    for path in files:
        try:
            entry = json.loads(path.read_text(encoding="utf-8"))
            reports += [_report(article) for article in entry["articles"]]
            stories += [
                GoldStory(label, known["sources"], frozenset(known["conflicts"]))
                for label, known in entry["stories"].items()
            ]
        except OSError as error:
            raise SourceError(f"cannot read {path}: {error.strerror}; check path and permissions") from None
        except KeyError as error:
            raise SourceError(f"{path}: is no file of annotated stories; it lacks {error}") from None
        except (ValueError, TypeError, AttributeError) as error:
            raise SourceError(f"{path}: is no file of annotated stories: {error}") from None
    return StoryCorpus(name, tuple(reports), tuple(stories))


def _report(entry: dict[str, Any]) -> GoldReport:
    article = _article(entry)
    events = [_event(f"e{n}", event, article.text) for n, event in enumerate(entry["events"], 1)]
    extraction = Extraction(
        article,
        tuple(_company(name, article.text) for name in entry["companies"]),
        tuple(Jurisdiction(code, code, ()) for code in sorted({e.jurisdiction for e in events if e.jurisdiction})),
        tuple(date for event in entry["events"] for date in _dates(event, article.text)),
        tuple(events),
    )
    labels = {event.id: annotated["story"] for event, annotated in zip(events, entry["events"], strict=True)}
    return GoldReport(entry["id"], article, extraction, labels)


def _article(entry: dict[str, Any]) -> Article:
    host = re.sub(r"\W+", "-", entry["outlet"].lower())
    url = f"https://{host}.example/{entry['id']}"
    return Article(
        id=entry["id"], source=url, url=url, canonical_url=url, site=entry["outlet"], title=entry["title"], authors=(),
        published=entry["published"], modified=None, language="en", text=entry["text"],
    )  # fmt: skip


def _company(name: str, text: str) -> Company:
    return Company(name, None, None, "other", tuple(Mention(name, *span) for span in _spans(name, text)))


def _spans(words: str, text: str) -> Iterator[tuple[int, int]]:
    for found in re.finditer(re.escape(words), text):
        yield found.span()


def _event(event_id: str, entry: dict[str, Any], text: str) -> Event:
    start = text.index(entry["quote"])
    notice = entry.get("notice")
    names = ("company", "counterparty", "jurisdiction", "site", "date")
    return Event(
        id=event_id,
        type=entry["type"],
        status=entry["status"],
        **dict[str, Any]({name: entry.get(name) for name in names}),
        quote=entry["quote"],
        quantities=tuple(_quantity(quantity, text, start) for quantity in entry.get("quantities", [])),
        notice=Notice(**{name: notice.get(name) for name in NOTICE_ATTRIBUTES}) if notice else None,
        confidence=1.0,
        start=start,
        end=start + len(entry["quote"]),
    )


def _quantity(entry: dict[str, Any], text: str, near: int) -> Quantity:
    words, currency = entry["text"], entry.get("currency")
    per = f"{currency}/kWh" if entry["kind"] == "energy_price" else currency
    found = text.find(words, near)
    start = found if found >= 0 else text.find(words)
    return Quantity(
        kind=entry["kind"],
        value=entry["value"],
        unit=entry.get("unit") or per or UNITS[entry["kind"]],
        **{name: entry.get(name) for name in ("low", "high", "currency", "model", "metric")},
        qualifier=entry.get("qualifier", "exact"),
        text=words,
        start=start if start >= 0 else None,
        end=start + len(words) if start >= 0 else None,
    )


def _dates(entry: dict[str, Any], text: str) -> Iterator[DateMention]:
    """Yield the dates whose words are annotated."""
    near = text.index(entry["quote"])
    for slot, words in entry.get("words", {}).items():
        value = entry["date"] if slot == "date" else entry["notice"][slot]
        start = max(text.find(words, near), 0) or text.index(words)
        yield DateMention(value, "day", words, start, start + len(words))
