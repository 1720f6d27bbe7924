"""How the memory of one worker grows over many articles; see README, Performance.

python benchmarks/memory.py [--count N]     N articles, of which the first 1,000 are the measure
"""

import argparse
import resource
import sys

from measure import HEAD, row_of
from texts import texts

from rigwire.documents import Document
from rigwire.model import Hints
from rigwire.stages import extract_article, load_extractor, read_article

FIRST = 1_000


def peak() -> float:
    """Return the most memory that this process has had, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> int:
    """Print the row; return 1 where the limit is broken."""
    parser = argparse.ArgumentParser(description="Watch the memory of a worker.")
    parser.add_argument("--count", type=int, default=50_000)
    count: int = parser.parse_args().count
    load_extractor()
    first = 0.0
    for number, article in enumerate(texts(11, count)):
        if number == FIRST:
            first = peak()
        hints = Hints(id=str(number), title=article.title, published=article.published)
        extract_article(read_article(Document(str(number), article.text, hints=hints)))
    row = row_of(f"peak MB of a worker, {count:,} articles against {FIRST:,}", 1.10, [(peak(), first)])
    print(HEAD)
    print(row)
    return 0 if row.holds else 1


if __name__ == "__main__":
    sys.exit(main())
