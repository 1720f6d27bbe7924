"""One worker process, seen from the pool: started, given a job, ended when it is late."""

import logging
import os
import selectors
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing import Pipe
from typing import Any

from rigwire.errors import RigwireError
from rigwire.model import Article, Extraction
from rigwire.resemblance import Bands
from rigwire.workers.failure import DocumentError, NoWorkerError
from rigwire.workers.messages import DONE, Fault, Job

log = logging.getLogger(__name__)

START_SECONDS = 120.0
# The child finds the modules that its parent has, wherever those come from.
_CHILD = "import sys; sys.path[:] = {path!r}; from rigwire.workers.child import main; main({arguments})"
_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


@dataclass(frozen=True, slots=True)
class Limits:
    """What a worker may take: seconds a step, and megabytes of address space in all."""

    seconds: float
    megabytes: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What became of a job: the article, what it states where that was asked for, or why that is missing.

    `bands` are those by which copies of its text find each other, of an article that was parsed.
    """

    article: Article | None = None
    extraction: Extraction | None = None
    error: RigwireError | None = None
    bands: Bands | None = None


class Worker:
    """A process that reads documents, one at a time. `jobs` is the number that it was given."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._connection, far = Pipe()
        arguments = f"{far.fileno()}, {limits.megabytes * 1_000_000}, {limits.seconds}"
        self._process = subprocess.Popen(
            [sys.executable, "-c", _CHILD.format(path=sys.path, arguments=arguments)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=[far.fileno()],
            env=os.environ | _ONE_THREAD,
        )
        far.close()
        # One for all messages, as `Connection.poll` makes one for each; it sees that `end` closes what it waits for.
        self._answers = selectors.PollSelector()
        self._answers.register(self._connection, selectors.EVENT_READ)
        self.is_usable = True
        self.jobs = 0

    def do(self, job: Job) -> Reading:
        """Return what became of a job. Where `is_usable` is false afterwards, the worker is to be replaced.

        Raises `NoWorkerError` when the worker does not come to work at all: the job is not to blame.
        """
        self.jobs += 1
        self._begin(job)
        results = list(self._results())
        return Reading(
            next((result for result in results if isinstance(result, Article)), None),
            next((result for result in results if isinstance(result, Extraction)), None),
            next((result for result in results if isinstance(result, RigwireError)), None),
            next((result for result in results if isinstance(result, tuple)), None),
        )

    def end(self) -> None:
        """End the process, whatever it is doing."""
        self.is_usable = False
        self._process.kill()
        self._process.wait()
        self._connection.close()

    def _begin(self, job: Job) -> None:
        """Send a job and wait until the worker has loaded what that takes."""
        try:
            self._connection.send(job)
            answer = self._next(START_SECONDS)
        except (OSError, EOFError) as error:
            answer = Fault(self._fate() if not isinstance(error, TimeoutError) else "it does not answer", "", False)
        if isinstance(answer, Fault):
            log.debug("in a worker: %s", answer.traceback)
            self.end()
            raise NoWorkerError(
                f"a worker process can't start: {answer.words}; it may have too little memory with"
                f" worker_memory_mb = {self._limits.megabytes}"
            )

    def _results(self) -> Iterator[Any]:
        """Yield the results of the steps as they come, and a `DocumentError` for one that broke."""
        try:
            while (result := self._next(self._limits.seconds)) != DONE:
                yield self._failure(result) if isinstance(result, Fault) else result
        except TimeoutError:
            self.end()
            yield DocumentError(f"took longer than {self._limits.seconds:g} s (parse_timeout)")
        except (OSError, EOFError):
            yield DocumentError(f"broke its worker process ({self._fate()})")

    def _next(self, seconds: float) -> Any:
        """Return the next message. Raises `TimeoutError`, or `EOFError` when the process has ended."""
        if not self._answers.select(seconds):
            raise TimeoutError
        return self._connection.recv()

    def _failure(self, fault: Fault) -> DocumentError:
        log.debug("in a worker: %s", fault.traceback)
        if not fault.is_memory:
            return DocumentError(f"unexpected {fault.words}")
        self.is_usable = False  # what is left of its memory is in pieces
        return DocumentError(f"needed more than {self._limits.megabytes:,} MB (worker_memory_mb)")

    def _fate(self) -> str:
        """Return how the process ended, which closes its connection."""
        self.is_usable = False
        try:
            code = self._process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            return "it hung up"
        return f"signal {-code}" if code < 0 else f"exit code {code}"
