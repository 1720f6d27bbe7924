"""A few worker processes behind a queue: documents in, what became of them out, in the same order."""

import queue
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from types import TracebackType
from typing import Generic, Self, TypeVar

from rigwire.documents import Document
from rigwire.model import Article
from rigwire.settings import Settings
from rigwire.workers.failure import NoWorkerError
from rigwire.workers.messages import Job
from rigwire.workers.process import Limits, Reading, Worker

T = TypeVar("T")

# Parsers and caches grow. A new process costs two seconds, so this keeps it below a twentieth of the time.
JOBS_A_WORKER = 2_000
# Jobs handed out for each worker, so that none is idle while a batch of others is stored.
_AHEAD = 16
# Seconds that a thread with a job to hand out waits for the one that stores (5 ms by default): a worker waits with it.
_SWITCH = 0.0005


@dataclass(frozen=True, slots=True)
class Wanted(Generic[T]):
    """A document to be read, or an article as it is; `extract`: also say what it states. `about` is the caller's."""

    about: T
    document: Document | Article
    extract: bool = True


class Pool:
    """Up to `workers` processes, each started when there is work for it; a context manager that ends them."""

    def __init__(self, settings: Settings) -> None:
        self._limits = Limits(settings.parse_timeout, settings.worker_memory_mb)
        self._size = settings.workers
        self._idle: queue.LifoQueue[Worker] = queue.LifoQueue()
        self._all: list[Worker] = []
        self._threads = ThreadPoolExecutor(self._size, "worker")
        self._switch = sys.getswitchinterval()

    def __enter__(self) -> Self:
        sys.setswitchinterval(_SWITCH)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        sys.setswitchinterval(self._switch)
        self._threads.shutdown(wait=False, cancel_futures=True)
        self._end_all()  # what the threads wait for
        self._threads.shutdown()
        self._end_all()

    def read(self, document: Document, *, extract: bool = True) -> Reading:
        """Return what became of one document. Raises `NoWorkerError` when no process can be had for it."""
        return self._threads.submit(self._do, Job(document, extract)).result()

    def extract(self, article: Article) -> Reading:
        """Return what an article states, or why that can't be said. Raises `NoWorkerError`."""
        return self._threads.submit(self._do, Job(article, extract=True)).result()

    def read_all(self, wanted: Iterable[Wanted[T]]) -> Iterator[tuple[T, Reading]]:
        """Yield what became of each document, in their order; a few are under way at a time.

        `wanted` is taken from in the calling thread. Raises `NoWorkerError`.
        """
        pending: deque[tuple[T, Future[Reading]]] = deque()
        for item in wanted:
            future = self._threads.submit(self._do, Job(item.document, item.extract))
            pending.append((item.about, future))
            while pending and (len(pending) > _AHEAD * self._size or pending[0][1].done()):
                about, future = pending.popleft()
                yield about, future.result()
        for about, future in pending:
            yield about, future.result()

    def _do(self, job: Job) -> Reading:
        """Give a job to a worker. One that can't load what it needs after other jobs is replaced once."""
        worker = self._take()
        try:
            return worker.do(job)
        except NoWorkerError:
            if worker.jobs == 1:
                raise
            worker = self._start()
            return worker.do(job)
        finally:
            if worker.is_usable and worker.jobs < JOBS_A_WORKER:
                self._idle.put(worker)
            else:
                worker.end()

    def _take(self) -> Worker:
        try:
            return self._idle.get_nowait()
        except queue.Empty:
            return self._start()

    def _start(self) -> Worker:
        worker = Worker(self._limits)
        self._all.append(worker)
        return worker

    def _end_all(self) -> None:
        for worker in self._all:
            worker.end()
