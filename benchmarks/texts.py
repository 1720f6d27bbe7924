"""Articles that nobody has read yet: the documents of fixtures/ with other names, numbers and words, by a seed."""

import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from html import escape
from pathlib import Path

FIXTURES = Path(__file__).parents[1] / "fixtures"
WITH_FACTS = 0.2
STORIES = 3  # of 105 words; an article with facts has 265
_NUMBER = re.compile(r"(?<![\w.,])\d[\d,]*(?:\.\d+)?(?![\w-])")
_YEAR = re.compile(r"(?:19|20)\d\d")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{4,}(?! [A-Z])(?=[ ,.’'])")
_WORDING = {
    "said": ("stated", "added", "wrote"), "about": ("around", "roughly", "some"), "would": ("could", "might", "will"),
    "also": ("too", "moreover", "besides"), "new": ("further", "recent", "fresh"), "after": ("following", "since"),
    "because": ("since", "as"), "many": ("several", "numerous"), "large": ("big", "sizeable"), "but": ("yet", "though"),
}  # fmt: skip
_STARTS, _ENDS = ("Bar", "Cal", "Dor", "El", "Fen", "Gar", "Hol", "Ker", "Lin", "Mor", "Nor", "Per"), (
    "by", "den", "fell", "gate", "ham", "land", "mont", "ridge", "stad", "thwaite", "vale", "wick",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Text:
    """A made-up article."""

    title: str
    published: str | None
    text: str

    @property
    def words(self) -> int:
        """Return the number of its words."""
        return len(self.text.split())

    def page(self) -> str:
        """Return it as a site would send it."""
        rows = "".join(f"<p>{escape(line)}</p>\n" for line in self.text.split("\n") if line.strip())
        meta = json.dumps({"@type": "NewsArticle", "headline": self.title, "datePublished": self.published})
        links = "".join(f'<li><a href="/section/{n}">Section {n}</a></li>' for n in range(40))
        return (
            f"<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>{escape(self.title)} | Wire</title>"
            f'<script type="application/ld+json">{meta}</script><style>{"p { margin: 1em } " * 60}</style></head><body>'
            f"<header><nav><ul>{links}</ul></nav></header><main><article><h1>{escape(self.title)}</h1>\n{rows}</article>"
            f"<aside><h2>More</h2><ul>{links}</ul></aside></main><footer>Imprint. Terms.</footer>"
            f"<script>{'window.queue=window.queue||[];' * 80}</script></body></html>"
        )


def texts(seed: int, count: int, share: float = WITH_FACTS) -> Iterator[Text]:
    """Yield articles of which `share` state facts on mining.

    The other ones are made of three stories, which makes both kinds about equally long.
    """
    chance = random.Random(seed)
    for _ in range(count):
        if chance.random() < share:
            yield varied(chance.choice(_with_facts()), chance)
            continue
        stories = chance.sample(_other_news(), STORIES)
        yield varied(replace(stories[0], text="\n\n".join(story.text for story in stories)), chance)


@cache
def _with_facts() -> list[Text]:
    paths = sorted(path for part in ("train", "test") for path in (FIXTURES / "gold" / part).glob("*.json"))
    read = [json.loads(path.read_text(encoding="utf-8")) for path in paths]
    return [_text(entry) for entry in read if entry.get("text") and entry["gold"]["events"]]


@cache
def _other_news() -> list[Text]:
    lines = (FIXTURES / "bench" / "other_news.jsonl").read_text(encoding="utf-8").splitlines()
    return [_text(json.loads(line)) for line in lines]


def _text(entry: dict[str, str]) -> Text:
    return Text(entry.get("title") or "", entry.get("published"), entry["text"])


def varied(original: Text, chance: random.Random) -> Text:
    """Return an article with other figures, some other names and words, its later paragraphs in another order."""
    head, *rest = original.text.split("\n\n")
    chance.shuffle(rest)
    text = "\n\n".join([head, *rest])
    text = _NUMBER.sub(lambda match: _number(match.group(), chance), text)
    renamed = {name: _name(chance) for name in sorted(set(_NAME.findall(text))) if chance.random() < 0.5}
    words = renamed | {word: chance.choice(others) for word, others in _WORDING.items() if chance.random() < 0.5}
    text = re.sub(r"\b\w+\b", lambda match: words.get(match.group(), match.group()), text)
    return Text(f"{original.title} in {_name(chance)}", original.published, text)


def _number(printed: str, chance: random.Random) -> str:
    if _YEAR.fullmatch(printed):
        return printed
    digits = (chance.choice("123456789") if char.isdigit() else char for char in printed)
    return "".join(digits) if len(printed) > 2 else printed


def _name(chance: random.Random) -> str:
    return chance.choice(_STARTS) + chance.choice("aeiou") + chance.choice("lmnrst") + chance.choice(_ENDS)
