"""What a request that failed leaves behind, for the one who decides when to try again."""

from rigwire.errors import FetchError
from rigwire.urls import shown_url


class RequestError(FetchError):
    """A request that gave no page. `str(error)` is one line that names the URL and holds no secret.

    `status` is the HTTP status, if there was an answer. `retry_after` is the wait in seconds that the server
    asked for. `permanent` says that the same request can't succeed later: the page is gone for good, or the
    URL is none of the web. Whatever else a broken server does may heal. `transient` says that an attempt a
    moment later may succeed.
    """

    def __init__(
        self,
        url: str,
        reason: str,
        *,
        status: int | None = None,
        retry_after: float | None = None,
        permanent: bool = False,
        transient: bool = False,
    ) -> None:
        super().__init__(f"{shown_url(url)}: {reason}")
        self.url = url
        self.reason = reason
        self.status = status
        self.retry_after = retry_after
        self.permanent = permanent
        self.transient = transient
