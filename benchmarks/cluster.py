"""Documents a second on a Dask cluster of one and of two workers, from a WARC file of any size; see docs/scale.md.

python benchmarks/cluster.py [--count N]             time N pages
python benchmarks/cluster.py --write FOLDER [--count N] [--files F]   write the archive alone
"""

import argparse
import gzip
import sys
import tempfile
import time
from pathlib import Path

from measure import ONE_THREAD, python
from texts import texts

HEAD = (
    "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2026-01-01T00:00:00Z\r\n"
    "Content-Type: application/http; msgtype=response\r\nContent-Length: {length}\r\n\r\n"
)


def write_warcs(folder: Path, count: int, files: int) -> None:
    """Write `count` pages of which none is like another into `files` archives, each record packed by itself."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(files):
        with (folder / f"news-{number:03}.warc.gz").open("wb") as archive:
            for index, article in enumerate(texts(1_000 + number, count // files)):
                block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + article.page().encode()
                head = HEAD.format(url=f"https://news.example/{number}/{index}", length=len(block))
                archive.write(gzip.compress(head.encode() + block + b"\r\n\r\n", 6))


def records_a_second(archives: Path, count: int, workers: int, out: Path) -> float:
    """Return how many pages `workers` read a second, the start of the cluster included."""
    start = time.perf_counter()
    python(
        *("-m", "rigwire", "ingest", "--engine", "dask", "--out", str(out), str(archives)),
        **ONE_THREAD,
        RIGWIRE_WORKERS=str(workers),
    )
    return count / (time.perf_counter() - start)


def main() -> int:
    """Write archives, or time them."""
    parser = argparse.ArgumentParser(description="Time a cluster of one and two workers.")
    parser.add_argument("--write", type=Path)
    parser.add_argument("--count", type=int, default=4_000)
    parser.add_argument("--files", type=int, default=8)
    arguments = parser.parse_args()
    if arguments.write:
        write_warcs(arguments.write, arguments.count, arguments.files)
        return 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_warcs(folder / "archives", arguments.count, arguments.files)
        for workers in (1, 2):
            rate = records_a_second(folder / "archives", arguments.count, workers, folder / str(workers))
            print(f"{workers} worker(s): {rate:.1f} pages a second", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
