"""What goes wrong in a worker."""

from rigwire.errors import RigwireError


class DocumentError(RigwireError):
    """A document that could not be read: it took too long or too much memory, or a parser broke on it.

    The same document fails again, until the extractor changes.
    """


class NoWorkerError(RigwireError):
    """A worker process that never came to the point of taking a document: no document is to blame."""
