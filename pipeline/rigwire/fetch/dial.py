"""The connections under requests: opened through the address guard, cut off when they take too long."""

import logging
import os
import socket
import threading
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from types import TracebackType
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection

from rigwire.fetch.guard import open_socket

# Broken headers are no news here, and urllib3 reports them with a traceback.
logging.getLogger("urllib3").setLevel(logging.ERROR)


class Transfer:
    """One request and its answer under a deadline in seconds; a context manager.

    A time-out of a socket restarts with every byte. Only shutting the socket down from outside ends the
    wait for a server that sends headers or body drop by drop.
    """

    def __init__(self, deadline: float) -> None:
        self.expired = False
        self._handles: list[socket.socket] = []
        self._lock = threading.Lock()
        self._timer = threading.Timer(deadline, self._expire)
        self._timer.daemon = True

    def watch(self, sock: socket.socket) -> None:
        """Have the deadline cut off `sock`. The handle is a copy, as TLS takes the first one over."""
        with self._lock:
            self._handles.append(socket.socket(fileno=os.dup(sock.fileno())))
            if self.expired:
                self._shut()

    def __enter__(self) -> "Transfer":
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()
        with self._lock:
            for handle in self._handles:
                handle.close()
            self._handles.clear()

    def _expire(self) -> None:
        with self._lock:
            self.expired = True
            self._shut()

    def _shut(self) -> None:
        for handle in self._handles:
            with suppress(OSError):
                handle.shutdown(socket.SHUT_RDWR)


class Dialer:
    """Opens the sockets of one client. `transfer` is that of the calling thread."""

    def __init__(self, allow_hosts: Sequence[str]) -> None:
        self._allow_hosts = tuple(allow_hosts)
        self._local = threading.local()

    def begin(self, transfer: Transfer) -> None:
        """Make `transfer` the one that watches the sockets which this thread uses from now on."""
        self._local.transfer = transfer

    def watch(self, sock: socket.socket) -> None:
        """Put `sock` under the deadline of this thread's transfer."""
        self._local.transfer.watch(sock)

    def open(self, connection: HTTPConnection) -> socket.socket:
        """Return the socket for `connection`. A proxy is the user's choice: its address is not judged."""
        host, port = connection.host.rstrip("."), connection.port
        exempt = (host,) if connection.proxy else self._allow_hosts
        timeout = connection.timeout if isinstance(connection.timeout, int | float) else None
        options = connection.socket_options or ()
        sock = open_socket(host, port, timeout=timeout, allow_hosts=exempt, options=options)
        self.watch(sock)
        return sock


class _Plain(HTTPConnection):
    def __init__(self, *args: Any, dialer: Dialer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._dialer = dialer

    def _new_conn(self) -> socket.socket:
        return self._dialer.open(self)

    def request(self, *args: Any, **kwargs: Any) -> None:
        if self.sock is not None:  # a connection that is used again belongs to the new transfer
            self._dialer.watch(self.sock)
        super().request(*args, **kwargs)


class _Secure(HTTPSConnection):
    def __init__(self, *args: Any, dialer: Dialer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._dialer = dialer

    def _new_conn(self) -> socket.socket:
        return self._dialer.open(self)

    def request(self, *args: Any, **kwargs: Any) -> None:
        if self.sock is not None:
            self._dialer.watch(self.sock)
        super().request(*args, **kwargs)


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _Plain


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _Secure


class GuardedAdapter(HTTPAdapter):
    """The transport of requests on connections of a `Dialer`, through a proxy as well."""

    def __init__(self, dialer: Dialer, hosts: int) -> None:
        self._dialer = dialer
        super().__init__(pool_connections=hosts, pool_maxsize=1)
        self._guard(self.poolmanager)

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
        """Return the pool manager for `proxy`, with connections of the dialer."""
        manager = super().proxy_manager_for(proxy, **kwargs)
        self._guard(manager)
        return manager

    def _guard(self, manager: PoolManager) -> None:
        classes: dict[str, Any] = {
            "http": partial(_PlainPool, dialer=self._dialer),
            "https": partial(_SecurePool, dialer=self._dialer),
        }
        manager.pool_classes_by_scheme = classes
