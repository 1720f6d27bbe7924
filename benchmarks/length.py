"""How the time of one document grows with its length: what may happen to a worker at worst; see README, Performance.

python benchmarks/length.py [--largest N]     up to N characters; 10 MB take some minutes
"""

import argparse
import sys
import time

from measure import ONE_THREAD
from texts import texts

from rigwire.documents import Document
from rigwire.errors import ParseError
from rigwire.stages import extract_article, load_extractor, read_article

SIZES = (10_000, 100_000, 1_000_000, 10_000_000)
MOST_SECONDS = 5.0  # for each 10,000 characters, whatever they are
MODELS = "S19 12 MW 4 EH/s $5 million at a site in Texas on May 3, Ostmark Mining said "


def dense(size: int) -> str:
    """Return articles full of facts, one after the other."""
    found: list[str] = []
    seed = 0
    while sum(map(len, found)) < size:
        found += [article.text for article in texts(seed, 20, 1.0)]
        seed += 1
    return "\n\n".join(found)[:size]


def one_line(size: int) -> str:
    """Return figures, places, dates and firms without an end to the sentence."""
    return (MODELS * (size // len(MODELS) + 1))[:size]


def seconds(text: str) -> float | None:
    """Return how long a text takes; None where it is refused for its length."""
    start = time.process_time()
    try:
        extract_article(read_article(Document("long", text)))
    except ParseError:
        return None
    return time.process_time() - start


def main() -> int:
    """Print the times; return 1 where one is above the bound."""
    parser = argparse.ArgumentParser(description="Time documents of growing length.")
    parser.add_argument("--largest", type=int, default=SIZES[-1])
    largest: int = parser.parse_args().largest
    load_extractor()
    worst = 0.0
    print(f"one thread ({', '.join(ONE_THREAD)}); at most {MOST_SECONDS} s for each 10,000 characters")
    for name, make in (("full of facts", dense), ("one line", one_line)):
        for size in (size for size in SIZES if size <= largest):
            taken = seconds(make(size))
            rate = (taken or 0.0) / size * 10_000
            worst = max(worst, rate)
            shown = "refused" if taken is None else f"{taken:9.2f} s  {rate:6.3f} s a 10,000"
            print(f"{name:<14} {size:>10,} characters  {shown}", flush=True)
    return 0 if worst <= MOST_SECONDS else 1


if __name__ == "__main__":
    sys.exit(main())
