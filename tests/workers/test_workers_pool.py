"""Documents in worker processes: limits that hold, and what is left of a document that breaks them."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from rigwire.documents import Document
from rigwire.errors import ParseError
from rigwire.model import Article
from rigwire.resemblance import bands
from rigwire.settings import Settings
from rigwire.stages import extract_article, identified, read_article
from rigwire.workers import DocumentError, Pool, Wanted
from rigwire.workers.failure import NoWorkerError

SENTENCE = "Example Mining ordered {:,} Antminer S21 machines for its site in Texas on 3 May 2024."
NEWS = Document("news", SENTENCE.format(1200))
# Minutes of extraction, and on a machine of any speed more than the limit of a test.
LONG = Document("long", "\n\n".join(SENTENCE.format(1000 + n) for n in range(5000)))
# Within every limit of the parser, but a tree of several hundred megabytes.
LARGE = Document(
    "large", "".join(f'<a href="https://example.org/{n}" title="{n}" class="c{n}">x</a>' for n in range(60_000)), True
)
LONG_ENOUGH = Document("release", " ".join(SENTENCE.format(1000 + n) for n in range(10)))
NO_PAGE = Document("paper", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", True)


def children() -> set[int]:
    """The ids of the processes that this one has started and that still run."""
    return {int(pid) for task in Path("/proc/self/task").iterdir() for pid in (task / "children").read_text().split()}


def eventually(happens: Callable[[], bool]) -> None:
    """Wait until something happens; a test that waits for ever has failed."""
    while not happens():
        time.sleep(0.02)


def test_what_a_worker_reads_is_what_this_process_reads() -> None:
    with Pool(Settings()) as pool:
        reading = pool.read(NEWS)
    article = identified(read_article(NEWS))
    assert reading.error is None
    assert reading.article == article
    assert reading.extraction == extract_article(article)
    assert reading.extraction is not None
    assert reading.extraction.events


def test_a_parsed_article_comes_with_what_copies_of_it_are_found_by() -> None:
    with Pool(Settings()) as pool:
        reading = pool.read(LONG_ENOUGH, extract=False)
        assert reading.article is not None
        assert reading.bands == bands(reading.article.text) != ()
        assert pool.read(NEWS, extract=False).bands == ()
        assert pool.extract(reading.article).bands is None


def test_only_what_is_asked_for_is_done() -> None:
    with Pool(Settings()) as pool:
        reading = pool.read(NEWS, extract=False)
        assert reading.extraction is None
        assert isinstance(reading.article, Article)
        again = pool.extract(reading.article)
    assert again.article is None
    assert again.extraction == extract_article(reading.article)


def test_no_process_before_there_is_work_and_none_afterwards() -> None:
    before = children()
    with Pool(Settings()) as pool:
        assert children() == before
        pool.read(NEWS, extract=False)
        [worker] = children() - before
        pool.read(NEWS, extract=False)
        assert children() - before == {worker}
    assert children() == before


def test_the_time_limit_ends_one_document_alone() -> None:
    with Pool(Settings(parse_timeout=2)) as pool:
        late = pool.read(LONG)
        assert isinstance(late.error, DocumentError)
        assert str(late.error) == "took longer than 2 s (parse_timeout)"
        assert late.article == identified(read_article(LONG))
        assert late.extraction is None
        assert pool.read(NEWS).error is None


def test_the_memory_limit_ends_one_document_alone() -> None:
    with Pool(Settings(worker_memory_mb=500)) as pool:
        assert pool.read(NEWS).error is None
        large = pool.read(LARGE)
        assert isinstance(large.error, DocumentError)
        assert str(large.error) == "needed more than 500 MB (worker_memory_mb)"
        assert (large.article, large.extraction) == (None, None)
        assert pool.read(NEWS).error is None
    with Pool(Settings(worker_memory_mb=2000)) as pool:
        assert pool.read(LARGE).error is None


def test_a_worker_that_dies_takes_one_document_with_it() -> None:
    before = children()
    with Pool(Settings()) as pool, ThreadPoolExecutor() as threads:
        assert pool.read(NEWS).error is None
        broken = threads.submit(pool.read, LONG)
        time.sleep(0.2)
        os.kill((children() - before).pop(), signal.SIGKILL)
        assert str(broken.result().error) == "broke its worker process (signal 9)"
        assert pool.read(NEWS).error is None


def test_an_idle_worker_that_dies_is_replaced() -> None:
    before = children()
    with Pool(Settings()) as pool:
        pool.read(NEWS)
        [worker] = children() - before
        os.kill(worker, signal.SIGKILL)
        assert pool.read(NEWS).error is None


def test_what_is_no_page_is_an_error_of_the_parser_and_costs_no_worker() -> None:
    before = children()
    with Pool(Settings()) as pool:
        pool.read(NEWS, extract=False)
        worker = children() - before
        refused = pool.read(NO_PAGE)
        assert isinstance(refused.error, ParseError)
        assert "PDF" in str(refused.error)
        assert children() - before == worker


def test_too_little_memory_to_start_is_said_so() -> None:
    said = "worker_memory_mb = 100"
    with Pool(Settings(worker_memory_mb=100)) as pool, pytest.raises(NoWorkerError, match=said) as caught:
        pool.read(NEWS)
    assert caught.value.exit_code == 1


@pytest.mark.parametrize("workers", [1, 2])
def test_many_documents_come_back_in_their_order(workers: int) -> None:
    documents = [Document(f"news {n}", SENTENCE.format(1000 + n)) for n in range(12)]
    documents[3], documents[7] = NO_PAGE, Document("7", "")
    with Pool(Settings(workers=workers)) as pool:
        found = list(pool.read_all(Wanted(n, document) for n, document in enumerate(documents)))
    assert [about for about, _ in found] == list(range(12))
    for number, reading in found:
        if number in {3, 7}:
            continue
        assert reading.extraction is not None
        assert f"{1000 + number:,}" in reading.extraction.article.text
    assert isinstance(found[3][1].error, ParseError)


def test_two_workers_are_two_processes() -> None:
    before = children()
    with Pool(Settings(workers=2)) as pool:
        list(pool.read_all(Wanted(n, NEWS) for n in range(6)))
        assert len(children() - before) == 2


def test_leaving_in_the_middle_ends_the_work() -> None:
    before = children()
    with Pool(Settings()) as pool:
        readings = pool.read_all(Wanted(n, document) for n, document in enumerate([NEWS, NEWS, LONG, LONG]))
        next(readings)
    assert children() == before


def test_a_worker_does_not_outlive_a_pool_that_was_killed() -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from rigwire.documents import Document; from rigwire.settings import Settings\n"
        "from rigwire.workers import Pool\n"
        "with Pool(Settings()) as pool:\n"
        "    pool.read(Document('news', 'Machines.'), extract=False)\n"
        "    tasks = Path('/proc/self/task').iterdir()\n"
        "    print(*((task / 'children').read_text() for task in tasks), flush=True)\n"
        "    sys.stdin.read()\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert parent.stdout
    worker = Path("/proc") / parent.stdout.readline().split()[0]
    assert "rigwire.workers.child" in (worker / "cmdline").read_text()
    parent.kill()
    parent.communicate()
    eventually(lambda: not worker.exists() or "State:\tZ" in (worker / "status").read_text())
