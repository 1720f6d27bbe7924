"""How clean the text of articles is, and what it costs: against pages whose true text is known.

    python benchmarks/clean_text.py PAGES         F1, exact matches, and CPU time against trafilatura's default
    python benchmarks/clean_text.py --gold DOCS   token F1, leaks and metadata on annotated documents

PAGES has `ground-truth.json` and `html/ID.html.gz`, as https://github.com/scrapinghub/article-extraction-benchmark has
them, DOCS a JSON file a page. The scores of PAGES are those of that benchmark: precision and recall of runs of four
words, each averaged over the pages, and the F1 of both averages. Exact: the words are the true words.
"""

import argparse
import gzip
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from statistics import fmean, median
from typing import Any

import trafilatura

from rigwire.documents import Document
from rigwire.model import Article, Hints
from rigwire.stages import load_parser, read_article

RUN = 4
CPU_LIMIT = 2.2
METADATA = ("title", "site", "authors", "published", "modified", "canonical_url", "language")


@dataclass(frozen=True)
class TruePage:
    """A page with what is true of it: its text, and all else that an annotated document states."""

    id: str
    url: str | None
    html: str
    body: str
    truth: dict[str, Any]


@dataclass(frozen=True)
class Overlap:
    """How much of a text is right, and how much of the right one it has."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Return the harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def read_pages(folder: Path) -> list[TruePage]:
    """Return the pages of the benchmark."""
    truths: dict[str, Any] = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    return [
        TruePage(key, truth.get("url"), _unpacked(folder / "html" / f"{key}.html.gz"), truth["articleBody"], truth)
        for key, truth in truths.items()
    ]


def read_documents(folder: Path) -> list[TruePage]:
    """Return the pages of annotated documents."""
    truths = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))]
    return [TruePage(truth["id"], truth.get("url"), truth["html"], truth["body"], truth) for truth in truths]


def parsed(page: TruePage) -> Article:
    """Return the article of a page, metadata included."""
    hints = Hints(id=page.id, url=page.url)
    return read_article(Document(page.id, page.html, is_html=True, hints=hints))


def run_overlap(truth: str, text: str) -> Overlap:
    """Return precision and recall of the runs of four words, each counted as often as it stands there."""
    return _overlap(_runs(truth), _runs(text))


def word_overlap(truth: dict[str, Any], text: str) -> Overlap:
    """Return precision and recall of the words; those of `body_optional` may be there or not."""
    true, found = Counter(_words(truth["body"])), Counter(_words(text))
    spare = Counter(_words(" ".join(truth.get("body_optional") or [])))
    return _overlap(true, found - ((found - true) & spare))


def leaks(truth: dict[str, Any], text: str) -> int:
    """Return how many snippets that are none of the article stand in its text."""
    plain = " ".join(text.split())
    return sum(" ".join(snippet.split()) in plain for snippet in truth["not_in_body"])


def is_right(name: str, truth: dict[str, Any], article: Article) -> bool:
    """Tell whether a piece of metadata is the true one; moments may be stated in any zone."""
    want, got = truth.get(f"{name}_gold", truth.get(name)), getattr(article, name)
    if not want or not got:
        return not want and not got
    if name == "authors":
        return list(got) == list(want)
    if name not in {"published", "modified"} or len(want) == 10:
        return bool(got[: len(want)] == want if len(want) == 10 else got == want)
    moments = [datetime.fromisoformat(value) for value in (want, got)]
    is_zoned = moments[0].tzinfo is not None and moments[1].tzinfo is not None
    return len({moment if is_zoned else moment.replace(tzinfo=None) for moment in moments}) == 1


def text_scores(pages: Sequence[TruePage]) -> str:
    """Return the scores of the texts in a line."""
    texts = [(page.body, parsed(page).text) for page in pages]
    scores = [run_overlap(truth, text) for truth, text in texts]
    mean = Overlap(fmean(score.precision for score in scores), fmean(score.recall for score in scores))
    exact = fmean(_words(truth) == _words(text) for truth, text in texts)
    return (
        f"F1 {mean.f1:.4f}  precision {mean.precision:.4f}  recall {mean.recall:.4f}  exact {exact:.3f}"
        f"  over {len(pages)} pages"
    )


def document_scores(pages: Sequence[TruePage]) -> Iterator[str]:
    """Yield the scores of annotated documents in lines: words, leaks, metadata."""
    articles = [parsed(page) for page in pages]
    pairs = [(page.truth, article) for page, article in zip(pages, articles, strict=True)]
    f1 = fmean(word_overlap(truth, article.text).f1 for truth, article in pairs)
    leaked = sum(leaks(truth, article.text) for truth, article in pairs)
    snippets = sum(len(truth["not_in_body"]) for truth, _ in pairs)
    share = leaked / max(1, snippets)
    yield f"token F1 {f1:.4f} over {len(pages)} pages; leaked snippets {leaked} of {snippets} ({share:.1%})"
    counts = {name: sum(is_right(name, *pair) for pair in pairs) for name in METADATA}
    yield "right: " + ", ".join(f"{name} {count}/{len(pages)}" for name, count in counts.items())


def cpu_scores(pages: Sequence[TruePage], runs: int) -> tuple[str, bool]:
    """Return the CPU times of reading all pages in turns as a line, and whether their ratio keeps its limit.

    trafilatura gives the text alone, as it does by default; ours is timed with all metadata.
    """
    ours, theirs = [], []
    for _ in range(runs):
        theirs.append(_cpu_seconds(lambda page: trafilatura.extract(page.html, url=page.url), pages))
        ours.append(_cpu_seconds(parsed, pages))
    ratio = median(our / their for our, their in zip(ours, theirs, strict=True))
    return (
        f"CPU {median(ours):.2f} s, trafilatura {trafilatura.__version__} {median(theirs):.2f} s: ratio {ratio:.2f}"
        f" (median of {runs} runs, limit {CPU_LIMIT})"
    ), ratio <= CPU_LIMIT


def main() -> int:
    """Print the scores that the command line asks for; return 1 where the CPU time exceeds its limit."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", type=Path, nargs="?", help="folder of the benchmark")
    parser.add_argument("--gold", type=Path, metavar="DOCS", help="folder of annotated documents")
    parser.add_argument("--runs", type=int, default=5, help="how often the CPU time is taken (5)")
    options = parser.parse_args()
    if not options.pages and not options.gold:
        parser.error("name the folder of the pages, --gold and that of annotated documents, or both")
    load_parser()
    is_in_time = True
    if options.pages:
        pages = read_pages(options.pages)
        print(text_scores(pages))
        line, is_in_time = cpu_scores(pages, options.runs)
        print(line)
    if options.gold:
        print(*document_scores(read_documents(options.gold)), sep="\n")
    return 0 if is_in_time else 1


def _unpacked(path: Path) -> str:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return file.read()


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def _runs(text: str) -> Counter[tuple[str, ...]]:
    words = _words(text)
    return Counter(tuple(words[n : n + RUN]) for n in range(max(1, len(words) - RUN + 1)) if words)


def _overlap(true: Counter[Any], found: Counter[Any]) -> Overlap:
    shared = (true & found).total()
    return Overlap(shared / max(1, found.total()), shared / max(1, true.total()))


def _cpu_seconds(read: Callable[[TruePage], object], pages: Iterable[TruePage]) -> float:
    start = time.process_time()
    for page in pages:
        read(page)
    return time.process_time() - start


if __name__ == "__main__":
    sys.exit(main())
