"""Sending one event: to a webhook, a command or a mail file. Each returns when the other side has it."""

import json
import os
import subprocess
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

import requests
from filelock import FileLock

from rigwire.alerts import Alert
from rigwire.errors import RigwireError
from rigwire.fetch import utc_now
from rigwire.settings import Settings
from rigwire.store import Waiting

_COMMAND_SECONDS = 60
_LOCK_SECONDS = 10


class NotSentError(RigwireError):
    """An event that the other side did not take. It is tried again."""


def send(alert: Alert, waiting: Waiting, settings: Settings) -> None:
    """Send an event as JSON: its key, the name of the alert, and the rows of the query. Raises `NotSentError`."""
    try:
        if alert.webhook:
            _post(alert.webhook, waiting, settings)
        elif alert.command:
            _call(alert.command, waiting)
        elif alert.mbox:
            _append(alert.mbox, waiting, settings)
    except (requests.RequestException, OSError, subprocess.TimeoutExpired) as error:
        raise NotSentError(" ".join(f"alert {alert.name}: {error}".split())) from None


def identity(waiting: Waiting) -> str:
    """Return the idempotency key of an event that is sent: the same for every attempt."""
    return f"{waiting.alert}-{waiting.key}"


def _post(url: str, waiting: Waiting, settings: Settings) -> None:
    answer = requests.post(
        url,
        data=_body(waiting),
        headers={
            "Content-Type": "application/json",
            "User-Agent": settings.user_agent,
            "Idempotency-Key": identity(waiting),
        },
        timeout=(settings.connect_timeout, settings.read_timeout),
        allow_redirects=False,
        proxies={"http": settings.proxy, "https": settings.proxy} if settings.proxy else None,
        verify=settings.ca_bundle or True,
    )
    if not 200 <= answer.status_code < 300:
        raise NotSentError(f"alert {waiting.alert}: {url} answered HTTP {answer.status_code}")


def _call(command: tuple[str, ...], waiting: Waiting) -> None:
    """Give the event to a command on its standard input; exit code 0 says that it has it."""
    done = subprocess.run(command, input=_body(waiting), capture_output=True, timeout=_COMMAND_SECONDS, check=False)
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        reason = f": {said[-1][:200]}" if said else ""
        raise NotSentError(f"alert {waiting.alert}: {command[0]} ended with exit code {done.returncode}{reason}")


def _append(path: Path, waiting: Waiting, settings: Settings) -> None:
    """Append a message to a mail file (mboxrd), on disk when it returns. Its Message-ID is the idempotency key."""
    now = utc_now()
    message = EmailMessage()
    row = waiting.payload["rows"][0]
    words = " ".join(str(row.get("quote") or row.get("title") or waiting.key).split())
    message["Subject"] = f"[{waiting.alert}] {words[:150]}"
    message["From"] = f"rigwire <{settings.contact if '@' in settings.contact else 'rigwire@localhost'}>"
    message["Date"] = format_datetime(now)
    message["Message-ID"] = f"<{identity(waiting)}@rigwire>"
    message.set_content("\n\n".join(_lines(entry) for entry in waiting.payload["rows"]), cte="quoted-printable")
    lines = message.as_bytes().split(b"\n")
    quoted = [b">" + line if line.lstrip(b">").startswith(b"From ") else line for line in lines]
    with FileLock(f"{path}.lock", timeout=_LOCK_SECONDS), path.open("ab") as file:
        start = b"\n\n" if file.tell() else b""  # a message that a kill cut off must not swallow this one
        file.write(start + f"From rigwire {now:%a %b %d %H:%M:%S %Y}\n".encode() + b"\n".join(quoted))
        file.flush()
        os.fsync(file.fileno())


def _lines(row: dict[str, object]) -> str:
    return "\n".join(f"{name}: {value}" for name, value in row.items() if value is not None)


def _body(waiting: Waiting) -> bytes:
    return json.dumps(waiting.payload, ensure_ascii=False).encode(errors="replace")
