"""The worker process: takes one job after the other from its pool until that goes away."""

import re
import resource
import signal
import traceback
from collections.abc import Iterator
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path

from rigwire.documents import Document
from rigwire.errors import RigwireError
from rigwire.model import Article, Extraction, is_extractable
from rigwire.resemblance import Bands, bands
from rigwire.stages import extract_article, identified, load_extractor, load_parser, read_article
from rigwire.workers.messages import DONE, READY, Fault, Job

# The pool ends a worker that is late. This much later the kernel does, should the pool itself be gone.
GRACE = 10.0
# Some libraries hide that they got no memory, and go on with half a page. So the kernel's limit lies this many
# bytes above the real one: who came over that is told by the peak.
MARGIN = 64_000_000
_STATUS = Path("/proc/self/status")
_PEAK = re.compile(r"VmPeak:\s+(\d+) kB")


def main(descriptor: int, memory: int, patience: float) -> None:
    """Serve the pool at the other end of a socket.

    `memory` is the most address space in bytes, `patience` the seconds that a step may take.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt at the terminal is for the pool to act on
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_AS, memory + MARGIN)
    # Once the pool has gone, there is nobody to tell.
    with Connection(descriptor) as pool, suppress(EOFError, BrokenPipeError, ConnectionResetError):
        while True:
            job = pool.recv()
            for message in _answers(job, memory, patience + GRACE):
                pool.send(message)


def _limit(what: int, most: int) -> None:
    """Lower a limit of this process, where the system knows it and allows it."""
    _, hard = resource.getrlimit(what)
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    with suppress(ValueError, OSError):
        resource.setrlimit(what, (most, hard))


def _answers(job: Job, memory: int, patience: float) -> Iterator[object]:
    """Yield what is to be sent to the pool for a job, in the order of `messages`."""
    try:
        _load(job)
        _check_peak(memory)
        yield READY
        signal.setitimer(signal.ITIMER_REAL, patience)
        for step in _steps(job):
            _check_peak(memory)
            yield step
            signal.setitimer(signal.ITIMER_REAL, patience)
    except RigwireError as error:
        yield error
    except Exception as error:
        words = " ".join(f"{type(error).__name__}: {error}".split())[:150]
        yield Fault(words, "".join(traceback.format_exception(error)), isinstance(error, MemoryError))
    signal.setitimer(signal.ITIMER_REAL, 0)
    yield DONE


def _check_peak(memory: int) -> None:
    """Raise MemoryError where the process once took more bytes than it may; only Linux tells."""
    peak = _PEAK.search(_STATUS.read_text()) if _STATUS.exists() else None
    if peak and int(peak[1]) * 1024 > memory:
        raise MemoryError


def _load(job: Job) -> None:
    if isinstance(job.material, Document) and job.material.is_page:
        load_parser()
    if job.extract:
        load_extractor()


def _steps(job: Job) -> Iterator[Article | Bands | Extraction]:
    """Yield the result of each step, made when it is asked for."""
    article = job.material
    if not isinstance(article, Article):
        article = identified(read_article(article))
        yield article
        if article.kind == "article":  # of others no copies are looked for
            yield bands(article.text)
    if job.extract and is_extractable(article):
        yield extract_article(article)
