"""The errors that a user can meet: one root, each with the exit code that the command line returns."""


class RigwireError(Exception):
    """Root of every error that rigwire raises on purpose.

    The message is one line: what was tried, on what, and what to do about it.
    """

    exit_code = 1


class UsageError(RigwireError):
    """A wrong option, an unknown configuration key, a query that writes."""

    exit_code = 2


class SourceError(RigwireError):
    """A URL, file or feed that can't be read, or holds no document."""


class FetchError(SourceError):
    """A request that failed: refused address, time-out, HTTP status, size limit, robots.txt."""


class ParseError(SourceError):
    """Bytes that are no page, feed or text that rigwire reads."""


class DatabaseError(RigwireError):
    """The database file can't be used: locked, read-only, foreign, damaged, of a newer schema."""

    exit_code = 3
