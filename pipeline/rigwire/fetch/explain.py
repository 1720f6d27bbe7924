"""Why an exchange with a server failed, in words that a user can act on."""

import socket
import ssl
from collections.abc import Iterator

from urllib3.exceptions import IncompleteRead, InvalidHeader
from urllib3.exceptions import TimeoutError as PoolTimeoutError

from rigwire.fetch.decode import BodyError
from rigwire.fetch.guard import RefusedAddressError

# The first row that fits one of the causes: kind, words (None: those of the cause), whether to try again at
# once.
_REASONS: tuple[tuple[type[BaseException], str | None, bool], ...] = (
    (BodyError, None, False),
    (RefusedAddressError, None, False),
    (ssl.SSLCertVerificationError, "the certificate is not valid for this host", False),
    (ssl.SSLError, "no secure connection could be made", False),
    (socket.gaierror, "the host was not found", True),
    (TimeoutError, "the server did not answer in time", True),
    (PoolTimeoutError, "the server did not answer in time", True),
    (ConnectionRefusedError, "the connection was refused", True),
    (IncompleteRead, "the body ends too early", True),
    (InvalidHeader, "the answer has a broken header", False),
)


def explain(error: BaseException) -> tuple[str, bool]:
    """Return why an exchange failed, on one line, and whether an attempt a moment later may do better."""
    causes = list(_causes(error))
    for kind, words, transient in _REASONS:
        for cause in causes:
            if isinstance(cause, kind):
                return words or str(cause), transient
    return f"the connection failed ({type(causes[-1]).__name__})", True


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield the error, what it was raised from, and errors that it carries as arguments or reason."""
    pending, seen = [error], set[int]()
    while pending:
        current = pending.pop(0)
        if id(current) in seen:
            continue
        seen.add(id(current))
        yield current
        carried = [current.__cause__, current.__context__, getattr(current, "reason", None), *current.args]
        pending.extend(item for item in carried if isinstance(item, BaseException))
