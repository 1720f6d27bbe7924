"""What a pool and its workers say to each other.

A worker answers a `Job` with `READY` once the libraries that it takes are loaded, then with the result of each
step (an `Article`, its `Bands`, an `Extraction`), an error that rigwire raised or a `Fault`, and with `DONE`. A `Fault`
in place of `READY` says that the libraries could not be loaded.
"""

from dataclasses import dataclass

from rigwire.documents import Document
from rigwire.model import Article

READY = "ready"
DONE = "done"



@dataclass(frozen=True, slots=True)
class Job:
    """A document to be parsed, or an article as it is; `extract`: also say what it states."""

    material: Document | Article
    extract: bool


@dataclass(frozen=True, slots=True)
class Fault:
    """An exception that was not meant to be: what it says, and where it came from, for those who look for it."""

    words: str
    traceback: str
    is_memory: bool
